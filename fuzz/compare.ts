/**
 * Compares a contender's results with the oracle's: every field that the contender gives.
 * PERF   equal ones, nearly all, are told by one pass over the arrays; only then is the place of a difference looked for
 */
import type { EpochOutput } from '#yuma/epoch/output.js';
import type { ExpectedCase } from '#yuma/formats/case.js';
import { MID_FIELDS, OUT_FIELDS } from '#yuma/formats/index.js';
import { compareOutput, type Difference } from '#yuma/verify/compare.js';

type Vectors = Readonly<Record<string, { readonly length: number; readonly [at: number]: unknown }>>;

const OUT = Object.keys(OUT_FIELDS).filter((field) => field !== 'bonds');
const MID = Object.keys(MID_FIELDS);

export function differenceOf(want: EpochOutput, got: ExpectedCase): Difference | null {
  if (equal(want, got)) return null;
  const found = compareOutput(want, got); // what is expected there is what the contender gives
  return found === null ? stakeDifference(want, got) : { ...found, got: found.want, want: found.got };
}

/** The whole stake is no field of the case format, yet part of every output of ours. */
function stakeDifference(want: EpochOutput, { out }: ExpectedCase): Difference | null {
  const got = (out as EpochOutput | undefined)?.stake;
  if (got === undefined) return null;
  const uid = want.stake.findIndex((stake, at) => stake !== got[at]);
  return uid < 0 ? null : { field: 'stake', uid, got: String(got[uid]), want: String(want.stake[uid]) };
}

function equal(want: EpochOutput, { out, mid }: ExpectedCase): boolean {
  const bonds = out?.bonds;
  if (bonds === undefined) return false;
  return (
    same(want.bonds.offsets, bonds.offsets) &&
    same(want.bonds.columns, bonds.columns) &&
    same(want.bonds.values, bonds.values) &&
    allSame(OUT, want, out) &&
    allSame(['stake'], want, out) &&
    allSame(MID, want.intermediates, mid)
  );
}

function allSame(fields: readonly string[], want: object | undefined, got: object | undefined): boolean {
  if (want === undefined || got === undefined) return want === got;
  for (const field of fields) {
    const [one, other] = [(want as Vectors)[field], (got as Vectors)[field]];
    if (one === undefined || other === undefined || !same(one, other)) return false;
  }
  return true;
}

function same(one: Vectors[string], other: Vectors[string]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
