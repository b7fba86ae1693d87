/**
 * Plants every listed fault in turn, in assembly/ and in kernels/, and tells which property catches it, without any
 * golden vector. Not a part of the tests: each fault of the core takes a build.
 * Exits   0 all are caught; 1 one is not, or could not be tried; 2 bad usage
 *
 *   npm run check:faults [-- --room assembly] [--stage tile/bonds] [--part 1/2]
 */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Fault } from './fault.js';
import { FAULTS, type Order, type Room } from './worker.js';

const ROOMS: readonly Room[] = ['assembly', 'kernels'];
/** A fault may keep a loop from ending, which is noticed too. */
const PATIENCE_MS = 180_000;
const ENDLESS = 'it does not end';
const AGREEMENT = 'specified';

type Reply = { readonly caught: string | null } | { readonly failed: string };

let worker: Worker | undefined;

async function tryFault(order: Order): Promise<Reply> {
  worker ??= new Worker(new URL('./worker.js', import.meta.url));
  const running = worker;
  const over = new AbortController();
  const { signal } = over;
  const replies = [
    once(running, 'message', { signal }).then(([reply]) => reply as Reply),
    setTimeout(PATIENCE_MS, { caught: ENDLESS }, { signal }),
  ];
  running.postMessage(order);
  const reply = await Promise.race(replies).catch((fault: unknown): Reply => ({ failed: String(fault) }));
  over.abort();
  await Promise.allSettled(replies);
  if ('failed' in reply || reply.caught === ENDLESS) {
    await running.terminate();
    worker = undefined;
  }
  return reply;
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { room: text, stage: text, part: text } });
  const [part = 1, parts = 1] = (values.part ?? '1/1').split('/').map(Number); // several processes share the list
  let missed = 0;
  for (const room of ROOMS.filter((one) => values.room === undefined || one === values.room)) {
    missed += await controls(room);
    const tally = new Map<string, { planted: number; mechanism: number; agreement: number }>();
    for (const [index, fault] of FAULTS[room].entries()) {
      if ((values.stage !== undefined && fault.file !== values.stage) || index % parts !== part - 1) continue;
      const reply = await tryFault({ room, index, control: false });
      const by = 'failed' in reply ? null : reply.caught;
      missed += Number(by === null);
      console.log(line(room, fault, 'failed' in reply ? `could not be tried: ${reply.failed}` : (by ?? 'NOT CAUGHT')));
      const counts = tally.get(fault.file) ?? { planted: 0, mechanism: 0, agreement: 0 };
      tally.set(fault.file, counts);
      counts.planted += 1;
      if (by === AGREEMENT) counts.agreement += 1;
      else if (by !== null) counts.mechanism += 1;
    }
    for (const [file, { planted, mechanism, agreement }] of tally) {
      console.log(`| \`${room}/${file}\` | ${planted} | ${mechanism} | ${agreement} |`);
    }
  }
  await worker?.terminate();
  console.log(missed === 0 ? 'all faults are caught' : `${missed} faults are not caught`);
  return missed === 0 ? 0 : 1;
}

/** Without a fault nothing is caught, whichever way through the core. Gives how often something was. */
async function controls(room: Room): Promise<number> {
  let wrong = 0;
  for (const file of room === 'assembly' ? ['active', 'tile/alpha', 'tile/cells'] : ['fixed']) {
    const index = FAULTS[room].findIndex((fault) => fault.file === file);
    const reply = await tryFault({ room, index, control: true });
    const sound = 'caught' in reply && reply.caught === null;
    if (!sound) console.log(`${room}/${file} without a fault: ${JSON.stringify(reply)}`);
    wrong += Number(!sound);
  }
  return wrong;
}

const line = (room: Room, { file, is }: Fault, by: string): string => `${room}/${file}: ${is}: ${by}`;

process.exitCode = await main();
