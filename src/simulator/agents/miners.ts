/** Miners: the neurons that a validator chooses among. */
import type { ChainView } from '../agent.js';

/** Uids that set no weights, by plan. */
export const minersOf = ({ validators }: ChainView): number[] =>
  validators.flatMap((validates, uid) => (validates ? [] : [uid]));
