/**
 * Digest: 64 bits over everything the epochs of a run gave, to say in a line that two runs are the same.
 * Exact  32-bit integer operations; vectors are read in 32-bit words, little-endian as every host of ours is
 * Method two lanes of multiply and rotate over the words, in order. It finds accidents, it withstands no attack
 */
export class Digest {
  private first = 0x243f_6a88;
  private second = 0x85a3_08d3;

  static from(text: string): Digest {
    const digest = new Digest();
    digest.first = Number.parseInt(text.slice(0, 8), 16) | 0;
    digest.second = Number.parseInt(text.slice(8), 16) | 0;
    return digest;
  }

  word(word: number): void {
    const first = Math.imul(this.first ^ word, 0x9e37_79b1);
    this.first = (first << 13) | (first >>> 19);
    const second = Math.imul((this.second + word) | 0, 0x85eb_ca6b);
    this.second = second ^ (second >>> 15);
  }

  /** A length first, so that neighbouring vectors cannot trade elements. */
  u16(values: Uint16Array | Uint8Array): void {
    this.word(values.length);
    const even = values.length & ~1;
    for (let at = 0; at < even; at += 2) this.word(values[at]! | (values[at + 1]! << 16));
    if (even < values.length) this.word(values[even]!);
  }

  u64(values: BigUint64Array): void {
    this.word(values.length);
    const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
    for (let at = 0; at < words.length; at++) this.word(words[at]!);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return hex(this.first) + hex(this.second);
  }
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
