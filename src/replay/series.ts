/**
 * A series: consecutive epochs of one subnet, one case each.
 * Takes  cases in order; the first may be any epoch
 */
import type { EpochCase } from '../formats/index.js';
import { YumaError } from '../index.js';

/** @throws YumaError NO_SERIES at the first case that is not the epoch after the one before it */
export async function* consecutive(
  cases: AsyncIterable<EpochCase> | Iterable<EpochCase>,
): AsyncGenerator<EpochCase, void, undefined> {
  let previous: EpochCase | undefined;
  for await (const given of cases) {
    const reason = previous && gap(previous, given);
    if (reason !== undefined) {
      throw new YumaError('NO_SERIES', { file: given.file, line: given.line, case: given.name, reason });
    }
    yield given;
    previous = given;
  }
}

/** Why `next` is not the epoch after `previous`; `undefined`: it is. */
function gap({ input: previous }: EpochCase, { input: next }: EpochCase): string | undefined {
  for (const field of ['netuid', 'mechanism'] as const) {
    const [before, now] = [previous.meta?.[field], next.meta?.[field]];
    if (before !== now && before !== undefined && now !== undefined) {
      return `it is of ${field} ${now}, the case before it of ${field} ${before}`;
    }
  }
  if (next.n < previous.n) return `it has n = ${next.n}, the case before it n = ${previous.n}`;
  if (next.currentBlock <= previous.currentBlock) {
    return `it runs in block ${next.currentBlock}, the case before it in block ${previous.currentBlock}`;
  }
  if (next.lastStep === previous.currentBlock) return undefined;
  return `its previous epoch ran in block ${next.lastStep} (lastStep), the case before it in block ${previous.currentBlock}`;
}
