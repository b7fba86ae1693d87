import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  cellLine,
  collusionMap,
  collusionPlan,
  openMapFile,
  planLine,
  readCollusionMap,
} from '../../src/collusion/index.js';
import { withFolder } from '../cli/yuma.js';
import { PLAN, SMALL } from './small.js';

const { cells } = await collusionMap(SMALL);
const WHOLE = [planLine(PLAN), ...cells.map(cellLine), ''].join('\n');
const HEAD = planLine(PLAN).length;

/** Begins or goes on, and writes the rest. */
async function finish(path: string, resume: boolean): Promise<number> {
  const file = await openMapFile(path, PLAN, { resume });
  try {
    for (const cell of cells.slice(file.known.length)) await file.add(cell);
    return file.known.length;
  } finally {
    await file.close();
  }
}

describe('the file of a map', () => {
  test('is the plan and a line a point', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      expect(await finish(path, false)).toBe(0);
      expect(await readFile(path, 'utf8')).toBe(WHOLE);
    });
  });

  test('is read as it was written', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      await writeFile(path, WHOLE);
      expect(await readCollusionMap(path)).toEqual({ plan: PLAN, cells });
      await writeFile(path, WHOLE.slice(0, -5));
      expect(await readCollusionMap(path)).toEqual({ plan: PLAN, cells: cells.slice(0, -1) });
    });
  });

  test('has a point on the disk as soon as it was added', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      const file = await openMapFile(path, PLAN);
      await file.add(cells[0]!);
      expect((await readCollusionMap(path)).cells).toEqual([cells[0]]);
      await file.close();
    });
  });

  test('is the same bytes wherever it was cut off and taken up again', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      const second = WHOLE.indexOf('\n', HEAD + 1);
      const cuts = [0, 1, HEAD, HEAD + 1, HEAD + 2, second, second + 1, WHOLE.length - 1, WHOLE.length];
      for (const cut of cuts) {
        await writeFile(path, WHOLE.slice(0, cut));
        const known = await finish(path, true);
        expect(known, `cut at ${cut}`).toBe(Math.max(0, WHOLE.slice(0, cut).split('\n').length - 2));
        expect(await readFile(path, 'utf8'), `cut at ${cut}`).toBe(WHOLE);
      }
    });
  });

  test('is begun where there is nothing to go on with', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      expect(await finish(path, true)).toBe(0);
      expect(await readFile(path, 'utf8')).toBe(WHOLE);
    });
  });
});

describe('refused, and left as it is:', () => {
  test('a file that is there already', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      await writeFile(path, WHOLE);
      await expect(openMapFile(path, PLAN)).rejects.toMatchObject({ code: 'UNWRITABLE', data: { file: path } });
      expect(await readFile(path, 'utf8')).toBe(WHOLE);
    });
  });

  test.each([
    ['another file', 'notes\n', 1, 'it is no collusion map'],
    ['half a line of another file', 'notes', 1, 'it is no collusion map'],
    ['a plan by other rules', WHOLE.replace('subtensor-425', 'subtensor-999'), 1, 'it is no collusion map'],
    ['a map with a changed point', WHOLE.replace(/"mean":0\.(\d)/, '"mean":0.0$1'), 2, 'it is no point'],
    ['a map with an empty line', `${WHOLE}\n`, 10, 'it is no point'],
  ])('%s', async (_, text, line, reason) => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      await writeFile(path, text);
      const fault = { code: 'UNREADABLE', data: { file: path, line, reason: expect.stringContaining(reason) } };
      await expect(openMapFile(path, PLAN, { resume: true })).rejects.toMatchObject(fault);
      expect(await readFile(path, 'utf8')).toBe(text);
    });
  });

  test('the map of another plan, and it says what differs', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      await writeFile(path, WHOLE);
      const other = collusionPlan({ ...SMALL, kappa: 0.6, seed: 12 });
      await expect(openMapFile(path, other, { resume: true })).rejects.toThrow(/another plan \(kappa, seed differ\)/);
      expect(await readFile(path, 'utf8')).toBe(WHOLE);
    });
  });

  test('a folder, with and without resuming', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      await mkdir(path);
      await expect(openMapFile(path, PLAN)).rejects.toMatchObject({ code: 'UNWRITABLE' });
      await expect(openMapFile(path, PLAN, { resume: true })).rejects.toMatchObject({ code: 'UNREADABLE' });
      expect((await stat(path)).isDirectory()).toBe(true);
    });
  });

  test('a folder that is not there', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'nowhere', 'map.jsonl');
      for (const resume of [false, true]) {
        await expect(openMapFile(path, PLAN, { resume })).rejects.toMatchObject({ code: 'UNWRITABLE' });
      }
      await expect(readCollusionMap(path)).rejects.toMatchObject({ code: 'UNREADABLE' });
    });
  });

  test('a full disk', async () => {
    await withFolder(async () => {
      await expect(openMapFile('/dev/full', PLAN)).rejects.toMatchObject({ code: 'UNWRITABLE' });
      await expect(openMapFile('/dev/full', PLAN, { resume: true })).rejects.toMatchObject({ code: 'UNREADABLE' });
    });
  });
});
