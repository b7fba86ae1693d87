/** Plants: faults put into a reader by a test of the fuzzer, to see that each kind of finding is found. */
import { crc32 } from '#yuma/engine/subnet/crc32.js';
import type { Reader } from './reader.js';

/** What goes wrong with one input in so many. */
const ONE_IN = 200;
/** Bytes of a piece that a leak keeps. */
const KEPT = 2 ** 18;

const kept: Uint8Array[] = [];

export const PLANTS: Readonly<Record<string, (bytes: Uint8Array) => void>> = {
  untyped: () => {
    throw new TypeError("Cannot read properties of undefined (reading 'planted')");
  },
  hang: () => {
    for (;;);
  },
  crash: () => process.abort(),
  leak: () => {
    for (let times = 0; times < 64; times++) kept.push(new Uint8Array(KEPT).fill(1));
  },
};

export const planted = (reader: Reader, plant: string): Reader => ({
  ...reader,
  read: async (bytes) => {
    if (crc32(bytes.subarray(1)) % ONE_IN === 0) PLANTS[plant]!(bytes);
    return reader.read(bytes);
  },
});
