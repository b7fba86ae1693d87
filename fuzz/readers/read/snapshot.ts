/** Snapshots, as `engine.restore` reads them. What is restored gives the same bytes again, and runs an epoch. */
import { createEngine, type Engine } from '#yuma/index.js';
import { drawSnapshot } from '../draw/snapshot.js';
import { Broken, READ, type Reader } from '../reader.js';

let engine: Engine | undefined;

export const snapshotReader: Reader = {
  name: 'snapshot',
  draw: drawSnapshot,
  read: async (bytes) => {
    engine ??= await createEngine({ backend: 'wasm', warm: false });
    using subnet = await engine.restore(bytes);
    const again = subnet.snapshot();
    if (!Buffer.from(again.buffer, again.byteOffset, again.length).equals(bytes)) {
      throw new Broken('restored, its snapshot is not the same bytes');
    }
    subnet.advanceSync({ currentBlock: 1_000n, emission: 1_000_000_000n });
    return READ;
  },
  close: async () => {
    await engine?.close();
    engine = undefined;
  },
};
