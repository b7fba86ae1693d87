/** What a simulation promises: one result whoever computes it, saved and resumed, and clear errors. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine, type EngineOptions, YumaError } from '../../src/index.js';
import {
  type RunRecord,
  runToEnd,
  type Scenario,
  Simulation,
  simulate,
  type ValidatorAgent,
} from '../../src/simulator/index.js';

/** Two subnets with everything in them that can happen. */
const SCENARIO: Scenario = {
  name: 'everything',
  epochs: 12,
  seed: 7,
  subnets: [
    {
      name: 'open',
      hyperparameters: { yuma3: true, tempo: 100 },
      neurons: [
        { count: 3, stake: 1_000, compound: 0.5, validator: { agent: 'honest', noise: 0.2 } },
        { stake: 400.000_000_001, validator: { agent: 'honest', noise: 0.1, view: 0.5 } },
        { count: 4, miner: { agent: 'quality', quality: 3, noise: 0.1 } },
        {},
      ],
      events: [
        { epoch: 4, uid: 5, register: { name: 'newcomer', miner: { agent: 'quality', quality: 9 } } },
        { epoch: 6, uid: 9, register: { stake: 50, validator: { agent: 'honest' } } },
        { epoch: 7, uid: 0, stake: 10 },
        { epoch: 8, hyperparameters: { kappa: 40_000, liquidAlpha: true } },
      ],
    },
    {
      name: 'hidden',
      revealPeriod: 2,
      hyperparameters: { yuma3: false },
      neurons: [
        { count: 2, stake: 10, validator: { agent: 'honest', every: 3 } },
        { count: 3, miner: { agent: 'quality' } },
      ],
      events: [{ epoch: 5, uid: 3, register: { miner: { agent: 'quality', quality: 2 } } }],
    },
  ],
};

const ENGINES: readonly (readonly [name: string, options: EngineOptions])[] = [
  ['the reference', { backend: 'reference' }],
  ['this thread', {}],
  ['this thread, plain build', { build: 'plain' }],
  ['2 workers', { threads: 2 }],
];

let engine: Engine;
let usual: RunRecord;
const options = { record: { frames: 3 } };
beforeAll(async () => {
  engine = await createEngine();
  usual = await simulate(engine, SCENARIO, options);
});
afterAll(() => engine.close());

describe.each(ENGINES)('on %s', (_, how) => {
  test('a run gives the same record, and the same digest', async () => {
    const other = await createEngine(how);
    expect(await simulate(other, SCENARIO, options)).toEqual(usual);
    await other.close();
  });

  test('a run that is saved before any epoch and resumed gives the same record', async () => {
    const other = await createEngine(how);
    for (const pause of [0, 1, 5, 9, 12]) {
      using first = await Simulation.open(engine, SCENARIO, options);
      while (first.epoch < pause) await first.step();
      using second = await Simulation.resume(other, SCENARIO, first.save(), options);
      expect(second.epoch).toBe(pause);
      await runToEnd(second, {});
      expect(second.record()).toEqual(usual);
    }
    await other.close();
  });
});

test('the numbers of a run are these, on any JavaScript engine', () => {
  expect(usual.digest).toBe('edb20a453dd9a854');
});

test('another seed gives another run', async () => {
  const { digest } = await simulate(engine, { ...SCENARIO, seed: 8 });
  expect(digest).not.toBe(usual.digest);
});

describe('a record', () => {
  test('names every neuron by its last holder', () => {
    expect(usual.subnets[0]!.names).toEqual([
      'uid 0',
      'uid 1',
      'uid 2',
      'uid 3',
      'uid 4',
      'newcomer',
      'uid 6',
      'uid 7',
      'uid 8',
      'uid 9',
    ]);
    expect(usual.subnets[0]!.validators).toEqual([0, 1, 2, 3, 9]);
  });

  test('hands out the emission of every epoch, but for what truncation keeps', () => {
    for (const { epochs, n, metrics, emission } of usual.subnets) {
      for (const [at] of epochs.entries()) {
        let paid = 0;
        for (let uid = 0; uid < n; uid++) {
          paid += metrics.serverEmission[at * n + uid]! + metrics.validatorEmission[at * n + uid]!;
        }
        expect(paid).toBeLessThanOrEqual(Number(emission));
        // A share is a multiple of 2^-32: each neuron may lose so much of each of its two amounts, and a rao.
        expect(paid).toBeGreaterThan(Number(emission) - 2 * n * (Number(emission) / 2 ** 32 + 1));
      }
    }
  });

  test('adds up what every uid was paid', () => {
    for (const { epochs, n, metrics, totals } of usual.subnets) {
      for (const name of ['serverEmission', 'validatorEmission'] as const) {
        const sums = Array.from({ length: n }, (_, uid) =>
          epochs.reduce((sum, _, at) => sum + metrics[name][at * n + uid]!, 0),
        );
        expect([...totals[name]]).toEqual(sums);
      }
    }
  });

  test('shows stakes in the nearest rao', async () => {
    const neurons = [{ stake: 2.3 }, { stake: 0.000_000_001_6 }, { stake: 1_010.19 }];
    const { subnets } = await simulate(engine, { name: 'stakes', epochs: 1, subnets: [{ neurons }] });
    expect([...subnets[0]!.metrics.stake]).toEqual([2_300_000_000, 2, 1_010_190_000_000]);
  });

  test('shows stakes as events and dividends change them', () => {
    const { n, metrics } = usual.subnets[0]!;
    const stake = (epoch: number, uid: number) => metrics.stake[epoch * n + uid]!;
    const dividend = (epoch: number, uid: number) => metrics.validatorEmission[epoch * n + uid]!;
    expect(stake(0, 3)).toBe(400_000_000_001);
    expect(stake(5, 3)).toBe(400_000_000_001);
    expect(stake(1, 1)).toBe(1e12 + Math.floor(dividend(0, 1) / 2));
    expect(stake(7, 0)).toBe(1e10);
    expect(stake(6, 9)).toBe(5e10);
    expect(stake(5, 9)).toBe(0);
  });

  test('keeps frames of weights and bonds when asked', () => {
    const { weights, bonds, n } = usual.subnets[0]!;
    expect(weights.map(({ epoch }) => epoch)).toEqual([0, 3, 6, 9, 11]);
    expect(bonds.map(({ uids }) => uids.length)).toEqual([4, 4, 5, 5, 5]);
    const last = weights.at(-1)!;
    expect(last.n).toBe(n);
    const sum = last.values.slice(0, n).reduce((total, value) => total + value, 0);
    expect(sum).toBeGreaterThan(65_535 - n);
    expect(sum).toBeLessThanOrEqual(65_535);
  });

  test('is thinned out when asked, and ends with the last epoch', async () => {
    const { subnets } = await simulate(engine, SCENARIO, { record: { every: 5 } });
    expect(subnets[0]!.epochs).toEqual([0, 5, 10, 11]);
    expect(subnets[0]!.weights).toEqual([]);
  });
});

test.each([{ every: 0 }, { every: 1.5 }, { every: -1 }, { frames: -1 }, { frames: 10_000_001 }])(
  'a record is not kept every %j epochs',
  async (record) => {
    const fault = await simulate(engine, SCENARIO, { record }).catch((error: unknown) => error as YumaError);
    expect((fault as YumaError).message).toContain(`record.${Object.keys(record)[0]}`);
  },
);

describe('weights that are committed', () => {
  test('count so many epochs later, and towards nobody who came after', async () => {
    const likes: ValidatorAgent = {
      decide: ({ chain }) => (chain.epoch === 0 ? [[1, 1]] : chain.epoch === 2 ? [[2, 1]] : null),
    };
    const neurons = [{ stake: 1, validator: likes }, {}, {}];
    const events = [{ epoch: 3, uid: 1, register: {} }];
    const run = async (revealPeriod: number) => {
      const { subnets } = await simulate(engine, {
        name: 'commits',
        epochs: 6,
        subnets: [{ neurons, revealPeriod, events }],
      });
      const { epochs, n, metrics } = subnets[0]!;
      return epochs.map((_, at) => [1, 2].map((uid) => metrics.incentive[at * n + uid]!));
    };
    const [none, first, second] = [[0, 0], [65_535, 0], [0, 65_535]]; // biome-ignore format: three of a kind
    expect(await run(0)).toEqual([first, first, second, second, second, second]);
    // The row towards uid 1 becomes 0 when another takes uid 1 over.
    expect(await run(1)).toEqual([none, first, first, second, second, second]);
    expect(await run(2)).toEqual([none, none, first, none, second, second]);
  });
});

describe('what is wrong with a scenario is said with its path', () => {
  const one = (changes: object): Scenario => ({ name: 'one', epochs: 1, subnets: [{ neurons: [{}], ...changes }] });
  const neuron = (changes: object): Scenario => one({ neurons: [{}, changes] });
  test.each<[what: string, scenario: unknown, code: string, part: string]>([
    ['no object', null, 'WRONG_TYPE', 'scenario'],
    ['no subnets', { name: 'a', epochs: 1, subnets: [] }, 'MISSING_FIELD', 'subnets[0]'],
    ['no epochs', { name: 'a', epochs: 0, subnets: [] }, 'OUT_OF_RANGE', 'epochs'],
    ['half an epoch', { name: 'a', epochs: 1.5, subnets: [] }, 'WRONG_TYPE', 'epochs'],
    ['an unknown field', { ...one({}), epoch: 1 }, 'UNKNOWN_FIELD', 'scenario.epoch'],
    ['an unknown field of a subnet', one({ emision: 1n }), 'UNKNOWN_FIELD', 'subnets[0].emision'],
    ['two subnets alike', { ...one({}), subnets: [{ name: 'a', neurons: [] }, { name: 'a', neurons: [] }] }, 'WRONG_TYPE', 'subnets[1].name'], // biome-ignore format: a row
    ['an unknown hyperparameter', one({ hyperparameters: { kapa: 1 } }), 'UNKNOWN_FIELD', 'subnets[0].hyperparameters.kapa'], // biome-ignore format: a row
    ['a hyperparameter out of range', one({ hyperparameters: { kappa: 65_536 } }), 'OUT_OF_RANGE', 'subnets[0].hyperparameters.kappa'], // biome-ignore format: a row
    ['time that stands still', one({ hyperparameters: { tempo: 0 } }), 'OUT_OF_RANGE', 'subnets[0].hyperparameters.tempo'], // biome-ignore format: a row
    ['an unknown agent', neuron({ validator: { agent: 'x' } }), 'UNKNOWN_NAME', 'subnets[0].neurons[1].validator'],
    ['no agent', neuron({ miner: 'quality' }), 'WRONG_TYPE', 'subnets[0].neurons[1].miner'],
    ['an unknown parameter', neuron({ miner: { agent: 'quality', q: 1 } }), 'UNKNOWN_FIELD', 'neurons[1].miner.q'],
    ['a parameter out of range', neuron({ miner: { agent: 'quality', noise: -1 } }), 'OUT_OF_RANGE', 'neurons[1].miner.noise'], // biome-ignore format: a row
    ['a parameter of another type', neuron({ validator: { agent: 'honest', every: 1.5 } }), 'WRONG_TYPE', 'validator.every'], // biome-ignore format: a row
    ['negative stake', neuron({ stake: -1 }), 'OUT_OF_RANGE', 'neurons[1].stake'],
    ['a subnet too large', neuron({ count: 32_768 }), 'TOO_MANY_NEURONS', '32769'],
    ['an event at nobody', one({ events: [{ epoch: 0, uid: 2, stake: 1 }] }), 'OUT_OF_RANGE', 'events[0].uid'],
    ['an event that is none', one({ events: [{ epoch: 0, when: 1 }] }), 'UNKNOWN_FIELD', 'events[0].when'],
    ['an event that registers nobody', one({ events: [{ epoch: 0, uid: 0, register: null }] }), 'WRONG_TYPE', 'events[0].register'], // biome-ignore format: a row
    ['an event that registers many', one({ events: [{ epoch: 0, uid: 0, register: { count: 2 } }] }), 'UNKNOWN_FIELD', 'events[0].register.count'], // biome-ignore format: a row
    ['an event that is two', one({ events: [{ epoch: 0, uid: 0, stake: 1, register: {} }] }), 'UNKNOWN_FIELD', 'events[0].stake'], // biome-ignore format: a row
    ['an event of all neurons at one', one({ events: [{ epoch: 0, uid: 0, hyperparameters: {} }] }), 'UNKNOWN_FIELD', 'events[0].uid'], // biome-ignore format: a row
    ['no number', neuron({ stake: Number.NaN }), 'WRONG_TYPE', 'expected a number, got NaN'],
    ['an event that says nothing', one({ events: [{ epoch: 0, uid: 0 }] }), 'WRONG_TYPE', 'events[0].stake'],
  ])('%s', async (_, scenario, code, part) => {
    const fault = await simulate(engine, scenario as Scenario).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(YumaError);
    expect((fault as YumaError).code).toBe(code);
    expect((fault as YumaError).message).toContain(part);
  });
});

describe('an agent at fault ends the simulation with its place', () => {
  const lying = (decide: ValidatorAgent['decide']): Scenario => ({
    name: 'lying',
    epochs: 3,
    subnets: [{ name: 'here', neurons: [{}, { stake: 1, validator: { decide } }] }],
  });
  test.each<[what: string, scenario: Scenario, reason: string]>([
    ['throws', lying(() => { throw new Error('no idea'); }), 'validator of uid 1 in here, epoch 0: threw no idea'], // biome-ignore format: a row
    ['too few scores', lying(() => new Float64Array(1)), 'gave 1 scores for 2 neurons'],
    ['a negative score', lying(() => new Float64Array([0, -1])), 'gave the score -1 for uid 1'],
    ['no number', lying(() => new Float64Array([Number.NaN, 1])), 'gave the score NaN for uid 0'],
    ['a weight beyond u16', lying(() => [[0, 65_536]]), 'gave the entry [0,65536]'],
    ['a weight that is a bigint', lying((() => [[0, 5n]]) as never), 'gave the entry 0,5'],
    ['a stake written to', lying(({ chain }) => { (chain.stake as bigint[])[0] = 9n; return null; }), 'threw Cannot assign to read only'], // biome-ignore format: a row
    ['hyperparameters written to', lying(({ chain }) => { (chain.hyperparameters as { tempo: number }).tempo = 1; return null; }), 'read only'], // biome-ignore format: a row
    [
      'rows taken away',
      lying(({ chain }) => {
        (chain.rows as unknown[]).length = 0;
        return null;
      }),
      'read only',
    ],
    ['a weight towards nobody', lying(() => [[2, 1]]), 'gave the entry [2,1]'],
    ['a weight twice', lying(() => [[0, 1], [0, 2]]), 'gave the entry [0,2]'], // biome-ignore format: a row
    ['nothing known', lying((() => 'keep') as never), 'gave neither scores'],
  ])('%s', async (_, scenario, reason) => {
    using simulation = await Simulation.open(engine, scenario);
    const fault = await simulation.step().catch((error: unknown) => error as YumaError);
    expect(fault).toMatchObject({ code: 'AGENT_FAULT' });
    expect((fault as YumaError).message).toContain(reason);
    await expect(simulation.step()).rejects.toBe(fault);
    expect(() => simulation.save()).toThrow(reason);
    expect(simulation.record().epochs).toBe(0);
  });

  test('but scores are its own to write to: others see theirs', async () => {
    const seen: number[][] = [];
    const decide: ValidatorAgent['decide'] = ({ scores }) => {
      seen.push([...scores]);
      return scores.fill(1);
    };
    const neurons = [{ count: 2, stake: 1, validator: { decide } }, { miner: { agent: 'quality', quality: 3 } }];
    await simulate(engine, { name: 'scribe', epochs: 2, subnets: [{ neurons }] });
    expect(seen).toEqual([[0, 0, 3], [0, 0, 3], [0, 0, 3], [0, 0, 3]]); // biome-ignore format: a row
  });

  test('a miner that delivers what is no number', async () => {
    const deliver = () => 'a poem';
    const scenario: Scenario = { name: 'poet', epochs: 1, subnets: [{ neurons: [{ miner: { deliver } }] }] };
    const fault = await simulate(engine, scenario).catch((error: unknown) => error as YumaError);
    expect((fault as YumaError).message).toContain('evaluation in subnet 0, epoch 0: gave the score NaN to uid 0');
  });
});

test('what an agent keeps comes back as it was', async () => {
  const kept = { n: -0, big: 5n, list: [1, null, 'a'], rows: Float64Array.of(Number.NaN, -0), un: undefined };
  const seen: unknown[] = [];
  const decide: ValidatorAgent['decide'] = (_, memory) => {
    seen.push(memory.kept);
    memory.kept = kept;
    return null;
  };
  const scenario = { name: 'keeper', epochs: 2, subnets: [{ neurons: [{ validator: { decide } }] }] };
  using first = await Simulation.open(engine, scenario);
  await first.step();
  using second = await Simulation.resume(engine, scenario, first.save());
  await second.step();
  expect(seen[1]).toEqual(kept);
});

describe('a saved simulation is refused', () => {
  const saved = async () => {
    using simulation = await Simulation.open(engine, SCENARIO);
    await simulation.step();
    return simulation.save();
  };
  test.each<[what: string, change: (bytes: Uint8Array) => Uint8Array, scenario: Scenario, reason: string]>([
    ['when it is cut', (bytes) => bytes.subarray(0, -9), SCENARIO, 'no JSON'],
    ['when it is changed', (bytes) => Buffer.from(Buffer.from(bytes).toString().replace('\\"epoch\\":1', '\\"epoch\\":2')), SCENARIO, 'changed'], // biome-ignore format: a row
    ['for another scenario', (bytes) => bytes, { ...SCENARIO, seed: 8 }, 'another scenario'],
    ['when it is something else', () => Buffer.from('{}'), SCENARIO, 'no saved simulation'],
  ])('%s', async (_, change, scenario, reason) => {
    const fault = await Simulation.resume(engine, scenario, change(await saved())).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'BAD_SNAPSHOT' });
    expect((fault as YumaError).message).toContain(reason);
  });

  const circle: unknown[] = [];
  circle.push({ circle });
  test.each<[what: string, kept: unknown, reason: string]>([
    ['a function', () => 1, 'as "secret"'],
    ['a Map', new Map([[1, 2]]), 'keeps a Map as "secret"'],
    ['a Date', new Date(0), 'keeps a Date as "secret"'],
    ['a vector that is none of ours', Int32Array.of(1), 'keeps a Int32Array as "secret"'],
    ['a Buffer', Buffer.from('a'), 'keeps a Buffer as "secret"'],
    ['an object of a class', new (class Thing { it = 1; })(), 'keeps a Thing as "secret"'], // biome-ignore format: a row
    ['a hole', [1, undefined], 'keeps [1,null] as "secret"'],
    ['no number', Number.NaN, 'keeps NaN as "secret"'],
    ['what looks like ours', { $bigint: '5' }, 'as "secret"'],
    ['a circle', circle, 'no JSON: Converting circular'],
  ])('to be written, where an agent keeps what is no JSON: %s', async (_, kept, reason) => {
    const decide: ValidatorAgent['decide'] = (_, memory) => {
      memory.secret = kept;
      return null;
    };
    using simulation = await Simulation.open(engine, {
      name: 'secret',
      epochs: 2,
      subnets: [{ neurons: [{ validator: { decide } }] }],
    });
    await simulation.step();
    expect(() => simulation.save()).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    expect(() => simulation.save()).toThrow(reason);
  });
});

test('a run stops between two epochs when it is told to', async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const onProgress = (done: number) => {
    told.push(done);
    stop.abort();
  };
  const long: Scenario = { ...SCENARIO, epochs: 1_000_000 };
  await expect(simulate(engine, long, { signal: stop.signal, onProgress })).rejects.toMatchObject({ code: 'ABORTED' });
  expect(told).toHaveLength(1);
});
