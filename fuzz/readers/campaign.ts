/**
 * Campaign: blocks of inputs for a child process, under a watch. A block that ends the process or takes too long is run
 * again input by input, to learn which one it was.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Block, BlockReport } from './child.js';

const BLOCK = 256;
/** The child's memory is weighed after so many blocks. */
const WEIGH_EVERY = 8;
/** Blocks until everything is loaded, compiled and as large as it needs to be. */
const WARM_BLOCKS = 16;
/** More than this, held beyond what was held when warm, is a leak. */
const MOST_GROWTH = 48 * 2 ** 20;
/** Different findings after which a reader is given up. */
const MOST_FINDINGS = 10;

export interface ReaderTask {
  readonly reader: string;
  readonly seed: number;
  readonly plant: string | null;
  /** Milliseconds that a block, and one input alone, may take. */
  readonly patience: { readonly block: number; readonly input: number };
  /** Whether to go on, asked before each block. */
  readonly goOn: (next: number) => boolean;
}

export interface Finding {
  /** `null` where it is the whole run: memory. */
  readonly index: number | null;
  readonly what: string;
}

export interface ReaderRecord {
  readonly reader: string;
  inputs: number;
  seconds: number;
  readonly went: Record<string, number>;
  readonly findings: Finding[];
  /** Bytes held when warm, and at the end. */
  held: { warm: number | null; last: number | null };
}

export async function fuzzReader(task: ReaderTask): Promise<ReaderRecord> {
  const { reader, seed, plant, patience } = task;
  const record: ReaderRecord = {
    reader,
    inputs: 0,
    seconds: 0,
    went: {},
    findings: [],
    held: { warm: null, last: null },
  };
  const start = performance.now();
  let child = new Child();
  for (let blocks = 1; task.goOn(record.inputs) && record.findings.length < MOST_FINDINGS; blocks++) {
    const from = record.inputs;
    const weigh = blocks >= WARM_BLOCKS && blocks % WEIGH_EVERY === 0;
    const block: Block = { reader, seed, plant, from, to: from + BLOCK, weigh };
    const reply = await child.run(block, patience.block);
    if (typeof reply === 'string') {
      child.end();
      add(record, await culprit(block, patience.input, reply));
      child = new Child();
    } else add(record, reply);
    record.inputs = block.to;
  }
  child.end();
  record.seconds = (performance.now() - start) / 1_000;
  const { warm, last } = record.held;
  if (warm !== null && last !== null && last - warm > MOST_GROWTH) {
    record.findings.push({ index: null, what: `memory grew from ${warm} to ${last} bytes` });
  }
  return record;
}

/** The inputs of a block one by one, up to the one that ends or holds up its process; `seen`: what the block did. */
async function culprit(block: Block, patience: number, seen: string): Promise<BlockReport> {
  const child = new Child();
  try {
    for (let index = block.from; index < block.to; index++) {
      const reply = await child.run({ ...block, from: index, to: index + 1, weigh: false }, patience);
      if (typeof reply === 'string') return { went: {}, findings: [{ index, what: reply }], held: null };
    }
  } finally {
    child.end();
  }
  const what = `${seen}, as one of ${BLOCK} from here on; alone none of them did`;
  return { went: {}, findings: [{ index: block.from, what }], held: null };
}

function add(record: ReaderRecord, { went, findings, held }: BlockReport): void {
  for (const [outcome, times] of Object.entries(went)) record.went[outcome] = (record.went[outcome] ?? 0) + times;
  for (const finding of findings) {
    const first = finding.what.split('\n')[0];
    if (!record.findings.some(({ what }) => what.split('\n')[0] === first)) record.findings.push(finding);
  }
  if (held === null) return;
  record.held.warm ??= held;
  record.held.last = held;
}

class Child {
  private readonly process: ChildProcess;
  /** Its start is no part of what an input may take. */
  private readonly ready: Promise<unknown>;

  constructor() {
    this.process = fork(new URL('./child.js', import.meta.url), {
      execArgv: ['--expose-gc'],
      env: { ...process.env, YUMA_FUZZ_CHILD: '1' },
    });
    this.ready = once(this.process, 'message');
  }

  /** The report, or how it did not come. */
  async run(block: Block, patience: number): Promise<BlockReport | string> {
    await this.ready;
    return new Promise((resolve) => {
      const settle = (reply: BlockReport | string): void => {
        clearTimeout(timer);
        for (const event of ['message', 'exit', 'error']) this.process.removeAllListeners(event);
        resolve(reply);
      };
      const timer = setTimeout(() => settle(`no answer within ${patience} ms`), patience);
      this.process.once('message', (report) => settle(report as BlockReport));
      this.process.once('exit', (code, signal) => settle(`the process ended (${signal ?? code})`));
      this.process.once('error', (fault) => settle(`the process failed (${fault.message})`));
      this.process.send(block);
    });
  }

  end(): void {
    this.process.on('error', () => {}); // it may be gone already
    this.process.kill('SIGKILL');
  }
}
