/**
 * Fuzzer: runs blocks of cases through all contenders and holds each result against the oracle.
 * Oracle  the reference, the executable spec; for cases that it is spared (`referenceEvery`), the core's plain build
 * Stops   at the first difference: the block says which contender, and gives the smallest input that still shows it
 */
import type { EpochInput } from '#yuma/epoch/input.js';
import type { EpochOutput } from '#yuma/epoch/output.js';
import { outputOf, runEpoch, traceEpoch } from '#yuma/epoch/reference/epoch.js';
import { checkAllButColumns, checkEpochInput } from '#yuma/epoch/validate.js';
import { formatCase } from '#yuma/formats/index.js';
import { countBranches, type Hits, noHits } from './branches/index.js';
import { differenceOf } from './compare.js';
import type { Contender, Outcome } from './contender.js';
import { type Drawn, drawCase } from './draw/case.js';
import { shrink } from './shrink/shrink.js';

/** Branches are counted on cases of at most so many neurons: with more it would take longer than the epoch. */
const MOST_COUNTED = 64;
const LARGE = 250;

/** What was found; JSON-safe. */
export interface Finding {
  readonly index: number;
  readonly contender: string;
  /** Of the smallest case: the field, or how the contender broke down. */
  readonly what: string;
  /** It takes a lenient check. */
  readonly odd: boolean;
  /** A line of a case file, with what the reference gives as `expected`. */
  readonly line: string;
}

/** What came of some cases; sums of it make the record. */
export interface Tally {
  cases: number;
  /** Cases by contender, and of at least 250 neurons by the contender's name and `LARGE_CASES`. */
  ran: Record<string, number>;
  hits: Hits;
}

export interface BlockReport extends Tally {
  readonly finding: Finding | null;
}

export const LARGE_CASES = ', large';

/** How a contender broke down. */
class Breakdown {
  constructor(readonly reason: string) {}
}

export class Fuzzer {
  /**
   * @param plain the contender that stands in for the reference
   * @param referenceEvery the reference computes one case in so many; 0 = none
   */
  constructor(
    private readonly seed: number,
    private readonly plain: Contender,
    private readonly others: readonly Contender[],
    private readonly referenceEvery: number,
  ) {}

  /** Cases `from` up to, but not including, `to`. */
  async block(from: number, to: number): Promise<BlockReport> {
    const tally: Tally = { cases: to - from, ran: {}, hits: noHits() };
    const cases = Array.from({ length: to - from }, (_, at) => drawCase(this.seed, from + at));
    const wants = cases.map((drawn) => this.referenceOf(drawn, tally));
    const plain = await attempt(this.plain, cases);
    const suspects = [{ contender: this.plain, taken: cases, outcomes: plain }];
    for (const contender of this.others) {
      const taken = cases.filter((drawn) => contender.takes(drawn));
      suspects.push({ contender, taken, outcomes: await attempt(contender, taken) });
    }
    for (const { contender, taken, outcomes } of suspects) {
      for (const [at, drawn] of taken.entries()) {
        const outcome = outcomes[at]!;
        if (outcome === null) continue;
        count(tally, contender.name, drawn);
        const want = wants[drawn.index - from] ?? outputIn(plain[drawn.index - from]!);
        if (want === undefined || whatDiffers(want, outcome) !== null) {
          return { ...tally, finding: await this.finding(contender, drawn) };
        }
      }
    }
    return { ...tally, finding: null };
  }

  async close(): Promise<void> {
    for (const contender of [this.plain, ...this.others]) await contender.close();
  }

  private referenceOf(drawn: Drawn, tally: Tally): EpochOutput | undefined {
    if (this.referenceEvery === 0 || drawn.index % this.referenceEvery !== 0) return undefined;
    const trace = traceEpoch(drawn.input);
    if (drawn.input.n <= MOST_COUNTED) countBranches(tally.hits, drawn.input, trace);
    count(tally, 'reference', drawn);
    return outputOf(trace, drawn.input, { intermediates: true });
  }

  /** The smallest case of the contender, or of the plain build where it was that one that erred. */
  private async finding(suspect: Contender, drawn: Drawn): Promise<Finding> {
    const contender = (await differs(suspect, drawn)) === null ? this.plain : suspect;
    const smallest = await shrink(
      drawn.given,
      async (input) => (await differs(contender, redrawn(drawn, input))) !== null,
    );
    const odd = isOdd(smallest);
    const last = redrawn({ ...drawn, odd }, smallest) ?? drawn;
    const out = runEpoch(last.input, { intermediates: true });
    const name = `fuzz/${this.seed}/${drawn.index}`;
    return {
      index: drawn.index,
      contender: contender.name,
      what: (await differs(contender, last)) ?? 'nothing, when it was run again',
      odd,
      line: formatCase({ name, input: smallest, expected: { out, mid: out.intermediates } }),
    };
  }
}

function count(tally: Tally, name: string, { input }: Drawn): void {
  tally.ran[name] = (tally.ran[name] ?? 0) + 1;
  const large = name + LARGE_CASES;
  if (input.n >= LARGE) tally.ran[large] = (tally.ran[large] ?? 0) + 1;
}

/** The outcomes; where the contender breaks down, those of the cases one by one, up to the one that does it. */
async function attempt(contender: Contender, cases: readonly Drawn[]): Promise<readonly (Outcome | Breakdown)[]> {
  if (cases.length === 0) return [];
  try {
    return await contender.run(cases);
  } catch (fault) {
    if (cases.length === 1) return [new Breakdown(String(fault))];
    const outcomes: (Outcome | Breakdown)[] = [];
    for (const drawn of cases) {
      const over = outcomes.some((outcome) => outcome instanceof Breakdown);
      outcomes.push(over ? null : (await attempt(contender, [drawn]))[0]!);
    }
    return outcomes;
  }
}

/** What is wrong with the contender's results, held against the reference; `null` also for what is no case. */
async function differs(contender: Contender, drawn: Drawn | null): Promise<string | null> {
  if (drawn === null || !contender.takes(drawn)) return null;
  const [outcome] = await attempt(contender, [drawn]);
  return whatDiffers(runEpoch(drawn.input, { intermediates: true }), outcome!);
}

function whatDiffers(want: EpochOutput, outcome: Outcome | Breakdown): string | null {
  if (outcome === null) return null;
  if (outcome instanceof Breakdown) return outcome.reason;
  const difference = differenceOf(want, outcome);
  return difference && JSON.stringify(difference);
}

const outputIn = (outcome: Outcome | Breakdown): EpochOutput | undefined =>
  outcome instanceof Breakdown ? undefined : (outcome?.out as EpochOutput);

/** The case with another input, or `null` where that is none. */
function redrawn(drawn: Drawn, given: EpochInput): Drawn | null {
  try {
    checkEpochInput(given, { lenient: drawn.odd });
    return { ...drawn, given, input: checkAllButColumns(given, { lenient: drawn.odd }) };
  } catch {
    return null;
  }
}

function isOdd(input: EpochInput): boolean {
  try {
    checkEpochInput(input);
    return false;
  } catch {
    return true;
  }
}
