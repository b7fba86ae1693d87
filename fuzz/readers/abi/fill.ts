/** Fill: writes the inputs of an epoch, with row offsets that hold. */
import { FLAG, U32_AT, U64_AT } from '#yuma/backends/wasm/layout.js';
import type { Random } from '#yuma/sample/random.js';
import { oneIn, pick, u16, u64 } from '../../draw/integers.js';
import type { Arrays } from './arrays.js';

const RULES = 425;
/** Ends of the types, and plain values. */
const STAKES = [0n, 1n, 1n << 32n, 10n ** 15n, (1n << 63n) - 1n, 1n << 63n, (1n << 64n) - 1n];
const BLOCKS = [0n, 1n, 99n, 100n, 101n, (1n << 64n) - 1n];
const SCALARS = [0, 1, 2, 32_767, 65_534, 65_535];

export function fillInputs(
  memory: ArrayBuffer | SharedArrayBuffer,
  arrays: Arrays,
  how: 'rows' | 'odd' | 'bytes',
  random: Random,
): void {
  const { n, w, b, bOut } = arrays;
  for (const field of [1, 2, 3, 4, 5]) fillVector(memory, arrays.of.get(field)!, field, how, random);
  const turned = oneIn(random, 4);
  fillRows(memory, arrays, [6, 7, 8], w, how, random);
  const room = turned ? bOut : b;
  fillRows(memory, arrays, turned ? [43, 44, 45] : [9, 10, 11], oneIn(random, 3) ? room : room >> 1, how, random);
  fillParameters(new DataView(memory, arrays.of.get(0)![0]), n, turned, random);
}

function fillVector(
  memory: ArrayBuffer | SharedArrayBuffer,
  [start, end]: readonly [number, number],
  field: number,
  how: string,
  random: Random,
): void {
  const bytes = new DataView(memory, start, end - start);
  if (field === 5) {
    for (let at = 0; at < bytes.byteLength; at++)
      bytes.setUint8(at, how === 'bytes' ? random.below(256) : random.below(2));
    return;
  }
  for (let at = 0; at + 8 <= bytes.byteLength; at += 8) {
    const high = field === 1 && at % 16 === 8;
    const usual = field === 1 ? (high ? pick(random, STAKES) : u64(random)) : pick(random, BLOCKS);
    bytes.setBigUint64(
      at,
      how === 'bytes' ? u64(random) : high && how === 'rows' ? BigInt(random.below(9)) : usual,
      true,
    );
  }
}

/** At most `most` entries; in rows that ascend, or in any order. */
function fillRows(
  memory: ArrayBuffer | SharedArrayBuffer,
  { n, of }: Arrays,
  [offsets, columns, values]: readonly [number, number, number],
  most: number,
  how: string,
  random: Random,
): void {
  const word = new DataView(memory);
  let end = 0;
  word.setUint32(of.get(offsets)![0], 0, true);
  for (let uid = 0; uid < n; uid++) {
    const put = (column: number) => {
      if (end >= most) return;
      word.setUint16(of.get(columns)![0] + 2 * end, column, true);
      word.setUint16(of.get(values)![0] + 2 * end, oneIn(random, 3) ? pick(random, SCALARS) : u16(random), true);
      end += 1;
    };
    if (how === 'rows') for (let column = random.below(3); column < n; column += 1 + random.below(3)) put(column);
    else
      for (let times = random.below(n + 1); times > 0; times--) put(oneIn(random, 6) ? u16(random) : random.below(n));
    word.setUint32(of.get(offsets)![0] + 4 * (uid + 1), end, true);
  }
}

function fillParameters(block: DataView, n: number, turned: boolean, random: Random): void {
  for (const at of Object.values(U64_AT))
    block.setBigUint64(at, oneIn(random, 3) ? u64(random) : pick(random, BLOCKS), true);
  if (!oneIn(random, 4)) block.setBigUint64(U64_AT.minStake, 0n, true);
  if (!oneIn(random, 4)) block.setBigUint64(U64_AT.bondsMovingAverage, 900_000n, true);
  for (const at of Object.values(U32_AT))
    block.setUint32(at, oneIn(random, 2) ? u16(random) : pick(random, SCALARS), true);
  if (oneIn(random, 2)) block.setUint32(U32_AT.ownerUid, random.next(), true);
  block.setInt32(U32_AT.alphaSigmoidSteepness, u16(random) - 32_768, true);
  block.setUint32(
    U32_AT.flags,
    random.below(oneIn(random, 8) ? 2 * FLAG.refuseOddColumns : FLAG.refuseOddColumns),
    true,
  );
  block.setUint32(U32_AT.permitLength, oneIn(random, 4) ? random.below(n + 1) : n, true);
  block.setUint32(U32_AT.rules, RULES, true);
  block.setUint32(U32_AT.turned, Number(turned), true);
}
