import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type CollusionCell,
  cellLine,
  collusionCells,
  collusionMap,
  collusionRows,
} from '../../src/collusion/index.js';
import { createEngine } from '../../src/index.js';
import { PLAN, SMALL } from './small.js';

const text = (cells: readonly CollusionCell[]): string => cells.map((cell) => `${cellLine(cell)}\n`).join('');
const small = await collusionMap(SMALL);

describe('a map', () => {
  test('has its points by stake, honest utility and cabal self-weight, each with its repeats', () => {
    expect(small.plan).toEqual(PLAN);
    expect(
      small.cells.map(({ stake, honestUtility, cabalSelfWeight }) => [stake, honestUtility, cabalSelfWeight]),
    ).toEqual(
      [0.6, 0.7].flatMap((stake) =>
        [0.5, 0.8].flatMap((utility) => [0.3, 1].map((weight) => [stake, utility, weight])),
      ),
    );
    for (const { shares } of small.cells) expect(new Set(shares).size).toBe(2);
  });

  test('is the same bytes as ever', () => {
    expect(createHash('sha256').update(text(small.cells)).digest('hex')).toBe(
      'e3d5f7b50b19c185879b732f283aced3390af135df0af736906c03f0ab9e1949',
    );
  });

  test.each([
    ['reference', 0],
    ['wasm', 2],
  ] as const)('is the same bytes on %s with %i threads', async (backend, threads) => {
    expect(text((await collusionMap({ ...SMALL, backend, threads })).cells)).toBe(text(small.cells));
  });

  test('has points that do not depend on which others are asked for', async () => {
    const one = { ...SMALL, stakes: [0.7], honestUtilities: [0.8], cabalSelfWeights: [0.3] };
    expect((await collusionMap(one)).cells).toEqual([small.cells[6]]);
  });

  test('gives the honest team more than its stake where even the cabal votes for it', async () => {
    const { cells } = await collusionMap({ ...SMALL, honestUtilities: [1], cabalSelfWeights: [0] });
    for (const { mean, stake } of cells) expect(mean).toBeGreaterThan(stake);
  });

  test('tells of each point, and how many there are', async () => {
    const seen: CollusionCell[] = [];
    const told: string[] = [];
    await collusionMap({
      ...SMALL,
      onPoint: (cell) => void seen.push(cell),
      onProgress: ({ done, of }) => void told.push(`${done}/${of}`),
    });
    expect(seen).toEqual(small.cells);
    expect(told).toEqual(['1/8', '2/8', '3/8', '4/8', '5/8', '6/8', '7/8', '8/8']);
  });

  test('goes on from known points without computing them again', async () => {
    await using engine = await createEngine({ backend: 'wasm', warm: false });
    for (const done of [0, 3, 8]) {
      const before = engine.info().computed.wasm ?? 0;
      const cells: CollusionCell[] = [];
      for await (const cell of collusionCells(PLAN, { engine, known: small.cells.slice(0, done) })) cells.push(cell);
      expect(text(cells)).toBe(text(small.cells));
      expect((engine.info().computed.wasm ?? 0) - before).toBe((8 - done) * PLAN.repeats);
    }
  });

  test.each([
    ['of another place', small.cells.slice(1)],
    ['with other repeats', small.cells.map((cell) => ({ ...cell, shares: [0.5] }))],
    ['beyond the end', [...small.cells, small.cells[0]!]],
  ])('refuses known points %s', async (_, known) => {
    await expect(collusionMap({ ...SMALL, known })).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });

  test.each([0, 2])('stops when told, with %i threads', async (threads) => {
    const stop = new AbortController();
    let points = 0;
    const onPoint = (): void => {
      points += 1;
      if (points === 3) stop.abort();
    };
    const run = collusionMap({ ...SMALL, threads, signal: stop.signal, onPoint });
    await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
    expect(points).toBe(3);
  });

  test('leaves an engine open that it was given, also when its caller stops', async () => {
    await using engine = await createEngine({ warm: false });
    for await (const _ of collusionCells(PLAN, { engine })) break;
    expect((await collusionMap({ ...SMALL, engine })).cells).toEqual(small.cells);
  });

  test('refuses a backend that is none', async () => {
    const backend = 'abacus' as 'wasm';
    await expect(collusionMap({ ...SMALL, backend })).rejects.toMatchObject({ code: 'UNKNOWN_BACKEND' });
  });

  test('is a tidy table, a point a row', () => {
    const { shares, ...rest } = small.cells[2]!;
    expect(collusionRows(small)[2]).toEqual({ ...rest, repeats: shares.length });
    expect(collusionRows(small)).toHaveLength(8);
  });
});
