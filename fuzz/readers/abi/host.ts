/**
 * Host: keeps the rules of docs/abi.md, or breaks them on purpose where the page says that a status comes of it, and
 * watches every byte that is its own: a call may write only what the page says it writes.
 * Bound  memories beyond `MOST_WATCHED` bytes are not watched, only called
 */
import { instantiateArena, instantiateShared, type SharedExports } from '#yuma/backends/wasm/exports.js';
import { Random } from '#yuma/sample/random.js';
import { Broken } from '../reader.js';
import { type Arrays, arraysOf, outputsOf } from './arrays.js';
import { fillInputs } from './fill.js';
import type { Counts, Program, Step } from './program.js';

const PAGE = 65_536;
const ALIGN = 16;
const MOST_WATCHED = 2 ** 20;
/** What was there before a call; one for all, since there is one call at a time. */
const KEPT = new Uint8Array(MOST_WATCHED);
const MOST_NEURONS = 32_768;
/** The head of what parts share is zero when they begin: the one promise of the page that these hosts always keep. */
const ZEROED_BYTES = 64;

/** Statuses that the page names for each call. */
const DOCUMENTED = {
  prepare: [0, 1, 2],
  place: [0, 1, 12],
  run: [0, 3, 4, 5, 6, 7, 8, 9, 10],
  tilesPart: [0, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  dividendsPart: [0, 3, 11],
  finish: [0, 3, 11],
} as const;

/** After these outputs may have been written, though they mean nothing (9, 11) or are the results (0). */
const WRITTEN = [0, 9, 11];

type Probed = SharedExports & { probeWay(way: number): void };
type Call = keyof typeof DOCUMENTED;

/** From a byte up to, but not including, another. */
export type Range = readonly [start: number, end: number];

interface Placed {
  readonly arrays: Arrays;
  /** Scratch, and what parts share. */
  readonly own: readonly Range[];
}

export class Host {
  private placed: Placed | undefined;
  private readonly core: Probed;
  /** Asked for sizes, which undoes what is placed. */
  private readonly asked: Probed;
  private readonly memory: WebAssembly.Memory;

  constructor(
    private readonly build: Program['build'],
    module: WebAssembly.Module,
  ) {
    this.memory = new WebAssembly.Memory({ initial: 2, maximum: PAGE, shared: true });
    const shared = build === 'shared';
    const open = () => (shared ? instantiateShared(module, this.memory) : instantiateArena(module)) as Probed;
    this.core = open();
    this.asked = open();
    if (!shared) this.memory = this.core.memory;
  }

  /** It has grown beyond what is worth watching. */
  get worn(): boolean {
    return this.memory.buffer.byteLength > MOST_WATCHED;
  }

  /** The status of the last call. */
  run({ way, steps }: Program): number {
    this.core.probeWay(way);
    this.core.bytesNeeded(0, 0, 0);
    this.placed = undefined;
    let status = 0;
    for (const step of steps) status = this.step(step) ?? status;
    return status;
  }

  private step(step: Step): number | undefined {
    switch (step.call) {
      case 'prepare':
        return this.prepare(step.counts);
      case 'sizes':
        return this.sizes(step.counts, step.rows);
      case 'place':
        return this.place(step);
      case 'fill':
        if (this.placed !== undefined && !this.worn) {
          fillInputs(this.memory.buffer, this.placed.arrays, step.with, new Random(step.salt, 0));
        }
        return undefined;
      case 'poke':
        return this.poke(step.field, step.at, step.word);
      case 'grow':
        if (!this.worn) this.memory.grow(step.pages);
        return undefined;
      default:
        return this.call(step.call, () => this.core[step.call](), WRITTEN);
    }
  }

  private prepare([n, w, b]: Counts): number {
    this.placed = undefined;
    const needed = this.asked.bytesNeeded(n, w, b);
    const status = this.call('prepare', () => this.core.prepare(n, w, b), []);
    if (status !== 0) return status;
    if (this.memory.buffer.byteLength < needed) throw new Broken(`prepared ${needed} bytes and has fewer`);
    const arrays = arraysOf(this.core, n, w, b, w + b);
    this.placed = { arrays, own: [[arrays.end, needed]] };
    return status;
  }

  private sizes([n, w, b]: Counts, rows: number): undefined {
    const { asked } = this;
    const sizes = [asked.bytesNeeded(n, w, b), asked.stateBytes(n, w, b), asked.scratchBytes(n, w, b)];
    sizes.push(asked.tileScratchBytes(n, rows, w, b), asked.splitBytes(n, rows));
    const sane = sizes.every((bytes) => Number.isInteger(bytes) && bytes >= 0);
    if (n <= MOST_NEURONS && rows <= MOST_NEURONS && !sane) throw new Broken(`sizes ${sizes} of ${[n, rows, w, b]}`);
  }

  private place(step: Step & { call: 'place' }): number {
    const { counts, manner } = step;
    const random = new Random(step.salt, 1);
    const [n, w, b] = counts;
    const { asked } = this;
    const up = (bytes: number) => Math.ceil(bytes / ALIGN) * ALIGN;
    const gap = () => ALIGN * random.below(20);
    const state = asked.stateBytes(n, w, b);
    const enough = random.below(2) === 0 ? asked.scratchBytes(n, w, b) : asked.tileScratchBytes(n, n, w, b);
    let base = asked.arenaStart() + gap();
    let bytes = manner === 'scratch of any size' ? random.below(2 ** 14) : enough;
    let scratch = up(base + state) + gap();
    let common = up(scratch + bytes) + gap();
    let commonBytes = up(asked.splitBytes(n, Math.min(n, MOST_NEURONS)));
    if (common + commonBytes < MOST_WATCHED) this.growTo(common + commonBytes + gap());
    const { byteLength } = this.memory.buffer;
    if (manner === 'scratch over state') scratch = base + ALIGN * random.below(1 + Math.floor(state / ALIGN));
    if (manner === 'common over state') common = base + ALIGN * random.below(1 + Math.floor(state / ALIGN));
    if (manner === 'beyond the memory')
      [base, scratch, common] = swapped([base, scratch, common], byteLength - 64, random);
    if (manner === 'beyond 4 GiB') [base, scratch, common] = swapped([base, scratch, common], 2 ** 32 - 32, random);
    if (manner === 'not aligned')
      [base, scratch, common] = swapped([base, scratch, common], base + 1 + random.below(15), random);
    if (manner === 'below the arena')
      [base, scratch, common] = swapped([base, scratch, common], ALIGN * random.below(64), random);
    if (manner === 'anywhere')
      [base, scratch, bytes, common, commonBytes] = Array.from({ length: 5 }, () => random.next()) as [
        number,
        number,
        number,
        number,
        number,
      ];
    if ([base, scratch, bytes, common, commonBytes].some((word) => word >= 2 ** 32)) return 2; // no argument
    this.placed = undefined;
    const parts = this.build === 'shared';
    const status = this.call('place', () => {
      return parts
        ? this.core.placePart(base, scratch, bytes, common, commonBytes, n, w, b, random.below(3))
        : this.core.place(base, scratch, bytes, n, w, b);
    }, []);
    if (status !== 0) return status;
    const own: Range[] = [[scratch, scratch + bytes]];
    if (parts) own.push([common, common + commonBytes]);
    if (parts) new Uint8Array(this.memory.buffer, common, Math.min(ZEROED_BYTES, commonBytes)).fill(0);
    // Results that a part keeps to itself lie in its scratch; the state is where it was placed.
    if (parts) asked.place(base, scratch, 0, n, w, b);
    this.placed = { arrays: arraysOf(parts ? asked : this.core, n, w, b, b), own };
    return status;
  }

  private poke(field: number, at: number, word: number): undefined {
    const range = this.placed?.arrays.of.get(field);
    if (range === undefined || range[0] + 4 * at + 4 > range[1]) return;
    new DataView(this.memory.buffer).setUint32(range[0] + 4 * at, word, true);
  }

  private growTo(bytes: number): void {
    const missing = Math.ceil((bytes - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.memory.grow(missing);
  }

  /** @param writes statuses after which outputs may have changed */
  private call(name: Call, run: () => number, writes: readonly number[]): number {
    const before = this.worn ? undefined : kept(this.memory.buffer);
    const first = this.asked.arenaStart();
    const status = run();
    if (!(DOCUMENTED[name] as readonly number[]).includes(status)) throw new Broken(`${name} gave status ${status}`);
    if (before === undefined) return status;
    const outputs =
      this.placed !== undefined && writes.includes(status) ? outputsOf(this.memory.buffer, this.placed.arrays) : [];
    const where = changedOutside(
      before,
      new Uint8Array(this.memory.buffer),
      [...outputs, ...(this.placed?.own ?? [])],
      first,
    );
    if (where !== undefined) throw new Broken(`${name} (status ${status}) wrote at ${where}, arena from ${first}`);
    return status;
  }
}

function kept(buffer: ArrayBuffer | SharedArrayBuffer): Uint8Array {
  KEPT.set(new Uint8Array(buffer));
  return KEPT.subarray(0, buffer.byteLength);
}

/** One of the places, or all, is that one instead. */
function swapped(places: [number, number, number], wrong: number, random: Random): [number, number, number] {
  const which = random.below(4);
  return places.map((place, at) => (which === 3 || which === at ? wrong : place)) as [number, number, number];
}

/** The first byte from `first` on that differs and lies in none of the ranges; `before` may be shorter. */
function changedOutside(
  before: Uint8Array,
  after: Uint8Array,
  allowed: readonly Range[],
  first: number,
): number | undefined {
  let at = first;
  for (const [start, end] of [...allowed].sort(([a], [b]) => a - b)) {
    const found = firstDifference(before, after, at, start);
    if (found !== undefined) return found;
    at = Math.max(at, end);
  }
  return firstDifference(before, after, at, before.length);
}

function firstDifference(one: Uint8Array, other: Uint8Array, start: number, end: number): number | undefined {
  if (start >= end) return undefined;
  const view = (bytes: Uint8Array) =>
    Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, Math.min(end, one.length) - start);
  if (view(one).equals(view(other))) return undefined;
  for (let at = start; at < end; at++) if (one[at] !== other[at]) return at;
  return undefined;
}
