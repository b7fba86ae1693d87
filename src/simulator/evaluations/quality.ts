/** Quality: the score of a miner is the number that it delivers. */
import type { Evaluation } from '../agent.js';
import { define } from '../definition.js';

export const quality = define<Evaluation>()({
  says: 'the score is the number that the miner delivers',
  parameters: {},
  create: () => ({
    score(outputs, into) {
      for (const [uid, output] of outputs.entries()) if (output !== undefined) into[uid] = output as number;
    },
  }),
});
