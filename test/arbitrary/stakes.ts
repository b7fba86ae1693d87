/** Arbitrary stake weights, raw I64F64: a few distinct ones dealt out to many, so that there are ties. */
import fc from 'fast-check';

const LARGEST = 2n ** 127n - 1n;

const weight = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0n, 1n, 3n, 2n ** 32n, 2n ** 63n, 2n ** 64n, 2n ** 64n - 1n, 1_000n << 64n) },
  { weight: 3, arbitrary: fc.bigInt(0n, 10n ** 16n).map((rao) => rao << 64n) },
  { weight: 1, arbitrary: fc.constantFrom(LARGEST, LARGEST - 1n, 2n ** 126n, 2n ** 95n, 2n ** 96n) },
  { weight: 1, arbitrary: fc.bigInt(0n, LARGEST) },
);

/** @param odd also negative ones, and sums near zero, whose shares are huge */
export function stakes(count: number, odd: boolean): fc.Arbitrary<bigint[]> {
  const signed = odd ? fc.tuple(weight, fc.constantFrom(1n, 1n, 1n, -1n)).map(([raw, sign]) => raw * sign) : weight;
  const dealt = fc
    .array(signed, { minLength: 1, maxLength: 4 })
    .chain((palette) => fc.array(fc.constantFrom(...palette), { minLength: count, maxLength: count }));
  const spread = fc.array(signed, { minLength: count, maxLength: count });
  const plain = fc.oneof({ weight: 3, arbitrary: dealt }, spread);
  return odd ? fc.oneof({ weight: 2, arbitrary: plain }, cancelling(count)) : plain;
}

/**
 * Pairs that cancel and one small rest: the sum is so small that a share nearly fills 64 bits, and those of a few
 * voters overflow together (consensus-overflow.ts).
 */
function cancelling(count: number): fc.Arbitrary<bigint[]> {
  return fc
    .tuple(fc.integer({ min: 32, max: 90 }), fc.array(fc.bigInt(2n ** 29n, 2n ** 31n), { minLength: 1, maxLength: 3 }))
    .chain(([bits, factors]) => {
      const rest = 1n << BigInt(bits);
      const list = Array.from({ length: count }, (_, at) => {
        if (at === 0) return rest;
        if (at + 1 === count && at % 2 === 1) return 0n; // the one without a partner
        const raw = factors[((at - 1) >> 1) % factors.length]! * rest;
        return at % 2 === 1 ? raw : -raw;
      });
      return fc.shuffledSubarray(list, { minLength: count });
    });
}
