import { describe, expect, test } from 'vitest';
import {
  createEngine,
  type EpochInput,
  type EpochOutput,
  sparseRows,
  stakeFromRao,
  YumaError,
} from '../../src/index.js';
import { createCore } from '../../src/wasm.js';
import { WORKED_EXAMPLE } from '../worked-example.js';

/** A copy of its own for each test: some hold it against what a run left of it. */
const workedExample = (): EpochInput => structuredClone(WORKED_EXAMPLE);

const DIVIDENDS = [51_594, 13_091, 848, 0, 0];

const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
  } catch (error) {
    return error instanceof YumaError ? error.code : `no YumaError: ${String(error)}`;
  }
  return 'no error';
};

describe.each(['wasm', 'reference', 'auto'] as const)('an engine with backend %s', (backend) => {
  test('says which backend computes', async () => {
    await using engine = await createEngine({ backend });
    expect(engine.backend).toBe(backend === 'auto' ? 'wasm' : backend);
  });

  test('runs one epoch, awaited and at once, with the same result', async () => {
    await using engine = await createEngine({ backend });
    const awaited = await engine.runEpoch(workedExample());
    expect([...awaited.dividends]).toEqual(DIVIDENDS);
    expect(engine.runEpochSync(workedExample())).toEqual(awaited);
  });

  test('gives intermediates only when asked', async () => {
    await using engine = await createEngine({ backend });
    expect((await engine.runEpoch(workedExample())).intermediates).toBeUndefined();
    const { intermediates } = await engine.runEpoch(workedExample(), { intermediates: true });
    expect([...intermediates!.consensus]).toEqual([0n, 0n, 0n, 2_863_296_966n, 1_431_670_329n]);
  });

  test('carries meta through untouched', async () => {
    await using engine = await createEngine({ backend });
    const meta = { netuid: 31, hotkeys: ['a', 'b', 'c', 'd', 'e'], note: { any: 1 } };
    expect((await engine.runEpoch({ ...workedExample(), meta })).meta).toBe(meta);
  });

  test('never writes to its input', async () => {
    await using engine = await createEngine({ backend });
    const input = workedExample();
    await engine.runEpoch(input);
    expect(input).toEqual(workedExample());
  });

  test('gives outputs that a later run does not touch', async () => {
    await using engine = await createEngine({ backend });
    const first = await engine.runEpoch(workedExample(), { intermediates: true });
    const copy = structuredClone(first);
    await engine.runEpoch({ ...workedExample(), emission: 7n, stake: stakeFromRao([1n, 2n, 3_000n, 4n, 5n]) });
    expect(first).toEqual(copy);
  });

  test('runs a sequence in order, asking for each input in its turn', async () => {
    await using engine = await createEngine({ backend });
    const asked: bigint[] = [];
    function* inputs(): Generator<EpochInput> {
      for (const emission of [10n, 20n, 30n]) {
        asked.push(emission);
        yield { ...workedExample(), emission };
      }
    }
    const outputs: EpochOutput[] = [];
    for await (const output of engine.runEpochs(inputs())) {
      outputs.push(output);
      expect(asked.length).toBe(outputs.length);
    }
    expect(outputs.map((output) => output.validatorEmission[0])).toEqual([3n, 7n, 11n]);
  });

  test('takes bonds and permits of one epoch as input of the next', async () => {
    await using engine = await createEngine({ backend });
    const first = await engine.runEpoch(workedExample());
    const next = { ...workedExample(), bonds: first.bonds, validatorPermit: first.newValidatorPermit };
    const second = await engine.runEpoch(next);
    expect([...second.dividends]).not.toEqual(DIVIDENDS);
    expect(second.bonds.offsets.length).toBe(6);
  });

  test('refuses odd input, and takes it leniently', async () => {
    await using engine = await createEngine({ backend });
    const odd = {
      ...workedExample(),
      weights: sparseRows([
        [
          [3, 1],
          [3, 2],
        ],
        [],
        [],
        [],
        [],
      ]),
    };
    expect(await codeOf(() => engine.runEpoch(odd))).toBe('DUPLICATE_COLUMN');
    expect((await engine.runEpoch(odd, { lenient: true })).n).toBe(5);
  });

  test('works on after an input that it refused', async () => {
    await using engine = await createEngine({ backend });
    expect(await codeOf(() => engine.runEpoch({ ...workedExample(), n: 40_000 }))).toBe('TOO_MANY_NEURONS');
    expect([...(await engine.runEpoch(workedExample())).dividends]).toEqual(DIVIDENDS);
  });

  test('refuses every run once it is closed, and may be closed twice', async () => {
    const engine = await createEngine({ backend });
    await engine.close();
    await engine.close();
    expect(await codeOf(() => engine.runEpoch(workedExample()))).toBe('CLOSED');
    expect(await codeOf(() => engine.runEpochSync(workedExample()))).toBe('CLOSED');
  });
});

test('a sequence of a closed engine, or of no inputs, is refused before anything is taken', async () => {
  const engine = await createEngine();
  expect(await codeOf(() => engine.runEpochs(5 as unknown as []).next())).toBe('WRONG_TYPE');
  for (const input of [null, {}, { n: 2, weights: {}, bonds: null }]) {
    const outputs = engine.runEpochs([input as unknown as EpochInput]);
    expect(await codeOf(() => outputs.next())).toMatch(/^(WRONG_TYPE|UNKNOWN_RULES)$/);
  }
  await engine.close();
  expect(await codeOf(() => engine.runEpochs([]).next())).toBe('CLOSED');
});

test.each([
  ['warm', { warm: 'yes' }],
  ['build', { build: 'fast' }],
  ['adapter', { adapter: 'metal' }],
  ['gpuCrossoverMs', { gpuCrossoverMs: -1 }],
  ['gpuCrossoverMs', { gpuCrossoverMs: '1' }],
  ['queue', { queue: 1.5 }],
])('another type of the option %s is refused', async (field, options) => {
  const refused = createEngine(options as unknown as Parameters<typeof createEngine>[0]);
  await expect(refused).rejects.toMatchObject({ code: 'WRONG_TYPE', data: { field } });
});

test('options that are none are refused', async () => {
  expect(await codeOf(() => createEngine('wasm' as unknown as object))).toBe('WRONG_TYPE');
  expect(await codeOf(() => createEngine(null as unknown as object))).toBe('WRONG_TYPE');
});

test('an epoch beyond the heap is refused by the reference before it is begun', async () => {
  const entries = 13_000_000;
  const offsets = Uint32Array.of(0, entries, entries, entries, entries, entries);
  const columns = new Uint16Array(entries);
  await using engine = await createEngine({ backend: 'reference' });
  const huge = { ...workedExample(), weights: { offsets, columns, values: columns } };
  expect(await codeOf(() => engine.runEpoch(huge, { lenient: true }))).toBe('OUT_OF_MEMORY');
});

test('an unknown backend is refused by name', async () => {
  expect(await codeOf(() => createEngine({ backend: 'gpu' as 'wasm' }))).toBe('UNKNOWN_BACKEND');
  expect(await codeOf(() => createEngine({ backend: 'toString' as 'wasm' }))).toBe('UNKNOWN_BACKEND');
});

describe('the core alone', () => {
  test('runs without an engine and without awaiting', () => {
    expect([...createCore().runEpochSync(workedExample()).dividends]).toEqual(DIVIDENDS);
  });

  test('grows and shrinks with its inputs', () => {
    const core = createCore();
    const small = core.runEpochSync(workedExample());
    const n = 3_000;
    const large = core.runEpochSync({
      ...workedExample(),
      n,
      stake: new BigUint64Array(2 * n),
      lastUpdate: new BigUint64Array(n),
      registeredAt: new BigUint64Array(n),
      validatorPermit: new Uint8Array(n),
      commitBlock: undefined,
      weights: sparseRows(Array.from({ length: n }, () => [])),
      bonds: sparseRows(Array.from({ length: n }, () => [])),
    });
    expect(large.consensus.length).toBe(n);
    expect(core.runEpochSync(workedExample())).toEqual(small);
  });

  test('refuses bytes that are no module, and a module of another kind', async () => {
    expect(await codeOf(() => createCore(Uint8Array.of(1, 2, 3)))).toBe('CORE_UNAVAILABLE');
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    expect(await codeOf(() => createCore(empty))).toBe('CORE_UNAVAILABLE');
  });
});

describe('options of an epoch that are none are refused', () => {
  const wrong = [
    [null, 'options'],
    ['lenient', 'options'],
    [{ lenient: 'yes' }, 'lenient'],
    [{ lenient: 1 }, 'lenient'],
    [{ lenient: null }, 'lenient'],
    [{ intermediates: 'no' }, 'intermediates'],
  ] as const;

  test.each(wrong)('%j', async (options, field) => {
    await using engine = await createEngine({ warm: false });
    const given = options as never;
    const step = { currentBlock: 5n, emission: 1n };
    using subnet = await engine.open(WORKED_EXAMPLE);
    const calls = [
      () => engine.runEpoch(WORKED_EXAMPLE, given),
      async () => engine.runEpochSync(WORKED_EXAMPLE, given),
      () => engine.runEpochs([WORKED_EXAMPLE], given).next(),
      () => engine.open(WORKED_EXAMPLE, given),
      () => subnet.runEpoch(step, given),
      () => subnet.advance(step, given),
      async () => createCore().runEpochSync(WORKED_EXAMPLE, given),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'WRONG_TYPE', data: { field } });
  });
});
