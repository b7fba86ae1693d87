/**
 * Random: a seeded stream of numbers that is the same on every JavaScript engine.
 * Exact  32-bit integer operations only, so no engine can differ; floats come from + - * / on integers below 2^53
 * Method sfc32 ("small fast counter", Chris Doty-Humphrey, public domain): three words of chaotic state and a counter
 *        that makes the period at least 2^32. Not for secrets.
 */

/** Word `part` of a safe integer: 0 = the low 32 bits, 1 = the rest. */
const word = (value: number, part: 0 | 1): number => (part === 0 ? value : Math.floor(value / 4_294_967_296)) | 0;

/** Rounds that mix the seed into the whole state before the first number is given out. */
const WARM_UP = 20;

export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** Streams of different `subject` are independent: a number more in one moves nothing in another. */
  constructor(seed: number, subject: number) {
    this.a = word(seed, 0);
    this.b = word(seed, 1);
    this.c = Math.imul(subject, 0x9e37_79b1) | 0;
    for (let round = 0; round < WARM_UP; round++) this.next();
  }

  /** The stream that goes on where `state` was taken. */
  static from(state: readonly number[]): Random {
    const random = new Random(0, 0);
    [random.a, random.b, random.c, random.counter] = state as [number, number, number, number];
    return random;
  }

  /** Four 32-bit integers from which the stream goes on. */
  state(): number[] {
    return [this.a, this.b, this.c, this.counter];
  }

  /** An integer from 0 to 2^32 - 1. */
  next(): number {
    const out = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + out) | 0;
    return out >>> 0;
  }

  /** At least 0, below 1; a multiple of 2^-32. */
  uniform(): number {
    return this.next() / 4_294_967_296;
  }

  /** An integer from 0 to `limit` - 1; `limit` up to 2^21, so the product stays exact. */
  below(limit: number): number {
    return Math.floor((this.next() * limit) / 4_294_967_296);
  }

  /** Mean 0, variance 1, within +-6: the sum of twelve 16-bit uniforms (Irwin-Hall), centred. */
  gaussian(): number {
    let sum = 0;
    for (let draw = 0; draw < 6; draw++) {
      const bits = this.next();
      sum += (bits & 0xffff) + (bits >>> 16);
    }
    return (sum - 393_210) / 65_536;
  }

  /** True in `share` of all calls. */
  chance(share: number): boolean {
    return this.uniform() < share;
  }

  /** Puts `items[from]` up to, but not including, `items[to]` in random order (Fisher-Yates). */
  shuffle(items: Uint16Array | number[], from = 0, to = items.length): void {
    for (let last = to - 1; last > from; last--) {
      const other = from + this.below(last - from + 1);
      const item = items[last]!;
      items[last] = items[other]!;
      items[other] = item;
    }
  }
}
