/**
 * Resets the bonds towards one neuron, as its published reset flag does between two epochs.
 * Spec   docs/spec/yuma-epoch.md 14
 * Takes  the stored bonds of one mechanism; a subnet with several resets each of them
 * Cost   O(entries)
 */
import { YumaError } from './errors.js';
import type { SparseRows } from './input.js';
import { checkRows } from './validate.js';

/**
 * The bonds without every entry for `uid`; other entries keep their order, the neuron's own row stays.
 * @returns rows of their own; `bonds` is not written to
 * @throws YumaError NO_SUCH_UID where there is no such row; WRONG_TYPE, WRONG_LENGTH or BAD_ROW_OFFSETS for what is no rows
 */
export function resetBonds(bonds: SparseRows, uid: number): SparseRows {
  const n = (bonds?.offsets?.length ?? 0) - 1;
  checkRows('bonds', bonds, n, false);
  if (!Number.isInteger(uid) || uid < 0 || uid >= n) throw new YumaError('NO_SUCH_UID', { wanted: String(uid), n });
  const kept = bonds.columns.reduce((count, column) => count + Number(column !== uid), 0);
  const offsets = new Uint32Array(n + 1);
  const columns = new Uint16Array(kept);
  const values = new Uint16Array(kept);
  let to = 0;
  for (let row = 0; row < n; row++) {
    for (let from = bonds.offsets[row]!; from < bonds.offsets[row + 1]!; from++) {
      if (bonds.columns[from] === uid) continue;
      columns[to] = bonds.columns[from]!;
      values[to] = bonds.values[from]!;
      to += 1;
    }
    offsets[row + 1] = to;
  }
  return { offsets, columns, values };
}
