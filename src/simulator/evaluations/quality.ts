/** Quality: the score of a miner is the number that it delivers. */
import type { Evaluation } from '../agent.js';
import { define } from '../definition.js';

/** What miners delivered as scores; what is no number becomes NaN, which is refused as a score. */
export function numbersOf(outputs: readonly unknown[], into: Float64Array): void {
  for (let uid = 0; uid < outputs.length; uid++) {
    const output = outputs[uid];
    if (output !== undefined) into[uid] = typeof output === 'number' ? output : Number.NaN;
  }
}

export const quality = define<Evaluation>()({
  says: 'the score is the number that the miner delivers',
  parameters: {},
  create: () => ({ score: numbersOf }),
});
