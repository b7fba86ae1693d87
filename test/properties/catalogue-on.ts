/**
 * The catalogue on one implementation after another: the same subnets go through every property on each of them, in blocks.
 * TIMES multiplies how many there are (`npm run check:nightly`: 100). Block k of SEED is the first block of SEED + k.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../src/backends/backend.js';
import { checkEpochInput, type EpochInput, type EpochOutput } from '../../src/epoch/index.js';
import { formatCase } from '../../src/formats/index.js';
import {
  checkProperty,
  type Finding,
  failingCase,
  type Picks,
  PROPERTIES,
  type Property,
  picks,
  type Run,
  subnets,
} from '../../src/properties/index.js';
import { counterexamplePath, runs, SEED, TIMES } from '../counterexamples.js';

export interface Implementation {
  readonly name: string;
  readonly run: Run;
  /** Checks under way at the same time; for those that compute many epochs at once. Default 1. */
  readonly together?: number;
  /** Default all. */
  readonly properties?: readonly Property[];
}

type Drawn = readonly [input: EpochInput, picks: Picks];

const LARGEST_BLOCK = 1_000;

/** Of so many subnets each property's preconditions hold on some, whatever the seed. */
const ENOUGH = 500;

/** @param usualRuns subnets for each property on each implementation */
export function describeCatalogue(
  implementations: readonly Implementation[],
  usualRuns: number,
  arbitrary: fc.Arbitrary<EpochInput> = subnets({ neurons: 10 }),
): void {
  const all = runs(usualRuns) * TIMES;
  const size = Math.min(all, LARGEST_BLOCK);
  const blocks = Math.ceil(all / size);
  const blockOf = keepingOne((index) => fc.sample(fc.tuple(arbitrary, picks()), { seed: SEED + index, numRuns: size }));
  const tally = new Tally(implementations.length);
  beforeAll(() => tally.start());
  afterAll(() => tally.print(implementations, blocks, size));

  describe.each(Array.from({ length: blocks }, (_, index) => index))('block %i', (index) => {
    for (const [at, { name, run, together = 1, properties = PROPERTIES }] of implementations.entries()) {
      test.each(properties.map((property) => [property.name, property] as const))(
        `on ${name}: %s holds on made-up subnets`,
        async (_, property) => {
          const counts = await checkBlock(property, counting(run, tally.of(at)), blockOf(index), together, index);
          if (size >= ENOUGH) expect(counts.ok, 'runs in which the preconditions held').toBeGreaterThan(0);
          tally.add(at, counts);
        },
      );
    }
  });
}

/** All properties on all implementations take a block before the next one is drawn. */
function keepingOne(draw: (index: number) => readonly Drawn[]): (index: number) => readonly Drawn[] {
  let kept: { readonly index: number; readonly drawn: readonly Drawn[] } | undefined;
  return (index) => {
    if (kept?.index !== index) kept = { index, drawn: draw(index) };
    return kept.drawn;
  };
}

/** Fails, with a case file, at the first subnet on which the property does. */
async function checkBlock(
  property: Property,
  run: Run,
  drawn: readonly Drawn[],
  together: number,
  index: number,
): Promise<Record<Finding['status'], number>> {
  const counts = { ok: 0, outside: 0, failed: 0 };
  for (let start = 0; start < drawn.length; start += together) {
    const group = drawn.slice(start, start + together);
    const findings = await Promise.all(group.map(([input, list]) => checkProperty(property, run, input, list)));
    for (const [at, finding] of findings.entries()) {
      counts[finding.status] += 1;
      if (finding.status === 'failed') throw await failure(property, run, group[at]!, index, finding.reason);
    }
  }
  return counts;
}

async function failure(property: Property, run: Run, [input, list]: Drawn, index: number, reason: string) {
  const { name } = property;
  const seed = SEED + index;
  const path = counterexamplePath(name);
  mkdirSync(dirname(path), { recursive: true });
  const smallest = await failingCase(property, run, input, list).catch(() => input);
  writeFileSync(path, `${formatCase({ name: `${name}/${seed}`, input: smallest })}\n`);
  return new Error(
    `seed ${seed}: ${reason}\n` +
      `  replay: SEED=${seed} npx vitest run test/properties/catalogue -t "${name} holds"\n` +
      `  case: npx yuma check ${path} --property ${name} --runs 0`,
  );
}

interface Counted {
  checks: number;
  held: number;
  epochs: number;
}

const counting =
  (run: Run, counted: Counted): Run =>
  (input) => {
    counted.epochs += 1;
    return run(input);
  };

/** What was run, for docs/verification.md. */
class Tally {
  private readonly counted: Counted[];
  private started = 0;

  constructor(length: number) {
    this.counted = Array.from({ length }, () => ({ checks: 0, held: 0, epochs: 0 }));
  }

  of(at: number): Counted {
    return this.counted[at]!;
  }

  start(): void {
    this.started = performance.now();
  }

  add(at: number, { ok, outside }: Record<Finding['status'], number>): void {
    const counted = this.of(at);
    counted.checks += ok + outside;
    counted.held += ok;
  }

  print(implementations: readonly Implementation[], blocks: number, size: number): void {
    const seconds = Math.round((performance.now() - this.started) / 1_000);
    const what = `${blocks * size} subnets, seeds ${SEED} to ${SEED + blocks - 1}`;
    const lines = implementations.map(({ name, properties = PROPERTIES }, at) => {
      const { checks, held, epochs } = this.of(at);
      return `  ${name}: ${properties.length} properties, ${checks} checks, ${held} within the preconditions, ${epochs} epochs`;
    });
    console.info([`catalogue: ${what}, ${seconds} s`, ...lines].join('\n'));
  }
}

const INTERMEDIATES = { intermediates: true };

/** A backend as an implementation; in the caller's thread where it can. */
export function runOn(backend: Backend): Run {
  return async (input) => {
    const checked = checkEpochInput(input, { lenient: true });
    if (backend.runSync !== undefined) return backend.runSync(checked, INTERMEDIATES);
    const [output] = await backend.run([checked], INTERMEDIATES);
    return output!;
  };
}

interface Waiting {
  readonly input: EpochInput;
  readonly resolve: (output: EpochOutput) => void;
  readonly reject: (fault: unknown) => void;
}

/** The same, with all epochs that are asked for before the event loop turns as one batch. */
export function runInBatches(backend: () => Backend): Run {
  let waiting: Waiting[] = [];
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    try {
      const inputs = batch.map(({ input }) => checkEpochInput(input, { lenient: true }));
      const outputs = await backend().run(inputs, INTERMEDIATES);
      for (const [at, { resolve }] of batch.entries()) resolve(outputs[at]!);
    } catch (fault) {
      for (const { reject } of batch) reject(fault);
    }
  };
  return (input) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ input, resolve, reject });
    });
}
