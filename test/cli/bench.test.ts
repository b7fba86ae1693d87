import { describe, expect, test } from 'vitest';
import { MODE_NAMES } from '../../src/bench/modes.js';
import type { NetworkRow } from '../../src/bench/network.js';
import { PEERS } from '../../src/bench/peers.js';
import { Interrupted } from '../../src/cli/io.js';
import { widthOf } from '../../src/text/wrap.js';
import { yuma } from './yuma.js';

const TINY = 'bench --subnets 2 --neurons 64 --validators 8 --epochs 2 --threads 0';

/** What `--json` says last. */
interface Summary {
  readonly medianMs: number;
  readonly checksum: string;
  readonly mode: string;
  readonly options: Readonly<Record<string, unknown>>;
}

function linesOf(stdout: string): { rows: NetworkRow[]; summary: Summary } {
  const lines = stdout.trimEnd().split('\n');
  const summary = JSON.parse(lines.pop()!) as Summary;
  return { rows: lines.map((line) => JSON.parse(line) as NetworkRow), summary };
}

describe('yuma bench', () => {
  test('shows a line a backend, within 80 columns, and exits 0 where they agree', async () => {
    const { stdout, stderr, exitCode } = await yuma(TINY);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const lines = stdout.split('\n');
    for (const line of lines) expect(widthOf(line), line).toBeLessThanOrEqual(80);
    const starts = lines.map((line) => line.split(' ')[0]);
    expect(starts.filter((word) => (PEERS as readonly (string | undefined)[]).includes(word))).toEqual(PEERS);
    expect(stdout).toContain('2 subnets, 8 validators x 64 neurons, all filled: 1,024 weights.');
    expect(stdout).toContain('Takes about');
    expect(stdout).toContain('All exact backends give the same bits.');
    expect(stdout).toMatch(/scores differ from the exact ones, by at most \d+ of 65535/);
    expect(stdout).not.toContain('\u001b');
  });

  test('with --json prints an object a line, the last one the summary', async () => {
    const { stdout, stderr, exitCode } = await yuma(`${TINY} --json`);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const { rows, summary } = linesOf(stdout);
    expect(rows.map(({ backend }) => backend)).toEqual(PEERS);
    expect(summary).toEqual({
      medianMs: rows[0]!.medianMs,
      spread: rows[0]!.spread,
      nsPerWeight: rows[0]!.nsPerWeight,
      gbPerSecond: rows[0]!.gbPerSecond,
      memcpyGbPerSecond: expect.any(Number),
      ofMemcpy: rows[0]!.ofMemcpy,
      speedUpPerThread: null,
      peakBytes: expect.any(Number),
      expectedBytes: expect.any(Number),
      checksum: rows[0]!.checksum,
      agree: true,
      backend: 'wasm',
      mode: 'yuma3',
      threads: 0,
      measuredSubnets: 2,
      weights: 2 * 8 * 64,
      machine: { cpu: expect.any(String), cores: expect.any(Number), node: process.version },
      options: {
        subnets: 2,
        neurons: 64,
        validators: 8,
        fill: 1,
        pattern: 'columns',
        mode: 'yuma3',
        seed: 1,
        epochs: 2,
        threads: 0,
        peers: [...PEERS],
        fullScale: false,
      },
    });
    expect(summary.medianMs).toBeGreaterThan(0);
  });

  test('one seed has one checksum, another seed another', async () => {
    const checksum = async (more: string) =>
      linesOf((await yuma(`${TINY} --json --backend wasm ${more}`)).stdout).summary.checksum;
    const first = await checksum('--seed 5');
    expect(await checksum('--seed 5')).toBe(first);
    expect(await checksum('--seed 6')).not.toBe(first);
  });

  test('measures all modes, and sums up Yuma3', async () => {
    const { rows, summary } = linesOf((await yuma(`${TINY} --json --backend wasm --mode all`)).stdout);
    expect(rows.map(({ mode }) => mode)).toEqual(MODE_NAMES);
    expect(summary).toMatchObject({ mode: 'yuma3', checksum: rows[1]!.checksum });
  });

  test.each(['wasm', 'plain', 'reference', 'float64'])('measures %s alone', async (backend) => {
    const { rows } = linesOf((await yuma(`${TINY} --json --backend ${backend}`)).stdout);
    expect(rows.map((row) => row.backend)).toEqual([backend]);
  });

  test.each([
    ['--fill 0.25 --pattern random', { fill: 0.25, pattern: 'random' }],
    ['--fill 0', { fill: 0 }],
    ['--fill .5', { fill: 0.5 }],
    ['--threads auto --epochs 1', { threads: expect.any(Number), epochs: 1 }],
    ['--seed 9007199254740991', { seed: 9_007_199_254_740_991 }],
  ])('takes %s', async (flags, wanted) => {
    const { stdout, exitCode } = await yuma(`${TINY} --backend wasm --json ${flags}`);
    expect(exitCode).toBe(0);
    expect(linesOf(stdout).summary.options).toMatchObject(wanted);
  });

  test('has fewer validators where there are fewer neurons than it has usually', async () => {
    const { stdout } = await yuma('bench --subnets 1 --neurons 5 --epochs 1 --threads 0 --backend wasm --json');
    expect(linesOf(stdout).summary.options).toMatchObject({ validators: 5 });
  });

  test.each([
    ['--fill 1.5', 'from 0 to 1'],
    ['--fill -0.1', 'from 0 to 1'],
    ['--fill x', 'from 0 to 1'],
    ['--threads 1.5', 'auto or an integer from 0 to 256'],
    ['--threads -1', 'auto or an integer from 0 to 256'],
    ['--subnets 0', 'from 1 to 65535'],
    ['--epochs 0', 'from 1 to'],
    ['--backend gpu', 'reference'],
    ['--mode yuma4', 'liquid'],
    ['--pattern rows', 'columns'],
    ['--full-scale --neurons 64', "cannot be used with option '--neurons"],
    ['--full-scale --fill 1', "cannot be used with option '--fill"],
    ['extra', 'too many arguments'],
  ])('refuses %s', async (flags, sentence) => {
    const { stdout, stderr, exitCode } = await yuma(`bench --subnets 1 ${flags}`, { columns: 400 });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(/^error BAD_USAGE\n/);
    expect(stderr).toContain(sentence);
  });

  test('refuses more validators than neurons, and names the flag', async () => {
    const run = await yuma('bench --neurons 4 --validators 5');
    expect(run).toMatchObject({ stdout: '', exitCode: 2 });
    expect(run.stderr).toContain('error OUT_OF_RANGE\n  --validators: 5 is out of range');
  });

  test('refuses what cannot fit into memory before it makes anything, and says how large it would be', async () => {
    const run = await yuma('bench --subnets 65535 --neurons 32768 --validators 32768', { columns: 400 });
    expect(run).toMatchObject({ stdout: '', exitCode: 2 });
    expect(run.stderr).toMatch(/^error BAD_USAGE\n {2}this network takes about \d+\.\d GB of memory, .* to be had/);
  });

  test('ends at once when it is told to', async () => {
    const stop = new AbortController();
    const run = yuma('bench --threads 0 --epochs 1000000 --neurons 256', { signal: stop.signal });
    setTimeout(() => stop.abort(new Interrupted(130)), 50);
    expect(await run).toMatchObject({ stderr: '', exitCode: 130 });
  });
});
