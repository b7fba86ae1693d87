/** The executable as people run it: `npm run build` must have been run, as `npm test` does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { golden, withFolder } from './yuma.js';

const MAIN = new URL('../../dist/cli/main.js', import.meta.url).pathname;
const SAMPLE = 'sample --neurons 24 --validators 5 --subnets 3 --seed 2';

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is not there: run "npm run build" first`);
});

function start(args: string): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args.split(' ')], { stdio: 'pipe' });
}

/** All of a stream, as text. */
async function whole(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}

async function outcome(child: ChildProcess) {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    whole(child.stdout!),
    whole(child.stderr!),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  return { stdout, stderr, code, signal };
}

describe('the executable', () => {
  test('prints the epochs of a sample piped into it, without colours', async () => {
    const sample = start(SAMPLE);
    const epoch = start('epoch -');
    sample.stdout!.pipe(epoch.stdin!);
    const [made, shown] = await Promise.all([outcome(sample), outcome(epoch)]);
    expect(made).toMatchObject({ stderr: '', code: 0 });
    expect(shown).toMatchObject({ stderr: '', code: 0 });
    expect(shown.stdout).toContain('3 epochs, 72 neurons');
    expect(shown.stdout).not.toContain('\u001b');
  });

  test('exits 2 at a fault, with stdout empty', async () => {
    const run = await outcome(start('epoch /no/such/file'));
    expect(run).toMatchObject({ stdout: '', code: 2 });
    expect(run.stderr).toMatch(/^error UNREADABLE at \/no\/such\/file\n {2}\S/);
  });

  test('exits 2 at a bad line although stdin stays open', async () => {
    const epoch = start('epoch -');
    epoch.stdin!.write('nonsense\n');
    const run = await outcome(epoch);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('error BAD_JSON at stdin:1');
  });

  test('exits 1 where nothing was compared', async () => {
    const sample = start(SAMPLE);
    const verify = start('verify -');
    sample.stdout!.pipe(verify.stdin!);
    expect(await outcome(verify)).toMatchObject({ stderr: '', code: 1 });
  });

  test('exits 1 when the reader of a difference goes', async () => {
    const line = gunzipSync(await readFile(golden('odd.jsonl.gz')))
      .toString()
      .split('\n')[0]!;
    const verify = start('verify --json -');
    verify.stdin!.on('error', () => {}); // it ends before it has read all
    const wrong = (name: number) =>
      line.replace(/"name":"[^"]*"/, `"name":"${name}"`).replace('"active":[', '"active":[true,');
    for (let name = 0; name < 300; name++) verify.stdin!.write(`${wrong(name)}\n`);
    await once(verify.stdout!, 'data');
    verify.stdout!.destroy();
    for (let name = 300; name < 600; name++) verify.stdin!.write(`${wrong(name)}\n`);
    verify.stdin!.end();
    const stderr = whole(verify.stderr!);
    expect(await once(verify, 'exit')).toEqual([1, null]);
    expect(await stderr).toBe('');
  });

  test('ends quietly when its reader goes', async () => {
    const sample = start('sample --neurons 64 --validators 12 --subnets 60000');
    await once(sample.stdout!, 'data');
    sample.stdout!.destroy();
    const stderr = whole(sample.stderr!);
    const [code] = (await once(sample, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(await stderr).toBe('');
  });

  test.each([
    ['SIGINT', 130], // Ctrl-C
    ['SIGTERM', 143],
    ['SIGHUP', 129], // the terminal was closed
  ] as const)('ends on %s with %i, no message and no file left', async (signal, code) => {
    await withFolder(async (folder) => {
      expect(await stoppedWhileWriting(folder, signal)).toMatchObject({ stdout: '', stderr: '', code });
      expect(await readdir(folder)).toEqual([]);
    });
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'ends on %s while it writes, and the old file is whole',
    async (signal) => {
      await withFolder(async (folder) => {
        const out = join(folder, 'out.jsonl');
        await writeFile(out, 'old\n');
        await stoppedWhileWriting(folder, signal);
        expect(await readFile(out, 'utf8')).toBe('old\n');
        // What cannot be caught leaves what was being written beside it, under a name that says whose it is.
        const rest = (await readdir(folder)).filter((name) => name !== 'out.jsonl');
        expect(rest.length).toBe(signal === 'SIGKILL' ? 1 : 0);
        for (const name of rest) expect(name).toMatch(/^\.yuma-.*\.tmp$/);
      });
    },
  );

  /** Its temporary file is there when it is stopped. */
  async function stoppedWhileWriting(folder: string, signal: NodeJS.Signals) {
    const before = (await readdir(folder)).length;
    const epoch = start(`epoch - --out ${join(folder, 'out.jsonl')}`);
    const sample = start('sample --neurons 64 --validators 12 --subnets 60000');
    sample.stdout!.pipe(epoch.stdin!);
    epoch.stdin!.on('error', () => sample.kill());
    while ((await readdir(folder)).length === before) await new Promise((turn) => setImmediate(turn));
    epoch.kill(signal);
    const run = await outcome(epoch);
    sample.kill();
    return run;
  }
});
