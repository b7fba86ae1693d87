/** Arbitrary block numbers: when the epoch runs, and the blocks at the edges of its masks (spec 3, 6, 9.1). */
import fc from 'fast-check';

const LAST = 2n ** 64n - 1n;

export interface Blocks {
  readonly now: bigint;
  readonly lastStep: bigint;
  readonly tempo: number;
  readonly cutoff: bigint;
}

export const blocks: fc.Arbitrary<Blocks> = fc
  .record({
    now: fc.oneof(
      { weight: 6, arbitrary: fc.bigInt(900n, 1_100n) },
      fc.constantFrom(0n, 1n, LAST),
      fc.bigInt(0n, LAST),
    ),
    tempo: fc.oneof(fc.constantFrom(0, 1, 99, 360, 65_535), fc.nat(65_535)),
    cutoff: fc.oneof({ weight: 4, arbitrary: fc.bigInt(1n, 600n) }, fc.constantFrom(0n, 1n, LAST)),
    lastStep: fc.oneof({ weight: 3, arbitrary: fc.bigInt(1n, 100n) }, fc.constantFrom(0n, 0n, 1n, LAST)),
    sinceStep: fc.boolean(),
  })
  .map(({ sinceStep, lastStep, ...rest }) => {
    // Either a few blocks before now, or as it stands.
    const before = rest.now - lastStep;
    return { ...rest, lastStep: sinceStep && before > 0n ? before : lastStep };
  });

/** Blocks at most one away from where a mask turns. */
export function edgeBlocks({ now, lastStep, tempo, cutoff }: Blocks): fc.Arbitrary<bigint> {
  const edges = [0n, now, now - cutoff, lastStep, lastStep + 1n, now - BigInt(tempo), LAST];
  return fc
    .tuple(fc.constantFrom(...edges), fc.bigInt(-1n, 1n))
    .map(([edge, off]) => edge + off)
    .map((block) => (block < 0n ? 0n : block > LAST ? LAST : block));
}
