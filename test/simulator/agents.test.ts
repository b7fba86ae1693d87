/** What each built-in agent and evaluation does, read off the weights that lie on the chain and what follows from them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../src/index.js';
import {
  type ChainView,
  EVALUATIONS,
  MINERS,
  make,
  type NeuronPlan,
  Random,
  type Row,
  type Scenario,
  Simulation,
  type SubnetPlan,
  VALIDATORS,
  type ValidatorAgent,
} from '../../src/simulator/index.js';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine();
});
afterAll(() => engine.close());

/** What a spectator sees before each epoch: revealed rows, and the results of the last one. */
async function watched(subnet: SubnetPlan, epochs: number): Promise<ChainView[]> {
  const views: ChainView[] = [];
  const spectator: ValidatorAgent = {
    decide({ chain }) {
      views.push({ ...chain, rows: [...chain.rows], last: structuredClone(chain.last) });
      return null;
    },
  };
  const neurons = [...subnet.neurons, { name: 'spectator', validator: spectator }];
  const scenario: Scenario = { name: 'watched', epochs: epochs + 1, seed: 3, subnets: [{ ...subnet, neurons }] };
  using simulation = await Simulation.open(engine, scenario);
  while (simulation.epoch <= epochs) await simulation.step();
  return views;
}

const pairs = (row: Row | undefined): number[][] =>
  row === undefined ? [] : [...row.columns].map((column, at) => [column, row.values[at]!]);

/** Share of a row that goes to some uids. */
function shareTo(row: Row, uids: readonly number[]): number {
  const sum = (values: readonly number[][]): number => values.reduce((total, [, value]) => total + value!, 0);
  return sum(pairs(row).filter(([column]) => uids.includes(column!))) / sum(pairs(row));
}

const honest: NeuronPlan = { stake: 100, validator: { agent: 'honest', noise: 0.2 } };
const miner = (quality: number, more: object = {}): NeuronPlan => ({ miner: { agent: 'quality', quality }, ...more });
const drifting: NeuronPlan = { count: 4, miner: { agent: 'drifting', drift: 0.2, least: 0.1, most: 10 } };

describe('a copier', () => {
  test('of consensus submits that of the last epoch', async () => {
    const copier: NeuronPlan = { stake: 10, validator: { agent: 'copier' } };
    const views = await watched({ neurons: [{ ...honest, count: 3 }, copier, drifting] }, 6);
    expect(pairs(views[1]!.rows[3])).toEqual([]); // nothing to copy in the first epoch
    for (const [at, view] of views.slice(2).entries()) {
      const { consensus } = views[at + 1]!.last!;
      const largest = Math.max(...consensus);
      const want = [...consensus.entries()].flatMap(([uid, value]) => {
        const scaled = Math.floor((value / largest) * 65_535 + 0.5);
        return scaled === 0 ? [] : [[uid, scaled]];
      });
      expect(pairs(view.rows[3])).toEqual(want);
    }
  });

  test.each([0, 1, 2, 3])(
    'of a validator submits what is revealed, with a reveal period of %i',
    async (revealPeriod) => {
      const copier: NeuronPlan = { stake: 10, validator: { agent: 'copier', of: 'validator', uid: 1 } };
      const epochs = 10;
      const views = await watched({ revealPeriod, neurons: [copier, { ...honest, count: 2 }, drifting] }, epochs);
      let compared = 0;
      for (let at = revealPeriod + 1; at < views.length; at++) {
        const original = pairs(views[at - revealPeriod]!.rows[1]); // the copy counts so much later than its original did
        if (revealPeriod > 0) expect(pairs(views[at]!.rows[1])).not.toEqual(original);
        expect(pairs(views[at]!.rows[0])).toEqual(original);
        compared += original.length;
      }
      expect(compared).toBeGreaterThan(8);
    },
  );

  test('of the mean weighs the rows of the others by stake', async () => {
    const row = (entries: number[][]) => ({ agent: 'fixed', rows: { 0: entries } });
    const neurons: NeuronPlan[] = [
      { stake: 300, validator: row([[3, 40_000], [4, 40_000]]) }, // biome-ignore format: a row
      { stake: 100, validator: row([[4, 7]]) },
      { stake: 5_000, validator: { agent: 'copier', of: 'mean' } },
      miner(1),
      miner(1),
    ];
    const views = await watched({ neurons }, 2);
    // 300 halves and 100 wholes: 150 to 250; its own row does not count
    expect(pairs(views[1]!.rows[2])).toEqual([[3, Math.floor((150 / 250) * 65_535 + 0.5)], [4, 65_535]]); // biome-ignore format: a row
    expect(views[2]!.rows[2]).toEqual(views[1]!.rows[2]);
  });
});

describe('validators that decide last', () => {
  /** Notes how many entries each of the first four rows has in each epoch, and gives one entry more every time. */
  const watcher = (sights: number[][], last: boolean): ValidatorAgent => ({
    last,
    decide({ chain }) {
      sights.push(chain.rows.slice(0, 4).map(({ columns }) => columns.length));
      return Array.from({ length: chain.epoch + 1 }, (_, uid): [number, number] => [uid, 1]);
    },
  });
  const run = async (revealPeriod: number) => {
    const sights: number[][][] = [[], [], [], []];
    const late = [true, false, true, false];
    const neurons = late.map((last, uid): NeuronPlan => ({ stake: 1, validator: watcher(sights[uid]!, last) }));
    const scenario: Scenario = { name: 'late', epochs: 4, subnets: [{ revealPeriod, neurons }] };
    using simulation = await Simulation.open(engine, scenario);
    while (simulation.epoch < 4) await simulation.step();
    return sights;
  };

  test('see what the others submitted for this epoch, and not what each other did', async () => {
    const sights = await run(0);
    const first = [[0, 0, 0, 0], [1, 1, 1, 1], [2, 2, 2, 2], [3, 3, 3, 3]]; // biome-ignore format: a row
    const last = [[0, 1, 0, 1], [1, 2, 1, 2], [2, 3, 2, 3], [3, 4, 3, 4]]; // biome-ignore format: a row
    expect(sights).toEqual([last, first, last, first]);
  });

  test('see no more than anybody where weights are hidden', async () => {
    const all = [[0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1], [2, 2, 2, 2]]; // biome-ignore format: a row
    expect(await run(2)).toEqual([all, all, all, all]);
  });

  test('are told apart from the others also when a uid changes hands, and by their faults', async () => {
    const sights: number[][] = [];
    const shy: ValidatorAgent = { last: true, decide: ({ chain }) => (chain.epoch < 1 ? null : ('?' as never)) };
    const neurons: NeuronPlan[] = [{ validator: { agent: 'copier' } }, { validator: shy }, {}, {}];
    const register = { validator: watcher(sights, false) };
    const events = [{ epoch: 1, uid: 0, register }];
    using simulation = await Simulation.open(engine, { name: 'late', epochs: 4, subnets: [{ neurons, events }] });
    await simulation.step();
    await expect(simulation.step()).rejects.toMatchObject({ code: 'AGENT_FAULT', data: { uid: 1, epoch: 1 } });
    expect(sights).toHaveLength(1);
  });
});

describe('a vote by portions', () => {
  const others = [miner(3, { team: 'them' }), miner(1, { team: 'us' }), miner(1), miner(2, { team: 'us' })];
  test.each([0, 0.3, 0.9, 1])('a cabal gives %f to its own team, by their scores', async (own) => {
    const neurons = [{ stake: 1, team: 'us', validator: { agent: 'cabal', own } }, honest, ...others];
    const row = (await watched({ neurons }, 1))[1]!.rows[0]!;
    expect(shareTo(row, [3, 5])).toBeCloseTo(own, 4);
    if (own > 0) expect(shareTo(row, [5])).toBeCloseTo((own * 2) / 3, 4);
    if (own < 1) expect(shareTo(row, [2])).toBeCloseTo(((1 - own) * 3) / 4, 4);
    expect(shareTo(row, [0, 1])).toBe(0);
  });

  test('a cabal whose miners deliver nothing shares evenly among them', async () => {
    const dead = { team: 'us' };
    const neurons = [{ stake: 1, team: 'us', validator: { agent: 'cabal', own: 0.5 } }, dead, dead, miner(1)];
    const row = (await watched({ neurons }, 1))[1]!.rows[0]!;
    expect(pairs(row)).toEqual([[1, 32_768], [2, 32_768], [3, 65_535]]); // biome-ignore format: a row
  });

  test('a cabal without a team, or without miners, votes by the scores', async () => {
    const neurons = [{ stake: 1, validator: { agent: 'cabal', own: 0.9 } }, miner(1), miner(2)];
    const row = (await watched({ neurons }, 1))[1]!.rows[0]!;
    expect(pairs(row)).toEqual([[1, 32_768], [2, 65_535]]); // biome-ignore format: a row
  });

  test.each([0, 0.25, 1])('a favourer gives %f to one miner', async (share) => {
    const neurons = [{ stake: 1, validator: { agent: 'favourer', uid: 2, share } }, miner(5), miner(1), miner(5)];
    const row = (await watched({ neurons }, 1))[1]!.rows[0]!;
    expect(shareTo(row, [2])).toBeCloseTo(share, 4);
  });

  test('a mover turns to the next miner every so many epochs, and round', async () => {
    const neurons = [{ stake: 1, validator: { agent: 'mover', every: 2, first: 1 } }, miner(1), miner(1), miner(1)];
    const views = await watched({ neurons }, 8);
    const favoured = views.slice(1).map(({ rows }) => pairs(rows[0]).find(([, value]) => value === 65_535)![0]);
    expect(favoured).toEqual([2, 2, 3, 3, 1, 1, 2, 2]);
  });
});

describe('a lazy validator', () => {
  const epochs = 9;
  const rowsOf = async (validator: object) => {
    const neurons: NeuronPlan[] = [{ stake: 1, validator: { agent: 'lazy', ...validator } }, honest, drifting];
    const views = await watched({ neurons, hyperparameters: { activityCutoff: 1_000n } }, epochs);
    return { rows: views.slice(1).map((view) => pairs(view.rows[0])), last: views.at(-1)!.last! };
  };

  test('that looks once keeps its row, and stays active', async () => {
    const { rows, last } = await rowsOf({});
    for (const row of rows) expect(row).toEqual(rows[0]);
    expect(last.dividends[0]).toBeGreaterThan(0);
  });

  test('that looks every 4 epochs changes its row then', async () => {
    const { rows } = await rowsOf({ every: 4 });
    const changes = rows.flatMap((row, at) => (at > 0 && String(row) !== String(rows[at - 1]) ? [at] : []));
    expect(changes).toEqual([4, 8]);
  });

  test('that submits nothing meanwhile becomes inactive', async () => {
    const { rows, last } = await rowsOf({ submits: false });
    expect(rows.at(-1)).toEqual(rows[0]);
    expect(last.dividends[0]).toBe(0);
  });
});

test('a fixed validator submits its rows from their epochs on, and nothing after null', async () => {
  const rows = { '0': [[1, 5]], '3': [[2, 9], [1, 1]], '5': null }; // biome-ignore format: a row
  const neurons = [{ stake: 1, validator: { agent: 'fixed', rows } }, miner(1), miner(1)];
  const views = await watched({ neurons, hyperparameters: { activityCutoff: 1_000n } }, 9);
  const [first, second] = [[[1, 5]], [[2, 9], [1, 1]]]; // biome-ignore format: a row
  expect(views.slice(1).map((view) => pairs(view.rows[0]))).toEqual([first, first, first, ...Array(6).fill(second)]);
  expect(views[6]!.last!.incentive[2]).toBeGreaterThan(0);
  expect(views[9]!.last!.incentive[2]).toBe(0); // inactive: what it last said no longer counts
});

test.each([[[]], [{ x: [] }], [{ '0': [[1]] }], [{ '0': [[1, 65_536]] }], [{ '0': 'row' }]])(
  'rows of a fixed validator that are none: %j',
  (rows) => {
    expect(() => make(VALIDATORS.fixed!, { rows }, 'validator')).toThrow('validator.rows: expected an object of rows');
  },
);

describe('miners', () => {
  /** What a miner delivers in each of so many epochs. */
  const delivered = (name: string, parameters: object, epochs = 12, from = 0): unknown[] => {
    const agent = make(MINERS[name]!, parameters as Record<string, unknown>, 'miner');
    const memory = {};
    const random = new Random(1, 1);
    return Array.from({ length: epochs }, (_, at) =>
      agent.deliver({ chain: { epoch: from + at } as ChainView, uid: 0, random }, memory),
    );
  };

  test('quality delivers the same, but for noise', () => {
    expect(new Set(delivered('quality', { quality: 3 }))).toEqual(new Set([3]));
    const noisy = delivered('quality', { quality: 3, noise: 0.1 }, 2_000) as number[];
    const mean = noisy.reduce((sum, value) => sum + value) / noisy.length;
    expect(mean).toBeCloseTo(3, 1);
    expect(new Set(noisy).size).toBeGreaterThan(1_990);
  });

  test('drifting walks within its bounds', () => {
    const walk = delivered('drifting', { quality: 2, drift: 0.5, least: 1, most: 3 }, 500) as number[];
    expect(walk[0]).toBe(2);
    expect([Math.min(...walk), Math.max(...walk)]).toEqual([1, 3]);
  });

  test('improving rises from its first epoch on and stays', () => {
    const want = [1, 2, 3, 4, 5, 5, 5];
    expect(delivered('improving', { from: 1, to: 5, over: 4 }, 7, 30)).toEqual(want);
  });

  test('fading is good for a while, falls, and delivers nothing at the end', () => {
    const want = [8, 8, 6, 4, 2, undefined, undefined];
    expect(delivered('fading', { quality: 8, after: 2, over: 4 }, 7, 30)).toEqual(want);
  });
});

describe('evaluations', () => {
  const scores = (name: string, outputs: unknown[], parameters: object = {}): number[] => {
    const into = new Float64Array(outputs.length);
    const evaluation = make(EVALUATIONS[name]!, parameters as Record<string, unknown>, 'evaluation');
    evaluation.score(outputs, into, {} as ChainView);
    return [...into];
  };
  const OUTPUTS = [undefined, 2, 4, 0, 4, 1];

  test.each<[name: string, parameters: object, want: number[]]>([
    ['quality', {}, [0, 2, 4, 0, 4, 1]],
    ['relative', {}, [0, 0.5, 1, 0, 1, 0.25]],
    ['relative', { power: 3 }, [0, 0.125, 1, 0, 1, 1 / 64]],
    ['rank', {}, [0, 1 / 3, 1, 0, 1, 1 / 4]],
    ['rank', { places: 3 }, [0, 1 / 3, 1, 0, 1, 0]],
    ['threshold', { least: 2 }, [0, 1, 1, 0, 1, 0]],
    ['threshold', { least: 0 }, [0, 1, 1, 1, 1, 1]],
    ['winner', {}, [0, 0, 1, 0, 0, 0]],
  ])('%s %j', (name, parameters, want) => {
    expect(scores(name, OUTPUTS, parameters)).toEqual(want);
  });

  test.each(Object.keys(EVALUATIONS))('%s gives nobody anything where nobody delivers', (name) => {
    expect(scores(name, [undefined, undefined])).toEqual([0, 0]);
  });

  test.each(Object.keys(EVALUATIONS))('%s leaves what is no number to be refused', (name) => {
    expect(scores(name, [1, 'two', 3]).some(Number.isNaN)).toBe(true);
  });
});

test('every parameter of every definition accepts its default', () => {
  for (const [name, definition] of Object.entries({ ...VALIDATORS, ...MINERS, ...EVALUATIONS })) {
    const defaults = Object.fromEntries(Object.entries(definition.parameters).map(([key, row]) => [key, row.default]));
    expect(() => make(definition as (typeof VALIDATORS)[string], defaults, name), name).not.toThrow();
  }
});
