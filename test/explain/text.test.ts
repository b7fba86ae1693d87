import { describe, expect, test } from 'vitest';
import { hyperparameters } from '../../src/epoch/hyperparameters.js';
import { type EpochInput, stakeFromRao } from '../../src/epoch/input.js';
import { explainNeuron, explanationText } from '../../src/explain/index.js';
import { readCases } from '../../src/formats/index.js';
import { sampleCases } from '../../src/sample/sample.js';
import { widthOf } from '../../src/text/wrap.js';
import { WORKED_EXAMPLE } from '../worked-example.js';

const GOLDEN = new URL('../vectors/data/', import.meta.url);
const ESCAPE = '\u001b';

/** The text as one line, so that where it is wrapped does not matter. */
const said = (uid: number, changes: Partial<EpochInput> = {}): string =>
  explanationText(explainNeuron({ ...WORKED_EXAMPLE, ...changes }, uid)).replace(/\s+/g, ' ');

describe('the most important thing stands first', () => {
  test('a low trust, and what caused it', () => {
    expect(said(2)).toContain(
      'The trust of uid 2 is 66.67%: 33.33% of its weight lies above the consensus and was cut off. ' +
        'All of it was on uid 3 (33.33%). The average of all validators by stake is 81.67%.',
    );
  });

  test('a trust without loss', () => {
    expect(said(0)).toContain('Uid 0 agrees with the others');
  });

  test('an inactive validator', () => {
    expect(said(1, { lastUpdate: BigUint64Array.of(9_900n, 4_999n, 9_900n, 0n, 0n) })).toContain(
      'Uid 1 is inactive: its last update is 5,001 blocks old, and after 5,000 a validator no longer counts. ' +
        'It does not vote and earns no dividends until it sets weights again.',
    );
  });

  test('an inactive validator that lives on old bonds, under Yuma2', () => {
    const hyperparameters = { ...WORKED_EXAMPLE.hyperparameters, yuma3: false };
    expect(said(1, { hyperparameters, lastUpdate: BigUint64Array.of(9_900n, 1n, 9_900n, 0n, 0n) })).toContain(
      'It does not vote and lives on old bonds until it sets weights again.',
    );
  });

  test('a missing permit', () => {
    expect(said(0, { validatorPermit: Uint8Array.of(0, 1, 1, 0, 0) })).toContain(
      'Uid 0 has no validator permit in this epoch, so none of its 2 weights counts. ' +
        'It gets one for the next: it is number 1 by stake, and there are 64.',
    );
  });

  test("a missing permit that the owner's neuron gets", () => {
    const permits = { validatorPermit: Uint8Array.of(1, 1, 1, 0, 0) };
    expect(said(3, { ...permits, ownerUid: 3 })).not.toContain('has no validator permit');
    expect(said(3, { validatorPermit: new Uint8Array(0), ownerUid: 3 })).toContain(
      "It gets one for the next: it is the owner's neuron.",
    );
  });

  test('a permit that goes to somebody with more stake', () => {
    const hyperparameters = { ...WORKED_EXAMPLE.hyperparameters, maxValidators: 2 };
    expect(said(2, { hyperparameters })).toContain(
      'Uid 2 loses its permit with this epoch: it is number 3 by stake, and there are 2.',
    );
  });

  test('stake below the threshold', () => {
    const hyperparameters = { ...WORKED_EXAMPLE.hyperparameters, minStake: 100_001n };
    const text = said(2, { hyperparameters });
    expect(text).toContain('Uid 2 does not vote and earns no dividends: it has no stake that counts.');
    expect(text).toContain(
      'Uid 2 loses its permit with this epoch: its stake, 0.000100000, is below the threshold of 0.000100001',
    );
    expect(text).toContain('stake weight 0.000100000, below the threshold of 0.000100001: counts as none');
  });

  test('a stake that four decimals would show as nothing', () => {
    expect(said(0, { stake: stakeFromRao([20n, 300_000n, 0n, 0n, 0n]), hyperparameters: hyperparameters() })).toContain(
      'stake weight 0.00000002, 0.0067% of all',
    );
    const owner = said(0, { ownerUid: 0, stake: stakeFromRao([20n, 300_000n, 0n, 0n, 0n]) });
    expect(owner).toContain('the owner is exempt from the threshold of 0.000001');
  });

  test('a consensus of 0', () => {
    const hyperparameters = { ...WORKED_EXAMPLE.hyperparameters, kappa: 62_000 };
    expect(said(4, { hyperparameters })).toContain(
      'The consensus on uid 4 is 0, so it earns no incentive: 2 validators with 90.00% of the stake that votes ' +
        'weigh it, and it takes 94.61%. The other 10.00% give it nothing.',
    );
  });

  test('a miner and its consensus', () => {
    expect(said(4)).toContain(
      'The incentive of uid 4 is 36.74%, place 2 of 2: 27.1839 alpha. The consensus on it is 33.33%: validators ' +
        'with 50.00% of the stake that votes give it that much or more. 1 of the weights on it was above that and cut off',
    );
  });

  test('a miner that is too new', () => {
    expect(said(4, { registeredAt: BigUint64Array.of(100n, 100n, 100n, 100n, 9_950n) })).toContain(
      'Nobody rewards uid 4: it registered 50 blocks ago, and weights set before that do not count.',
    );
  });

  test('a neuron that takes no part', () => {
    expect(said(4, { weights: { ...WORKED_EXAMPLE.weights, columns: Uint16Array.of(3, 2, 2, 3, 3, 2) } })).toContain(
      'Nobody weighs uid 4, and it does not validate: it takes no part.',
    );
  });

  test('an epoch that is paid by stake', () => {
    const weights = { ...WORKED_EXAMPLE.weights, values: new Uint16Array(6) };
    const text = said(0, { weights });
    expect(text).toContain('Its weights are all 0 or void, so the trust of uid 0 is 0.');
    expect(text).toContain('so the alpha went to the validators by their stake. Uid 0 got 88.8000.');
  });
});

describe('the text fits the terminal', () => {
  test.each([80, 70])('of %i columns, for every neuron of a sample', (width) => {
    for (const { input, name } of sampleCases({ neurons: 30, validators: 6, subnets: 3, fill: 0.7, seed: 5 })) {
      for (let uid = 0; uid < input.n; uid++) {
        const lines = explanationText(explainNeuron(input, uid), { width, name }).split('\n');
        for (const line of lines) expect(widthOf(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  test.each(['odd.jsonl.gz', 'handmade.jsonl.gz'])(
    'for the edge cases of %s, and says nothing senseless',
    async (file) => {
      let told = 0;
      for await (const { input, name } of readCases(new URL(file, GOLDEN).pathname)) {
        for (let uid = 0; uid < Math.min(2, input.n); uid++) {
          const text = explanationText(explainNeuron(input, uid), { name });
          expect(text, name).not.toMatch(/undefined|NaN|null|Infinity/);
          for (const line of text.split('\n')) expect(widthOf(line), `${name}: ${line}`).toBeLessThanOrEqual(80);
          told += 1;
        }
      }
      expect(told).toBeGreaterThan(100);
    },
  );

  test('of a large subnet: the line of the consensus, and how many lines are left out', () => {
    const [{ input, name }] = sampleCases({
      neurons: 200,
      validators: 40,
      subnets: 1,
      fill: 1,
      seed: 3,
    }) as unknown as [{ input: EpochInput; name: string }];
    const texts = Array.from({ length: input.n }, (_, uid) => explanationText(explainNeuron(input, uid), { name }));
    const with_ = (words: RegExp) => texts.filter((text) => words.test(text));
    expect(with_(/\d+ smaller weights? not shown/).length).toBeGreaterThan(0);
    expect(with_(/\d+ larger weights? not shown/).length).toBeGreaterThan(0);
    expect(with_(/\d+ more neurons?: [\d.]+% cut off/).length).toBeGreaterThan(0);
    for (const text of with_(/larger weights? not shown/)) expect(text).toContain('<- consensus');
  });

  test('without a name of the case it is the netuid that stands first, or the uid alone', () => {
    const meta = { netuid: 31 };
    expect(explanationText(explainNeuron({ ...WORKED_EXAMPLE, meta }, 2))).toMatch(/^netuid 31: uid 2\n/);
    expect(explanationText(explainNeuron(WORKED_EXAMPLE, 2))).toMatch(/^uid 2\n/);
  });

  test('colours only when asked', () => {
    const story = explainNeuron(WORKED_EXAMPLE, 2);
    expect(explanationText(story)).not.toContain(ESCAPE);
    expect(explanationText(story, { color: true })).toContain(ESCAPE);
  });

  test.each([[[0, {}, 7]], ['text'], [null], [{ 2: 'x' }]])('hotkeys that are no texts are none: %j', (hotkeys) => {
    const meta = { hotkeys: hotkeys as never };
    expect(explainNeuron({ ...WORKED_EXAMPLE, meta }, 2).hotkey).toBeNull();
  });

  test('a hotkey cannot command the terminal', () => {
    const hotkeys = ['', '', `5Hot${ESCAPE}[2Jkey`];
    const text = explanationText(explainNeuron({ ...WORKED_EXAMPLE, meta: { hotkeys } }, 2));
    expect(text).not.toContain(ESCAPE);
    expect(text).toContain('uid 2 (5Hot?[2Jkey)');
  });
});
