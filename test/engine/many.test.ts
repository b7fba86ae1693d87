/** Many at once, and stopped at any point: every promise settles, with the right bits or with the reason why not. */
import { describe, expect, test } from 'vitest';
import { createEngine, type EpochInput, type EpochOutput, YumaError } from '../../src/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { digest, largeSubnet } from './large.js';

const STEP = { currentBlock: 10_360n, emission: 10n ** 11n };
const LARGE = largeSubnet(1_024);

const settled = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'done',
    (fault: unknown) => (fault instanceof YumaError ? fault.code : `no YumaError: ${String(fault)}`),
  );

async function* turns(count: number): AsyncGenerator<void> {
  for (let at = 0; at < count; at++) yield new Promise<void>((resolve) => setImmediate(resolve));
}

test.each([0, 1, 2])('a thousand epochs at once have the bits that each has alone (%i threads)', async (threads) => {
  const inputs: EpochInput[] = Array.from({ length: 1_000 }, (_, at) => ({
    ...WORKED_EXAMPLE,
    emission: BigInt(at) * 1_000_003n,
  }));
  await using engine = await createEngine({ threads });
  await using single = await createEngine();
  const got = await Promise.all(inputs.map((input) => engine.runEpoch(input)));
  expect(got.map(digest)).toEqual(inputs.map((input) => digest(single.runEpochSync(input))));
});

/** So many turns of the event loop after it was started the work is stopped: in the queue, on its way, when it is over. */
const POINTS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 32, 64, 128, 256, 512];

describe.each([0, 1, 2])('stopped at any point, %i threads', (threads) => {
  test('epochs give their result or ABORTED, and a held subnet is before its epoch or after it', async () => {
    await using engine = await createEngine({ threads });
    using before = await engine.open(LARGE);
    using after = await engine.open(LARGE);
    await after.advance(STEP);
    const states = { ABORTED: before.snapshot(), done: after.snapshot() } as Record<string, Uint8Array>;
    const seen = new Set<string>();
    for (const point of POINTS) {
      using subnet = await engine.open(LARGE);
      const abort = new AbortController();
      const { signal } = abort;
      const runs = [
        subnet.advance(STEP, { signal }),
        ...[LARGE, WORKED_EXAMPLE].map((one) => engine.runEpoch(one, { signal })),
      ];
      const codes = Promise.all(runs.map(settled));
      for await (const _ of turns(point));
      abort.abort();
      for (const code of await codes) expect(['done', 'ABORTED']).toContain(code);
      await subnet.idle();
      const [code] = await codes;
      seen.add(code!);
      expect(Buffer.from(subnet.snapshot()).equals(states[code!]!)).toBe(true);
    }
    if (threads > 0) expect(seen).toContain('ABORTED');
    expect(await settled(engine.runEpoch(WORKED_EXAMPLE))).toBe('done');
  });

  test('a sequence gives what it had, in order, and then ABORTED or its end', async () => {
    await using engine = await createEngine({ threads });
    const inputs = Array.from({ length: 12 }, (_, at) => ({ ...WORKED_EXAMPLE, emission: BigInt(at) * 1_000_003n }));
    const want = inputs.map((input) => digest(engine.runEpochSync(input)));
    for (const point of POINTS) {
      const abort = new AbortController();
      const outputs: EpochOutput[] = [];
      const reading = settled(
        (async () => {
          for await (const output of engine.runEpochs(inputs, { signal: abort.signal })) outputs.push(output);
        })(),
      );
      for await (const _ of turns(point));
      abort.abort();
      const code = await reading;
      if (code === 'done') expect(outputs.length).toBe(inputs.length);
      else expect(code).toBe('ABORTED');
      expect(outputs.map(digest)).toEqual(want.slice(0, outputs.length));
    }
  });

  test('a closing engine settles everything: done or CLOSED', async () => {
    for (const point of POINTS.slice(0, 8)) {
      const engine = await createEngine({ threads, warm: false });
      const subnet = await engine.open(WORKED_EXAMPLE);
      const runs = [subnet.runEpoch(STEP), ...Array.from({ length: 20 }, () => engine.runEpoch(WORKED_EXAMPLE))];
      const codes = Promise.all(runs.map(settled));
      for await (const _ of turns(point));
      await engine.close();
      for (const code of await codes) expect(['done', 'CLOSED']).toContain(code);
    }
  });
});
