/** The table of influence is tight: whatever it says may change does change for some subnet, alone or with others. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EpochInput } from '../../src/epoch/index.js';
import { difference, excepting, type Result, withWeights } from '../../src/properties/change.js';
import { INFLUENCE, type Mode, type Powerless, picks, subnets } from '../../src/properties/index.js';
import { type MayChange, modeOf, otherRow, powerless, without } from '../../src/properties/influence.js';
import { given } from '../../src/properties/property.js';
import { SEED } from '../counterexamples.js';
import { wasm } from './implementations.js';

/** The server amounts move by one raw unit at most, and seldom: so many subnets are drawn, but only as far as needed. */
const CHUNK = 20_000;
const MOST_CHUNKS = 20;

const chunks = new Map<number, [EpochInput, number[]][]>();

function* draws(): Generator<[EpochInput, number[]]> {
  for (let at = 0; at < MOST_CHUNKS; at++) {
    const known =
      chunks.get(at) ?? fc.sample(fc.tuple(subnets({ neurons: 8 }), picks()), { seed: SEED + at, numRuns: CHUNK });
    chunks.set(at, known);
    yield* known;
  }
}

const cells = (Object.keys(INFLUENCE) as Powerless[]).flatMap((why) =>
  (Object.keys(INFLUENCE[why]) as Mode[]).flatMap((mode) =>
    [...INFLUENCE[why][mode].own, ...INFLUENCE[why][mode].all].map((result) => ({ why, mode, result })),
  ),
);

const lessOne = ({ own, all }: MayChange, result: Result): MayChange => ({
  own: own.filter((one) => one !== result),
  all: all.filter((one) => one !== result),
});

test.each(cells)('$why, $mode: $result changes', async ({ why, mode, result }) => {
  for (const [input, list] of draws()) {
    const subject = given(input, list);
    const uid = powerless(subject, why)[0];
    if (uid === undefined || modeOf(input, subject.spec) !== mode) continue;
    const base = await wasm(input);
    const got = await wasm(withWeights(input, uid, otherRow(subject, uid)));
    const rest = without(got, base, uid, lessOne(INFLUENCE[why][mode], result));
    if (difference(rest, base) !== null && difference(excepting(rest, base, [result]), base) === null) return;
  }
  expect.unreachable('it never changes');
});
