/**
 * Combines the epochs of a subnet's mechanisms into what the chain stores for the subnet as a whole.
 * Spec   docs/spec/yuma-epoch.md 13.3
 * Takes  one output a mechanism, in their order, and the parts of `splitEmission`
 * Exact  scores and the stored emission are weighted and truncated mechanism by mechanism, so the order counts and two
 *        halves of 65535 give 65534. Two oddities are the chain's: `emission` weights an amount that was a part
 *        already, and `stake` counts once a mechanism
 * Cost   O(n * mechanisms)
 */
import { YumaError } from './errors.js';
import type { EpochOutput } from './output.js';
import { MAX_MECHANISMS } from './split-emission.js';
import { wrongType } from './types.js';

/**
 * Results for the subnet, by uid, units as in `EpochOutput`. Incentive and bonds exist for each mechanism only: read
 * (and store) them from its own output.
 */
export type CombinedOutput = Omit<EpochOutput, 'incentive' | 'bonds' | 'intermediates' | 'meta'>;

const SHARES = ['stakeWeight', 'consensus', 'dividends', 'validatorTrust'] as const;
const SUMS = ['serverEmission', 'validatorEmission', 'stake'] as const;
const FLAGS = ['active', 'newValidatorPermit'] as const;

const KINDS = [
  [Uint16Array, SHARES],
  [BigUint64Array, [...SUMS, 'emission']],
  [Uint8Array, FLAGS],
] as const;

const LARGEST_U16 = 65_535n;
const LARGEST_U64 = 0xffff_ffff_ffff_ffffn;

/**
 * @param outputs one epoch a mechanism, 1 to 16, all of the same n
 * @param parts the amount each of them handed out, rao, u64; as given by `splitEmission`
 * @returns vectors that are the caller's own
 * @throws YumaError WRONG_TYPE, WRONG_LENGTH where lists or vectors do not agree or are missing, OUT_OF_RANGE for a part that is no u64
 */
export function combineMechanisms(outputs: readonly EpochOutput[], parts: readonly bigint[]): CombinedOutput {
  check(outputs, parts);
  const { n } = outputs[0]!;
  const combined = {
    n,
    active: new Uint8Array(n),
    stakeWeight: new Uint16Array(n),
    consensus: new Uint16Array(n),
    dividends: new Uint16Array(n),
    validatorTrust: new Uint16Array(n),
    serverEmission: new BigUint64Array(n),
    validatorEmission: new BigUint64Array(n),
    emission: new BigUint64Array(n),
    newValidatorPermit: new Uint8Array(n),
    stake: new BigUint64Array(n),
  } satisfies CombinedOutput;
  const weights = mechanismWeights(parts);
  for (const [mechanism, output] of outputs.entries()) {
    const weighted = (value: bigint): bigint => (value * weights[mechanism]!) >> 64n;
    for (let uid = 0; uid < n; uid++) {
      for (const field of SHARES) {
        const share = BigInt(combined[field][uid]!) + weighted(BigInt(output[field][uid]!));
        combined[field][uid] = Number(least(share, LARGEST_U16));
      }
      combined.emission[uid] = least(combined.emission[uid]! + weighted(output.emission[uid]!), LARGEST_U64);
      for (const field of SUMS) combined[field][uid] = least(combined[field][uid]! + output[field][uid]!, LARGEST_U64);
      for (const field of FLAGS) combined[field][uid]! |= output[field][uid]!;
    }
  }
  return combined;
}

/** Share of each mechanism in the total, raw U64F64; all to the first where there is nothing to share. */
function mechanismWeights(parts: readonly bigint[]): bigint[] {
  const total = parts.reduce((sum, part) => sum + part, 0n);
  if (total === 0n) return parts.map((_, mechanism) => (mechanism === 0 ? 1n << 64n : 0n));
  return parts.map((part) => (part << 64n) / total);
}

function check(outputs: readonly EpochOutput[], parts: readonly bigint[]): void {
  if (!Array.isArray(outputs)) throw wrongType({ field: 'outputs' }, 'an array of EpochOutput', outputs);
  if (!Array.isArray(parts)) throw wrongType({ field: 'parts' }, 'an array of bigint', parts);
  if (outputs.length < 1 || outputs.length > MAX_MECHANISMS) {
    throw new YumaError('WRONG_LENGTH', {
      field: 'outputs',
      expected: `1 to ${MAX_MECHANISMS} mechanisms`,
      got: outputs.length,
    });
  }
  if (parts.length !== outputs.length) {
    const expected = `one part for each of ${outputs.length} mechanisms`;
    throw new YumaError('WRONG_LENGTH', { field: 'parts', expected, got: parts.length });
  }
  for (const [mechanism, output] of outputs.entries()) checkOutput(`outputs[${mechanism}]`, output, outputs[0]!);
  for (const [mechanism, part] of parts.entries()) {
    if (typeof part !== 'bigint') throw wrongType({ field: `parts[${mechanism}]` }, 'a bigint (u64)', part);
    if (part >= 0n && part <= LARGEST_U64) continue;
    const range = { least: '0', largest: String(LARGEST_U64) };
    throw new YumaError('OUT_OF_RANGE', { field: `parts[${mechanism}]`, value: String(part), ...range });
  }
}

function checkOutput(field: string, output: EpochOutput, first: EpochOutput): void {
  if (typeof output !== 'object' || output === null) throw wrongType({ field }, 'an EpochOutput', output);
  const { n } = output;
  if (!Number.isInteger(n) || n < 0) throw wrongType({ field: `${field}.n` }, 'an integer from 0', n);
  if (n !== first.n) {
    throw new YumaError('WRONG_LENGTH', { field, expected: `n = ${first.n} as in the first`, got: n });
  }
  for (const [kind, names] of KINDS) {
    for (const name of names) {
      const vector = output[name] ?? new kind(0);
      if (!(vector instanceof kind)) throw wrongType({ field: `${field}.${name}` }, `a ${kind.name}`, vector);
      if (vector.length === n) continue;
      throw new YumaError('WRONG_LENGTH', { field: `${field}.${name}`, expected: `n = ${n}`, got: vector.length });
    }
  }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
