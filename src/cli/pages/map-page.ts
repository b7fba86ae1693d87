/** Map page: what `yuma map collusion --report` draws. */
import { type CollusionMap, retentionLines } from '../../collusion/index.js';
import { type About, collusionHtml } from '../../report/index.js';

export function mapPage(map: CollusionMap, about: About): string {
  const { stakes, kappa, bondsPenalty, sigma, repeats, neurons, validators, seed, yuma3 } = map.plan;
  const repeated = repeats > 1;
  return collusionHtml(
    {
      title: 'What honest stake retains against a cabal',
      cells: map.cells.map(({ mean, low, high, ...cell }) => ({ ...cell, mean, low: low ?? mean, high: high ?? mean })),
      lines: retentionLines(map).flatMap(({ stake, points }) => points.map((point) => ({ stake, ...point }))),
      parameters: {
        'Honest stakes': stakes.join(', '),
        Kappa: kappa,
        'Bonds penalty': bondsPenalty,
        Sigma: sigma,
        Repeats: repeats,
        Neurons: neurons,
        Validators: validators,
        Bonds: yuma3 ? 'Yuma3' : 'Yuma2',
        Seed: seed,
      },
      confidence: repeated ? `95 %, Student's t of ${repeats} repeats` : 'there is no band with one repeat',
    },
    about,
  );
}
