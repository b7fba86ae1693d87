import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { interruptible } from '../../src/cli/interruptible.js';
import { ClosedPipe, Interrupted, terminalColumns, wantsColor } from '../../src/cli/io.js';
import { formatCase } from '../../src/formats/index.js';
import { sampleCases } from '../../src/sample/sample.js';
import { withFolder, yuma } from './yuma.js';

const LINES = Array.from(sampleCases({ neurons: 24, validators: 5, subnets: 4, fill: 1, seed: 1 }), (sample) =>
  formatCase(sample),
);

describe('the terminal', () => {
  test.each([
    [undefined, undefined, 80],
    [undefined, 132, 132],
    ['100', 132, 100],
    ['wide', 132, 132],
    ['', undefined, 80],
    ['0', undefined, 80],
    ['10', undefined, 40],
  ])('COLUMNS %s on one of %s columns is %i wide', (wanted, actual, columns) => {
    expect(terminalColumns(wanted, actual)).toBe(columns);
  });

  test.each([
    [{}, true, true],
    [{}, false, false],
    [{}, undefined, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
  ])('with %j, a terminal: %s, colours are %s', (env, isTerminal, colors) => {
    expect(wantsColor(env, isTerminal)).toBe(colors);
  });
});

describe('Ctrl-C', () => {
  /** A program that has read one case of an endless stdin, and is then stopped. */
  async function stopped(args: readonly string[]) {
    const stop = new AbortController();
    const stdin = new PassThrough();
    const run = yuma(args, { stdin, signal: stop.signal });
    stdin.write(`${LINES[0]}\n`, () => stop.abort(new Interrupted(130)));
    return await run;
  }

  test('ends a command that waits for stdin, with 130 and no message', async () => {
    expect(await stopped(['epoch', '--json', '-'])).toMatchObject({ stderr: '', exitCode: 130 });
    expect(await stopped(['verify', '-'])).toMatchObject({ stderr: '', exitCode: 130 });
    expect(await stopped(['explain', '--case', 'none', '--uid', '0', '-'])).toMatchObject({
      stderr: '',
      exitCode: 130,
    });
  });

  test('leaves no file behind', async () => {
    await withFolder(async (folder) => {
      const run = await stopped(['epoch', '-', '--out', join(folder, 'out.jsonl')]);
      expect(run).toMatchObject({ stdout: '', stderr: '', exitCode: 130 });
      expect(await readdir(folder)).toEqual([]);
    });
  });

  test('ends an endless sample', async () => {
    const stop = new AbortController();
    const stdout = new Writable({
      write: (_, __, done) => {
        stop.abort(new Interrupted(130));
        done();
      },
    });
    const run = await yuma('sample --subnets 60000 --neurons 8 --validators 2', { stdout, signal: stop.signal });
    expect(run).toMatchObject({ stderr: '', exitCode: 130 });
  });
});

describe('a reader of stdout', () => {
  test('that has gone ends the command quietly', async () => {
    const stop = new AbortController();
    let written = 0;
    const stdout = new Writable({
      write: (_, __, done) => {
        written += 1;
        stop.abort(new ClosedPipe());
        done();
      },
    });
    const run = await yuma('epoch --json -', { stdin: LINES.join('\n'), stdout, signal: stop.signal });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    expect(written).toBe(1);
  });

  test('that is slow holds back the computing', async () => {
    const chunks: string[] = [];
    const waiting: (() => void)[] = [];
    const stdout = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _, done) => {
        chunks.push(chunk.toString());
        waiting.push(done);
      },
    });
    let taken = 0;
    const stdin = new PassThrough({ highWaterMark: 1 });
    const run = yuma('epoch --json -', { stdin, stdout });
    for (const line of LINES) stdin.write(`${line}\n`);
    stdin.end();
    while (taken < LINES.length) {
      await new Promise((turn) => setImmediate(turn));
      expect(waiting.length).toBeLessThanOrEqual(1); // never a line more than was taken
      const take = waiting.pop();
      if (take !== undefined) {
        taken += 1;
        take();
      }
    }
    expect((await run).exitCode).toBe(0);
    expect(chunks).toHaveLength(LINES.length);
  });
});

describe('an interruptible source', () => {
  test('gives all items of a source in order', async () => {
    const given: number[] = [];
    for await (const item of interruptible([1, 2, 3], new AbortController().signal)) given.push(item);
    expect(given).toEqual([1, 2, 3]);
  });

  test('is closed when its reader stops early', async () => {
    let closed = false;
    const source = (async function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        closed = true;
      }
    })();
    for await (const _ of interruptible(source, new AbortController().signal)) break;
    expect(closed).toBe(true);
  });

  test('throws the reason of the signal, also while it waits', async () => {
    const stop = new AbortController();
    const endless: AsyncIterable<never> = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
    const next = interruptible(endless, stop.signal).next();
    setImmediate(() => stop.abort(new Interrupted(130)));
    await expect(next).rejects.toBeInstanceOf(Interrupted);
  });

  test('keeps no listener of an item that came', async () => {
    const stop = new AbortController();
    let listeners = 0;
    const { signal } = stop;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    for await (const item of interruptible([1, 2, 3], signal)) expect(item).toBeGreaterThan(0);
    await new Promise((turn) => setImmediate(turn));
    expect(listeners).toBe(0);
  });
});
