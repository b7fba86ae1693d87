/** What a held subnet promises, whoever holds it. That all give the same results: subnet-model.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSnapshot } from '../../src/engine/subnet/snapshot.js';
import { listRows } from '../../src/epoch/input.js';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type EpochInput,
  type EpochOutput,
  NO_COMMIT,
  type Subnet,
  stakeRaw,
  YumaError,
} from '../../src/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { owned } from './moves.js';

const STEP = { currentBlock: 10_360n, emission: 148_000_000_000n };
const LATER = { currentBlock: 10_720n, emission: 9n };

const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
  } catch (error) {
    return error instanceof YumaError ? error.code : `no YumaError: ${String(error)}`;
  }
  return 'no error';
};

const stateOf = (subnet: Subnet): EpochInput => parseSnapshot(subnet.snapshot()).input;

const HOLDERS: readonly (readonly [name: string, options: EngineOptions])[] = [
  ['by the reference', { backend: 'reference' }],
  ['in this thread', {}],
  ['in this thread, plain build', { build: 'plain' }],
  ['with 2 workers', { threads: 2 }],
];

describe.each(HOLDERS)('a subnet held %s', (_, options) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine(options);
  });
  afterAll(() => engine.close());

  test('runs each epoch on the bonds, permits and last step of the one before', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    let input: EpochInput = WORKED_EXAMPLE;
    for (const step of [STEP, LATER, { currentBlock: 11_080n, emission: 0n }]) {
      const want: EpochOutput = await engine.runEpoch({ ...input, ...step });
      expect(await subnet.runEpoch(step)).toEqual(want);
      input = {
        ...input,
        lastStep: step.currentBlock,
        bonds: want.bonds,
        validatorPermit: want.newValidatorPermit,
      };
    }
    expect(stateOf(subnet)).toMatchObject({
      currentBlock: 11_080n,
      lastStep: 11_080n,
      emission: 0n,
      bonds: input.bonds,
      validatorPermit: input.validatorPermit,
    });
  });

  test('keeps nothing of the input, and gives outputs that are the caller’s', async () => {
    const input = structuredClone(WORKED_EXAMPLE);
    using subnet = await engine.open(input);
    input.stake.fill(0n);
    input.weights.values.fill(0);
    const output = await subnet.runEpoch(STEP);
    expect(output).toEqual(await engine.runEpoch({ ...WORKED_EXAMPLE, ...STEP }));
    const copy = structuredClone(output);
    await subnet.runEpoch(LATER);
    expect(output).toEqual(copy);
  });

  test('shows in place what runEpoch copies out', async () => {
    using subnet = await engine.open({ ...WORKED_EXAMPLE, meta: { netuid: 7 } });
    using other = await engine.open({ ...WORKED_EXAMPLE, meta: { netuid: 7 } });
    for (const step of [STEP, LATER]) {
      await subnet.advance(step);
      expect(owned(subnet.view())).toEqual(await other.runEpoch(step));
    }
  });

  test('gives raw vectors when asked', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    const want = await engine.runEpoch({ ...WORKED_EXAMPLE, ...STEP }, { intermediates: true });
    expect((await subnet.runEpoch(STEP, { intermediates: true })).intermediates).toEqual(want.intermediates);
    expect((await subnet.runEpoch(LATER)).intermediates).toBeUndefined();
  });

  test('has no results before an epoch, and none after a change', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    expect(await codeOf(() => subnet.view())).toBe('BAD_USAGE');
    const changes: (() => void)[] = [
      () => subnet.setStake(0, 1n),
      () => subnet.setWeights(0, [], 1n),
      () => subnet.setHyperparameters({ kappa: 1 }),
      () => subnet.register(1, 1n),
      () => subnet.setLastUpdate(0, 1n),
      () => subnet.setCommit(0, null),
    ];
    for (const change of changes) {
      await subnet.advance(STEP);
      expect(subnet.view().n).toBe(5);
      change();
      expect(await codeOf(() => subnet.view())).toBe('BAD_USAGE');
    }
  });

  test('takes rows as pairs and as arrays, of any length, and keeps their order', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    subnet.setWeights(0, [[4, 5], [2, 0], [3, 9]], 77n); // biome-ignore format: a row
    const columns = Uint16Array.of(3);
    subnet.setWeights(1, { columns, values: Uint16Array.of(8) }, 78n);
    columns.fill(0);
    subnet.setWeights(2, [], 79n);
    const { weights, lastUpdate } = stateOf(subnet);
    expect(listRows(weights).slice(0, 3)).toEqual([[[4, 5], [2, 0], [3, 9]], [[3, 8]], []]); // biome-ignore format: rows
    expect(lastUpdate.slice(0, 3)).toEqual(BigUint64Array.of(77n, 78n, 79n));
  });

  test('lets a newcomer take a slot over as the chain does', async () => {
    using subnet = await engine.open({ ...WORKED_EXAMPLE, commitBlock: new BigUint64Array(5).fill(3n) });
    await subnet.runEpoch(STEP);
    const before = stateOf(subnet);
    subnet.register(3, 500n);
    const after = stateOf(subnet);
    const withoutThree = listRows(before.weights).map((row) =>
      row.map(([column, value]) => [column, column === 3 ? 0 : value]),
    );
    expect(listRows(after.weights)).toEqual(withoutThree.with(3, []));
    expect(listRows(after.bonds)).toEqual(listRows(before.bonds).with(3, []));
    expect(after.lastUpdate).toEqual(before.lastUpdate.with(3, 500n));
    expect(after.registeredAt).toEqual(before.registeredAt.with(3, 500n));
    expect(after.commitBlock).toEqual(before.commitBlock!.with(3, NO_COMMIT));
    expect(after.validatorPermit).toEqual(before.validatorPermit.with(3, 0));
    expect(stakeRaw(after.stake, 3)).toBe(0n);
    expect(after.n).toBe(5);
  });

  test('takes a last update or an open commit alone', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    const before = stateOf(subnet);
    subnet.setLastUpdate(1, 77n);
    subnet.setCommit(2, 5n);
    subnet.setCommit(3, 6n);
    subnet.setCommit(3, null);
    const { lastUpdate, commitBlock } = before;
    expect(stateOf(subnet)).toEqual({
      ...before,
      lastUpdate: lastUpdate.with(1, 77n),
      commitBlock: commitBlock!.with(2, 5n).with(3, NO_COMMIT),
    });
  });

  test('grows by a neuron at uid n', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    subnet.register(5, 600n);
    expect(subnet.n).toBe(6);
    const { n, registeredAt, lastUpdate, validatorPermit, weights, bonds } = stateOf(subnet);
    expect({ n, registered: registeredAt[5], updated: lastUpdate[5] }).toEqual({
      n: 6,
      registered: 600n,
      updated: 600n,
    });
    expect(validatorPermit).toEqual(Uint8Array.of(...WORKED_EXAMPLE.validatorPermit, 0));
    expect([weights.offsets.length, bonds.offsets.length]).toEqual([7, 7]);
    subnet.setWeights(5, [[0, 1]], 601n);
    subnet.setWeights(0, [[5, 65_535]], 601n);
    expect((await subnet.runEpoch(STEP)).n).toBe(6);
  });

  test('grows with its weights far beyond what it was opened with', async () => {
    const neurons = 300;
    const empty = { offsets: new Uint32Array(neurons + 1), columns: new Uint16Array(0), values: new Uint16Array(0) };
    const input: EpochInput = {
      ...WORKED_EXAMPLE,
      n: neurons,
      stake: new BigUint64Array(2 * neurons).fill(1n),
      lastUpdate: new BigUint64Array(neurons).fill(10_000n),
      registeredAt: new BigUint64Array(neurons),
      validatorPermit: new Uint8Array(neurons).fill(1),
      commitBlock: undefined,
      weights: empty,
      bonds: empty,
    };
    using subnet = await engine.open(input);
    const row = Array.from({ length: neurons }, (_, column): [number, number] => [column, column + 1]);
    for (let uid = 0; uid < neurons; uid += 10) subnet.setWeights(uid, row, 10_001n);
    const output = await subnet.runEpoch(STEP);
    const { weights } = stateOf(subnet);
    expect(output).toEqual(await engine.runEpoch({ ...stateOf(await engine.open(input)), weights, lastUpdate: stateOf(subnet).lastUpdate, ...STEP })); // biome-ignore format: one call
  });

  test('has room for bonds that grow from epoch to epoch', async () => {
    const neurons = 200;
    const empty = { offsets: new Uint32Array(neurons + 1), columns: new Uint16Array(0), values: new Uint16Array(0) };
    const input: EpochInput = {
      ...WORKED_EXAMPLE,
      n: neurons,
      stake: new BigUint64Array(2 * neurons).fill(1_000_000n, 0, 2 * 20),
      lastUpdate: new BigUint64Array(neurons).fill(10_000n),
      registeredAt: new BigUint64Array(neurons),
      validatorPermit: new Uint8Array(neurons).fill(1),
      hyperparameters: { ...WORKED_EXAMPLE.hyperparameters, maxValidators: neurons, minStake: 0n },
      commitBlock: undefined,
      weights: empty,
      bonds: empty,
    };
    using subnet = await engine.open(input);
    for (let epoch = 0; epoch < 18; epoch++) {
      const row = Array.from({ length: 10 }, (_, at): [number, number] => [10 * epoch + at, 65_535]);
      for (let uid = 0; uid < 20; uid++) subnet.setWeights(uid, row, 10_001n);
      const alone = await engine.runEpoch({ ...stateOf(subnet), ...STEP });
      expect(await subnet.runEpoch(STEP)).toEqual(alone);
    }
    expect(stateOf(subnet).bonds.columns.length).toBeGreaterThan(20 * 10 * 10);
  });

  test('keeps a vector of permits as short as it came, until an epoch writes it anew', async () => {
    const input = { ...WORKED_EXAMPLE, validatorPermit: Uint8Array.of(1, 1) };
    using subnet = await engine.open(input, { lenient: true });
    subnet.register(5, 9n);
    expect(stateOf(subnet).validatorPermit).toEqual(Uint8Array.of(1, 1, 0));
    subnet.register(4, 9n);
    expect(stateOf(subnet).validatorPermit.length).toBe(3);
    await subnet.advance(STEP);
    expect(stateOf(subnet).validatorPermit.length).toBe(6);
  });

  test('refuses bad changes with their place, and stays as it was', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    const before = subnet.snapshot();
    const u16 = (...values: number[]) => Uint16Array.from(values);
    const refused: [code: string, change: () => void][] = [
      ['NO_SUCH_UID', () => subnet.setWeights(5, [], 1n)],
      ['NO_SUCH_UID', () => subnet.setWeights(-1, [], 1n)],
      ['NO_SUCH_UID', () => subnet.setStake(0.5, 1n)],
      ['NO_SUCH_UID', () => subnet.setStake('0' as unknown as number, 1n)],
      ['NO_SUCH_UID', () => subnet.register(6, 1n)],
      ['WRONG_TYPE', () => subnet.setWeights(0, 'row' as unknown as [], 1n)],
      ['WRONG_TYPE', () => subnet.setWeights(0, null as unknown as [], 1n)],
      ['WRONG_TYPE', () => subnet.setWeights(0, [[1]] as unknown as [], 1n)],
      ['WRONG_TYPE', () => subnet.setWeights(0, [], 1 as unknown as bigint)],
      ['WRONG_TYPE', () => subnet.setStake(0, 1 as unknown as bigint)],
      ['WRONG_TYPE', () => subnet.register(0, 1 as unknown as bigint)],
      ['NO_SUCH_UID', () => subnet.setLastUpdate(5, 1n)],
      ['NO_SUCH_UID', () => subnet.setCommit(5, 1n)],
      ['WRONG_TYPE', () => subnet.setLastUpdate(0, 1 as unknown as bigint)],
      ['WRONG_TYPE', () => subnet.setCommit(0, undefined as unknown as null)],
      ['OUT_OF_RANGE', () => subnet.setLastUpdate(0, -1n)],
      ['OUT_OF_RANGE', () => subnet.setCommit(0, 1n << 64n)],
      ['WRONG_TYPE', () => subnet.setHyperparameters({ yuma3: 1 as unknown as boolean })],
      ['WRONG_LENGTH', () => subnet.setWeights(0, { columns: u16(1, 2), values: u16(1) }, 1n)],
      ['OUT_OF_RANGE', () => subnet.setWeights(0, [[1, 65_536]], 1n)],
      ['OUT_OF_RANGE', () => subnet.setWeights(0, [], -1n)],
      ['OUT_OF_RANGE', () => subnet.setStake(0, 1n << 127n)],
      ['OUT_OF_RANGE', () => subnet.register(0, 1n << 64n)],
      ['OUT_OF_RANGE', () => subnet.setHyperparameters({ kappa: 65_536 })],
      ['NEGATIVE_STAKE', () => subnet.setStake(0, -1n)],
      ['COLUMN_OUT_OF_RANGE', () => subnet.setWeights(0, [[5, 1]], 1n)],
      ['DUPLICATE_COLUMN', () => subnet.setWeights(0, [[1, 1], [1, 2]], 1n)], // biome-ignore format: a row
      ['UNKNOWN_FIELD', () => subnet.setHyperparameters({ kapa: 1 } as object)],
      ['ALPHA_BOUNDS', () => subnet.setHyperparameters({ alphaLow: 2, alphaHigh: 1 })],
    ];
    for (const [code, change] of refused) expect(await codeOf(change), String(change)).toBe(code);
    expect(await codeOf(() => subnet.runEpoch({ ...STEP, emission: 1n << 64n }))).toBe('OUT_OF_RANGE');
    expect(await codeOf(() => subnet.runEpoch(undefined as unknown as typeof STEP))).toBe('WRONG_TYPE');
    expect(() => subnet.setWeights(2, [[1, 1], [7, 2]], 1n)).toThrow('weights of uid 2, entry 1: column 7'); // biome-ignore format: a row
    expect(() => subnet.setWeights(2, [[1, -1]], 1n)).toThrow('value of uid 2, entry 0: -1');
    expect(subnet.snapshot()).toEqual(before);
  });

  test('takes odd changes if it was opened leniently', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE, { lenient: true });
    subnet.setWeights(0, [[9, 1], [1, 1], [1, 2]], 1n); // biome-ignore format: a row
    subnet.setStake(0, -5n);
    subnet.setHyperparameters({ alphaLow: 2, alphaHigh: 1 });
    expect((await subnet.runEpoch(STEP)).n).toBe(5);
    using restored = await engine.restore(subnet.snapshot());
    restored.setStake(0, -6n);
  });

  test('runs one epoch at a time, and takes no change meanwhile', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    const running = subnet.advance(STEP);
    expect(await codeOf(() => subnet.setStake(0, 1n))).toBe('BUSY');
    await running;
    const again = subnet.runEpoch(LATER);
    const calls = [
      () => subnet.runEpoch(LATER),
      () => subnet.advanceSync(LATER),
      () => subnet.setWeights(0, [], 1n),
      () => subnet.register(0, 1n),
      () => subnet.setHyperparameters({}),
      () => subnet.view(),
    ];
    const codes = await Promise.all(calls.map(codeOf));
    expect(codes).toEqual(calls.map(() => 'BUSY'));
    await again;
    await subnet.idle();
    subnet.setStake(0, 1n);
  });

  test('is written to a snapshot as it was before the epoch on its way', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    subnet.setWeights(0, [[1, 2]], 9n);
    const before = subnet.snapshot();
    const running = subnet.advance(STEP);
    expect(subnet.snapshot()).toEqual(before);
    await running;
    expect(subnet.snapshot()).not.toEqual(before);
  });

  test('stays as it was when an epoch is aborted or too late before it began', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    const before = subnet.snapshot();
    expect(await codeOf(() => subnet.runEpoch(STEP, { signal: AbortSignal.abort() }))).toBe('ABORTED');
    expect(await codeOf(() => subnet.runEpoch(STEP, { deadline: Date.now() - 1 }))).toBe('DEADLINE_EXCEEDED');
    await subnet.idle();
    expect(subnet.snapshot()).toEqual(before);
    expect(await codeOf(() => subnet.view())).toBe('BAD_USAGE');
    expect(await subnet.runEpoch(STEP)).toEqual(await engine.runEpoch({ ...WORKED_EXAMPLE, ...STEP }));
  });

  test('runs at once only without workers', async () => {
    using subnet = await engine.open(WORKED_EXAMPLE);
    if (engine.threads > 0) {
      expect(await codeOf(() => subnet.advanceSync(STEP))).toBe('BAD_USAGE');
      return;
    }
    subnet.advanceSync(STEP);
    expect(owned(subnet.view())).toEqual(await engine.runEpoch({ ...WORKED_EXAMPLE, ...STEP }));
    expect(stateOf(subnet).lastStep).toBe(STEP.currentBlock);
  });

  test('refuses everything once it or its engine is closed', async () => {
    const subnet = await engine.open(WORKED_EXAMPLE);
    subnet.close();
    subnet.close();
    const calls: ((subnet: Subnet) => unknown)[] = [
      (it) => it.runEpoch(STEP),
      (it) => it.advance(STEP),
      (it) => it.setStake(0, 1n),
      (it) => it.view(),
      (it) => it.snapshot(),
    ];
    for (const call of calls) expect(await codeOf(() => call(subnet))).toBe('CLOSED');
    const ending = await createEngine(options);
    const orphan = await ending.open(WORKED_EXAMPLE);
    await ending.close();
    for (const call of calls) expect(await codeOf(() => call(orphan))).toBe('CLOSED');
    orphan.close();
    expect(await codeOf(() => ending.open(WORKED_EXAMPLE))).toBe('CLOSED');
    expect(await codeOf(() => ending.restore(new Uint8Array(0)))).toBe('CLOSED');
  });

  test('closed while an epoch is on its way rejects that epoch', async () => {
    const subnet = await engine.open(WORKED_EXAMPLE);
    const running = codeOf(() => subnet.runEpoch(STEP));
    subnet.close();
    expect(await running).toBe('CLOSED');
  });

  test('refuses at opening what runEpoch refuses', async () => {
    expect(await codeOf(() => engine.open({ ...WORKED_EXAMPLE, emission: -1n }))).toBe('OUT_OF_RANGE');
    expect(await codeOf(() => engine.restore(Uint8Array.of(1, 2, 3)))).toBe('BAD_SNAPSHOT');
  });
});
