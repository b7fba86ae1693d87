/** A worker whose heap is full: its epoch is lost, and nothing else. In a process of its own, from the built package. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formatCase } from '../../src/formats/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';

const urlOf = (name: string): string => JSON.stringify(new URL(`../../dist/${name}`, import.meta.url).href);

/** @param at the file that makes the next epoch of a worker take all memory */
const SCRIPT = (at: string, input: string): string => `
  import { writeFileSync } from 'node:fs';
  import { createEngine } from ${urlOf('index.js')};
  import { readCases } from ${urlOf('formats/index.js')};
  const { value } = await readCases(${JSON.stringify(input)}).next();
  const engine = await createEngine({ threads: 2 });
  const subnet = await engine.open(value.input);
  const before = Buffer.from(subnet.snapshot());
  const want = engine.runEpochSync(value.input);
  writeFileSync(${JSON.stringify(at)}, '');
  const step = { currentBlock: 10_360n, emission: 1_000n };
  const lost = await subnet.runEpoch(step).then(() => 'no error', ({ code, message }) => code + ': ' + message);
  const kept = before.equals(Buffer.from(subnet.snapshot()));
  const after = await Promise.all(Array.from({ length: 8 }, () => engine.runEpoch(value.input)));
  const same = after.every(({ dividends }) => dividends.join() === want.dividends.join());
  await subnet.runEpoch(step);
  await engine.close();
  console.log(JSON.stringify({ lost, kept, same }));
`;

test('a worker out of memory takes its epoch with it: state and engine stay whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuma-memory-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [at, input, script] = ['now', 'input.jsonl', 'script.mjs'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(input, `${formatCase({ name: 'x', input: WORKED_EXAMPLE })}\n`);
  writeFileSync(script, SCRIPT(at, input));
  const preload = new URL('out-of-memory.mjs', import.meta.url).pathname;
  const args = ['--max-old-space-size=96', '--import', preload, script];
  const env = { ...process.env, OUT_OF_MEMORY: at };
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8', env, timeout: 60_000, stdio: 'pipe' });
  expect(JSON.parse(printed)).toEqual({
    lost: expect.stringMatching(/^WORKER_CRASHED: .*memory/s),
    kept: true,
    same: true,
  });
});
