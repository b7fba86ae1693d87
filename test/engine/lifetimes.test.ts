/** What callers may still do with what they gave and got: copies, views, sources that wait, engines that close. */
import { describe, expect, test } from 'vitest';
import { createEngine, type EpochInput, type EpochOutput } from '../../src/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { digest, largeSubnet, withoutOrder } from './large.js';

const STEP = { currentBlock: 10_360n, emission: 10n ** 11n };
const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
    return 'no error';
  } catch (fault) {
    return (fault as { code?: string }).code ?? String(fault);
  }
};

test.each([0, 1])(
  'a snapshot read as a Buffer, wherever it lies in its memory, is restored (%i threads)',
  async (threads) => {
    await using engine = await createEngine({ threads });
    using subnet = await engine.open(WORKED_EXAMPLE);
    const pooled = Buffer.concat([Buffer.from('before'), subnet.snapshot()]).subarray(6);
    using again = await engine.restore(pooled);
    expect(Buffer.from(again.snapshot()).equals(pooled)).toBe(true);
  },
);

test.each(['wasm', 'reference'] as const)('a held subnet is not changed with its input (%s)', async (backend) => {
  await using engine = await createEngine({ backend });
  const input = { ...WORKED_EXAMPLE, hyperparameters: { ...WORKED_EXAMPLE.hyperparameters } };
  using subnet = await engine.open(input);
  using untouched = await engine.open(WORKED_EXAMPLE);
  Object.assign(input.hyperparameters, { kappa: -5, maxValidators: 2 });
  expect(digest(await subnet.runEpoch(STEP))).toEqual(digest(await untouched.runEpoch(STEP)));
});

test.each([0, 1])('a view holds while the engine takes more memory (%i threads)', async (threads) => {
  await using engine = await createEngine({ threads });
  using subnet = await engine.open(WORKED_EXAMPLE);
  const want = await subnet.runEpoch(STEP);
  const view = subnet.view();
  using large = await engine.open(largeSubnet(2_048));
  await large.advance(STEP);
  expect(digest(view)).toEqual(digest(want));
});

test.each([1, 2])(
  'an epoch of a held subnet that runs when the engine is closed gives its result (%i threads)',
  async (threads) => {
    const engine = await createEngine({ threads });
    const subnet = await engine.open(withoutOrder(largeSubnet(2_048)));
    const running = subnet.runEpoch(STEP);
    await new Promise((resolve) => setImmediate(resolve));
    await engine.close();
    expect((await running).n).toBe(2_048);
  },
);

describe('a sequence of epochs', () => {
  const many = (count: number): EpochInput[] =>
    Array.from({ length: count }, (_, at) => ({ ...WORKED_EXAMPLE, emission: BigInt(at) * 1_000n }));

  test.each([0, 1, 3, 100])('waits where the queue of %i is full', async (queue) => {
    await using engine = await createEngine({ threads: 2, queue });
    await using single = await createEngine();
    const outputs: EpochOutput[] = [];
    for await (const output of engine.runEpochs(many(400))) outputs.push(output);
    expect(outputs.map(digest)).toEqual(many(400).map((input) => digest(single.runEpochSync(input))));
  });

  async function* thinking(): AsyncGenerator<EpochInput> {
    yield WORKED_EXAMPLE;
    await new Promise(() => {}); // for ever
  }

  test.each([0, 2])('ends at an abort while its source thinks (%i threads)', async (threads) => {
    await using engine = await createEngine({ threads });
    const abort = new AbortController();
    const outputs = engine.runEpochs(thinking(), { signal: abort.signal });
    expect((await outputs.next()).value?.n).toBe(5);
    const next = codeOf(() => outputs.next());
    abort.abort();
    expect(await next).toBe('ABORTED');
  });

  test.each([0, 2])('ends when its reader leaves while its source thinks (%i threads)', async (threads) => {
    await using engine = await createEngine({ threads });
    let seen = 0;
    for await (const output of engine.runEpochs(thinking())) {
      seen += output.n;
      break;
    }
    expect(seen).toBe(5);
  });
});

describe('what is no option', () => {
  test.each([
    ['an unknown option', () => createEngine({ bogus: 1 } as object), 'BAD_USAGE'],
    [
      'a priority that is none, without workers',
      async () => {
        await using engine = await createEngine();
        await engine.runEpoch(WORKED_EXAMPLE, { priority: 'high' as unknown as number });
      },
      'WRONG_TYPE',
    ],
    [
      'changes that are null',
      async () => {
        await using engine = await createEngine();
        using subnet = await engine.open(WORKED_EXAMPLE);
        subnet.setHyperparameters(null as unknown as object);
      },
      'WRONG_TYPE',
    ],
    [
      'meta that JSON does not know',
      async () => {
        await using engine = await createEngine();
        using subnet = await engine.open({ ...WORKED_EXAMPLE, meta: (() => 1) as never });
        subnet.snapshot();
      },
      'BAD_USAGE',
    ],
  ])('%s is refused', async (_, run, code) => {
    expect(await codeOf(run)).toBe(code);
  });
});
