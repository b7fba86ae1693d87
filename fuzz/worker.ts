/** A worker of the campaign: runs the blocks it is given, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { openFuzzer, type Settings } from './open.js';

/** Cases `from` up to, but not including, `to`. `null` asks the worker to close. */
export type Block = { readonly from: number; readonly to: number } | null;

const fuzzer = await openFuzzer(workerData as Settings);

parentPort!.on('message', async (block: Block) => {
  if (block !== null) return parentPort!.postMessage(await fuzzer.block(block.from, block.to));
  await fuzzer.close();
  parentPort!.close();
});
