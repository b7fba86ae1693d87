/** Child: the process that reads. It may crash, hang or grow; its parent sees that. */
import { Random } from '#yuma/sample/random.js';
import { planted } from './plants.js';
import { outcomeOf } from './reader.js';
import { READERS } from './readers.js';

/** Inputs `from` up to, but not including, `to`, of a seed and a reader. */
export interface Block {
  readonly reader: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly plant: string | null;
  /** Whether to say what is held in memory afterwards. */
  readonly weigh: boolean;
}

/** The first message: everything is loaded. */
export const READY = 'ready';

export interface BlockReport {
  /** How often an input went how. */
  readonly went: Readonly<Record<string, number>>;
  readonly findings: readonly { readonly index: number; readonly what: string }[];
  /** Bytes, after all garbage was collected. */
  readonly held: number | null;
}

export const inputOf = (reader: string, seed: number, index: number): Uint8Array =>
  READERS.find(({ name }) => name === reader)!.draw(new Random(seed, index));

export async function runBlock({ reader: name, seed, from, to, plant, weigh }: Block): Promise<BlockReport> {
  const sound = READERS.find((one) => one.name === name)!;
  const reader = plant === null ? sound : planted(sound, plant);
  const went: Record<string, number> = {};
  const findings: { index: number; what: string }[] = [];
  for (let index = from; index < to; index++) {
    const outcome = await outcomeOf(reader, reader.draw(new Random(seed, index)));
    if ('went' in outcome) went[outcome.went] = (went[outcome.went] ?? 0) + 1;
    else findings.push({ index, what: outcome.finding });
  }
  return { went, findings, held: weigh ? held() : null };
}

function held(): number {
  globalThis.gc?.();
  globalThis.gc?.(); // what the first one released of finalizers
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

if (process.send !== undefined && process.env.YUMA_FUZZ_CHILD === '1') {
  process.on('message', async (block: Block) => process.send!(await runBlock(block)));
  process.send(READY);
}
