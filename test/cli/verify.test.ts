import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ClosedPipe } from '../../src/cli/io.js';
import { formatCase } from '../../src/formats/index.js';
import { sampleCases } from '../../src/sample/sample.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../gpu.js';
import { golden, withFolder, yuma } from './yuma.js';

/** Lines of a golden file. */
const LINES = gunzipSync(readFileSync(golden('odd.jsonl.gz')))
  .toString()
  .trim()
  .split('\n');

interface Line {
  name: string;
  expected?: { out?: Record<string, unknown[]>; mid?: Record<string, unknown[]> };
}

/** A golden line with its expected results changed. */
function changed(line: string, change: (expected: NonNullable<Line['expected']>) => void): string {
  const parsed = JSON.parse(line) as Line;
  change(parsed.expected!);
  return JSON.stringify(parsed);
}

await describeOnGpu('yuma verify --backend webgpu', MAIN_ADAPTERS, ({ adapter }) => {
  test('says how many cases each backend computed', async () => {
    const run = await yuma(['verify', '--backend', 'webgpu', '--adapter', adapter, golden('odd.jsonl.gz')]);
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    expect(run.stdout).toMatch(
      /\nAll that was compared is equal, bit for bit\. Computed by webgpu \(\d+ cases\) and wasm \(\d+ cases\)\.\n$/,
    );
  });
});

test('an adapter of no known kind is exit 2', async () => {
  const run = await yuma(['verify', '--backend', 'webgpu', '--adapter', 'metal', golden('odd.jsonl.gz')]);
  expect(run).toMatchObject({ stdout: '', exitCode: 2 });
  expect(run.stderr.replaceAll(/\s+/g, ' ')).toContain('Allowed choices are auto, vulkan, gl.');
});

describe('yuma verify', () => {
  test.each(['wasm', 'reference'])('finds golden cases equal on %s, odd ones too', async (backend) => {
    const run = await yuma(['verify', '--backend', backend, golden('odd.jsonl.gz'), golden('collusion.jsonl.gz')]);
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    expect(run.stdout).toMatch(/odd\.jsonl\.gz +78 cases: 78 equal\n/);
    expect(run.stdout).toMatch(/collusion\.jsonl\.gz +54 cases: 54 equal\n/);
    expect(run.stdout).toMatch(/\nin all +132 cases: 132 equal\n/);
    expect(run.stdout).toContain(`All that was compared is equal, bit for bit. Computed by ${backend}.`);
  });

  test('shows the first difference of each failing case and exits 1', async () => {
    const one = changed(LINES[1]!, ({ out }) => {
      out!.dividends![2] = 11;
      out!.newValidatorPermit![0] = !out!.newValidatorPermit![0];
    });
    const { name } = JSON.parse(one) as Line;
    const got = (JSON.parse(LINES[1]!) as Line).expected!.out!.dividends![2];
    const run = await yuma('verify -', { stdin: `${LINES[0]}\n${one}\n${LINES[2]}\n` });
    expect(run).toMatchObject({ stderr: '', exitCode: 1 });
    expect(run.stdout).toContain(`differs ${name} (stdin:2)\n  dividends of uid 2: got ${got}, want 11\n`);
    expect(run.stdout).toMatch(/stdin +3 cases: 2 equal, 1 differs\n/);
    expect(run.stdout).toContain('1 case differs. Computed by wasm.');
  });

  test('shows the entry of a row that differs, and one that is not there', async () => {
    const add = changed(LINES[1]!, ({ out }) => {
      (out!.bonds![0] as number[][]).push([4, 9]);
    });
    const bonds = (JSON.parse(LINES[1]!) as Line).expected!.out!.bonds as number[][][];
    const entry = bonds[0]!.length;
    const more = await yuma('verify -', { stdin: add });
    expect(more.stdout).toContain(`\n  bonds of uid 0, entry ${entry}: got nothing, want [4,9]\n`);
    const uid = bonds.findIndex((row) => row.length > 0);
    const drop = changed(LINES[1]!, ({ out }) => {
      out!.bonds![uid] = [];
    });
    const less = await yuma('verify -', { stdin: drop });
    expect(less.stdout).toContain(`\n  bonds of uid ${uid}, entry 0: got [${bonds[uid]![0]}], want nothing\n`);
  });

  test('says what was compared before a file that cannot be read', async () => {
    const run = await yuma(['verify', golden('odd.jsonl.gz'), 'no-such-file.jsonl']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('error UNREADABLE at no-such-file.jsonl');
    expect(run.stdout).toMatch(/\nin all +78 cases: 78 equal\n/);
    expect(run.stdout).toContain('Stopped by a fault: what stands behind it was not compared.');
  });

  test('names the fields that a case lacks, and compares the others', async () => {
    const less = changed(LINES[0]!, (expected) => {
      delete expected.mid;
      delete expected.out!.bonds;
    });
    const run = await yuma('verify -', { stdin: less, columns: 1_000 });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain(
      `1 case (${(JSON.parse(less) as Line).name}, stdin:1) lacks these fields, which were not compared: bonds ` +
        'mid.stake mid.activeStake mid.consensus mid.validatorTrust mid.incentive mid.dividends\n',
    );
  });

  test('names the first of several cases that lack a field', async () => {
    const less = [0, 2].map((at) =>
      changed(LINES[at]!, ({ out }) => {
        delete out!.bonds;
      }),
    );
    const run = await yuma('verify -', { stdin: `${LINES[1]}\n${less.join('\n')}\n`, columns: 1_000 });
    const { name } = JSON.parse(less[0]!) as Line;
    expect(run.stdout).toContain(
      `2 cases (first ${name}, stdin:2) lack these fields, which were not compared: bonds\n`,
    );
  });

  test('writes all counts in one way', async () => {
    const lines = Array.from({ length: 1_100 }, (_, at) => {
      const line = { ...(JSON.parse(LINES[0]!) as Line), name: String(at) };
      if (at > 1_050) delete line.expected;
      return JSON.stringify(line);
    });
    const { stdout } = await yuma('verify -', { stdin: lines.join('\n') });
    expect(stdout).toMatch(/stdin +1,100 cases: 1,051 equal, 49 with nothing to compare\n/);
  });

  test('shows as much of the names of files as there is room for', async () => {
    await withFolder(async (folder) => {
      const deep = join(folder, 'a-folder-of-vectors', 'of-a-day-in-june');
      await mkdir(deep, { recursive: true });
      const paths = ['one.jsonl', 'another.jsonl'].map((name) => join(deep, name));
      for (const path of paths) await writeFile(path, LINES[0]!);
      const wide = await yuma(['verify', ...paths], { columns: 200 });
      expect(wide.stdout).toContain(`\n${paths[1]}       1 case: 1 equal\n`);
      for (const columns of [80, 60]) {
        const { stdout } = await yuma(['verify', ...paths, '-'], { columns, stdin: LINES[1]! });
        const lines = stdout.split('\n').slice(0, 3);
        expect(new Set(lines.map((line) => line.indexOf(' 1 case')))).toHaveLength(1);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
        expect(lines[0]).toMatch(/^….{20,}one\.jsonl +1 case: 1 equal$/);
      }
    });
  });

  test('exits 1 where nothing was compared', async () => {
    const [sample] = sampleCases({ neurons: 8, validators: 2, subnets: 1, fill: 1, seed: 1 });
    const run = await yuma('verify -', { stdin: formatCase(sample!) });
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('1 case: 0 equal, 1 with nothing to compare');
    expect(run.stdout).toContain('Nothing was compared: no case has expected results.');
  });

  test('exits 2 at a bad line, after the reports before it', async () => {
    const wrong = changed(LINES[0]!, ({ out }) => {
      out!.active![0] = !out!.active![0];
    });
    const run = await yuma('verify -', { stdin: `${wrong}\n{}\n` });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain('active of uid 0: got ');
    expect(run.stderr).toContain('error MISSING_FIELD at stdin:2');
  });

  test('counts what it compared before a bad line', async () => {
    const wrong = changed(LINES[1]!, ({ out }) => {
      out!.active![0] = !out!.active![0];
    });
    const run = await yuma(['verify', golden('collusion.jsonl.gz'), '-'], { stdin: `${LINES[0]}\n${wrong}\n{}\n` });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toMatch(/\nstdin +2 cases: 1 equal, 1 differs\nin all +56 cases: 55 equal, 1 differs\n/);
    expect(run.stdout).toMatch(/\nStopped by a fault: what stands behind it was not compared\.\n$/);
    expect(run.stderr).toContain('error MISSING_FIELD at stdin:3');
  });

  test('prints nothing where the first line is bad', async () => {
    expect(await yuma('verify -', { stdin: '{}\n' })).toMatchObject({ stdout: '', exitCode: 2 });
    const run = await yuma('verify --json -', { stdin: `${LINES[0]}\n{}\n` });
    expect(run.exitCode).toBe(2);
    expect(run.stdout.trim().split('\n')).toHaveLength(1);
  });

  test.each([[[]], [['--json']]])('exits 1 when its reader goes after a difference (%j)', async (json) => {
    const stop = new AbortController();
    const stdout = new Writable({
      write: (_, __, done) => {
        stop.abort(new ClosedPipe());
        done();
      },
    });
    const wrong = changed(LINES[0]!, ({ out }) => {
      out!.active![0] = !out!.active![0];
    });
    const stdin = [wrong, ...LINES.slice(1)].join('\n');
    const run = await yuma(['verify', ...json, '-'], { stdin, stdout, signal: stop.signal });
    expect(run).toMatchObject({ stderr: '', exitCode: 1 });
  });

  test('--json says of a case without expected results that nothing was equal', async () => {
    const { expected: _, ...bare } = JSON.parse(LINES[0]!) as Line;
    const { stdout, exitCode } = await yuma('verify --json -', { stdin: JSON.stringify(bare) });
    expect(JSON.parse(stdout)).toMatchObject({ equal: false, compared: 0, difference: null });
    expect(exitCode).toBe(1);
  });

  test('--json gives a line a case', async () => {
    const wrong = changed(LINES[1]!, ({ mid }) => {
      mid!.stake![1] = '7';
    });
    const run = await yuma('verify --json -', { stdin: `${LINES[0]}\n${wrong}\n` });
    expect(run.exitCode).toBe(1);
    const reports = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(reports).toHaveLength(2);
    expect(reports[0]).toMatchObject({
      file: 'stdin',
      line: 1,
      equal: true,
      compared: 17,
      absent: [],
      difference: null,
    });
    expect(reports[1]).toMatchObject({ line: 2, equal: false, difference: { field: 'mid.stake', uid: 1, want: '7' } });
  });
});
