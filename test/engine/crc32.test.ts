import { crc32 as zlibs } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32 } from '../../src/engine/subnet/crc32.js';

test('checksums are those of zlib, at every length and offset', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => (at * at * 31 + 7) & 255);
  for (let length = 0; length < 280; length++) {
    const part = bytes.subarray(length % 13, (length % 13) + length);
    expect(crc32(part), `${length} bytes`).toBe(zlibs(part));
  }
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});
