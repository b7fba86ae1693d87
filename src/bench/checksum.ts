/**
 * Checksum: sixteen hex digits over all that epochs give. Equal results give equal digits on every backend, machine and
 * number of threads; a difference in one bit changes them.
 * Method FNV-1a over 32-bit words instead of bytes (a gigabyte of bonds takes half a second), in two lanes that differ
 *        in start and prime, each followed by a shift that carries high bits down
 * Order  vectors as they stand in `FIELDS`, then the bonds; 8- and 16-bit elements are packed into words from low to high
 */
import type { EpochOutput } from '../epoch/output.js';

const FIELDS = [
  'active',
  'newValidatorPermit',
  'stakeWeight',
  'consensus',
  'incentive',
  'dividends',
  'validatorTrust',
  'serverEmission',
  'validatorEmission',
  'emission',
  'stake',
] as const satisfies readonly (keyof EpochOutput)[];

export class Checksum {
  private first = 0x811c_9dc5 | 0;
  private second = 0xc9dc_5118 | 0;

  output(output: EpochOutput): this {
    for (const field of FIELDS) this.elements(output[field]);
    const { offsets, columns, values } = output.bonds;
    return this.elements(offsets).elements(columns).elements(values);
  }

  /** The digits of another sum. */
  digits(digits: string): this {
    return this.word(Number.parseInt(digits.slice(0, 8), 16)).word(Number.parseInt(digits.slice(8), 16));
  }

  toString(): string {
    return hex(this.first) + hex(this.second);
  }

  private word(word: number): this {
    const first = Math.imul(this.first ^ word, 0x0100_0193);
    const second = Math.imul(this.second ^ word, 0x85eb_ca6b);
    this.first = first ^ (first >>> 15);
    this.second = second ^ (second >>> 13);
    return this;
  }

  /** Length and elements. */
  private elements(list: Uint8Array | Uint16Array | Uint32Array | BigUint64Array): this {
    this.word(list.length);
    if (list instanceof BigUint64Array)
      return this.words(new Uint32Array(list.buffer, list.byteOffset, 2 * list.length));
    if (list instanceof Uint32Array) return this.words(list);
    return list instanceof Uint16Array ? this.halves(list) : this.bytes(list);
  }

  private words(list: Uint32Array): this {
    for (const word of list) this.word(word);
    return this;
  }

  private halves(list: Uint16Array): this {
    for (let at = 0; at < list.length; at += 2) this.word(list[at]! | ((list[at + 1] ?? 0) << 16));
    return this;
  }

  private bytes(list: Uint8Array): this {
    for (const byte of list) this.word(byte);
    return this;
  }
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

/** One sum over those of several subnets, in the order of netuid. */
export const combinedChecksum = (digits: Iterable<string>): string => {
  const sum = new Checksum();
  for (const each of digits) sum.digits(each);
  return String(sum);
};
