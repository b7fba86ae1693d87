/**
 * Emit: the averaged bonds of a tile are appended to the rows that are stored, and the finished rows closed up.
 * Room   assembly (numeric core)
 * Spec   docs/spec/yuma-epoch.md 9.3 (ascending columns, values above 0), 11 (rows of those with a new permit)
 * Layout each row grows in a region of its own, as long as its weights and bonds together; at the end regions move down
 */
import * as at from '../layout';
import { ROW16, ROW32, TILE } from './gather';
import * as place from './place';
import * as rows from './rows';

/** Gives each row its region: all entries of the uids before it come first. */
export function startRegions(): void {
  for (let r = 0; r < rows.count; r++) {
    const slot = (<usize>r) << 2;
    store<u32>(place.rowEnd + slot, regionStart(load<u32>(place.rowUid + slot)));
  }
}

function regionStart(uid: u32): u32 {
  return load<u32>(at.weightOffsets + ((<usize>uid) << 2)) + load<u32>(at.bondOffsets + ((<usize>uid) << 2));
}

/** Appends the entries above 0 of the tile that begins with column `first`. */
export function emitTile(first: i32): void {
  const columnOf = place.columnOf + ((<usize>first) << 1);
  for (let r = 0; r < rows.count; r++) {
    const slot = (<usize>r) << 2;
    if (load<u8>(at.newPermit + load<u32>(place.rowUid + slot)) === 0) continue;
    const bonds = place.tileBondsOut + ((<usize>r) << ROW32);
    const stored = place.tileStored + ((<usize>r) << ROW16);
    let held: u32 = 0;
    const zero = i32x4.splat(0);
    for (let k: usize = 0; k < 8; k++) {
      held |= i32x4.bitmask(i32x4.ne(v128.load(bonds + (k << 4)), zero)) << (<u32>(k << 2));
    }
    let end = load<u32>(place.rowEnd + slot);
    const outColumns = at.bondsOutColumns + ((<usize>end) << 1);
    const outValues = at.bondsOutValues + ((<usize>end) << 1);
    if (held === 0xffff_ffff) {
      memory.copy(outColumns, columnOf, (<usize>TILE) << 1);
      memory.copy(outValues, stored, (<usize>TILE) << 1);
      end += TILE;
    } else {
      let n: usize = 0;
      while (held !== 0) {
        const k = (<usize>ctz(held)) << 1;
        store<u16>(outColumns + n, load<u16>(columnOf + k));
        store<u16>(outValues + n, load<u16>(stored + k));
        n += 2;
        held &= held - 1;
      }
      end += <u32>(n >> 1);
    }
    store<u32>(place.rowEnd + slot, end);
  }
}

/** Writes the offsets and moves every row down to its place. */
export function closeRows(n: i32): void {
  memory.fill(place.rowOf, 0, (<usize>n) << 2);
  for (let r = 0; r < rows.count; r++) {
    store<i32>(place.rowOf + ((<usize>load<u32>(place.rowUid + ((<usize>r) << 2))) << 2), r + 1);
  }
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(at.bondsOutOffsets + ((<usize>i) << 2), end);
    const r = load<i32>(place.rowOf + ((<usize>i) << 2)) - 1;
    if (r < 0) continue;
    const start = regionStart(i);
    const length = load<u32>(place.rowEnd + ((<usize>r) << 2)) - start;
    memory.copy(
      at.bondsOutColumns + ((<usize>end) << 1),
      at.bondsOutColumns + ((<usize>start) << 1),
      (<usize>length) << 1,
    );
    memory.copy(
      at.bondsOutValues + ((<usize>end) << 1),
      at.bondsOutValues + ((<usize>start) << 1),
      (<usize>length) << 1,
    );
    end += length;
  }
  store<u32>(at.bondsOutOffsets + ((<usize>n) << 2), end);
}
