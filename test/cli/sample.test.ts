import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { HYPERPARAMETERS, INTEGER_RANGE } from '../../src/epoch/hyperparameters.js';
import { formatCase } from '../../src/formats/index.js';
import { sampleCases } from '../../src/sample/sample.js';
import { withFolder, yuma } from './yuma.js';

const ARGS = 'sample --neurons 30 --validators 6 --subnets 3 --fill 0.5 --seed 12';
const WANTED = [...sampleCases({ neurons: 30, validators: 6, subnets: 3, fill: 0.5, seed: 12 })]
  .map((sample) => `${formatCase(sample)}\n`)
  .join('');

interface Line {
  readonly params: Readonly<Record<string, unknown>>;
}

describe('yuma sample', () => {
  test('prints the cases of sampleCases', async () => {
    expect(await yuma(ARGS)).toEqual({ stdout: WANTED, stderr: '', exitCode: 0 });
  });

  test('writes them to a file, gzipped if it is named so', async () => {
    await withFolder(async (folder) => {
      const [plain, packed] = [join(folder, 'a.jsonl'), join(folder, 'a.jsonl.gz')];
      expect(await yuma(`${ARGS} --out ${plain}`)).toEqual({
        stdout: '',
        stderr: `3 cases written to ${plain}\n`,
        exitCode: 0,
      });
      await yuma(`${ARGS} --out ${packed}`);
      expect(await readFile(plain, 'utf8')).toBe(WANTED);
      expect(gunzipSync(await readFile(packed)).toString()).toBe(WANTED);
    });
  });

  test('has a flag for every hyperparameter, which takes its whole range', async () => {
    for (const [name, { type }] of Object.entries(HYPERPARAMETERS)) {
      const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      const values = type === 'bool' ? ['true', 'false'] : INTEGER_RANGE[type].map(String);
      for (const value of values) {
        // The chain refuses alphaLow above alphaHigh, so the two go to their ends together.
        const bounds = name === 'alphaLow' || name === 'alphaHigh';
        const flags = bounds ? ['--alpha-low', value, '--alpha-high', value] : [flag, value];
        const run = await yuma(['sample', '--neurons', '4', '--validators', '2', ...flags]);
        expect(run, `${flag} ${value}`).toMatchObject({ stderr: '', exitCode: 0 });
        expect(String((JSON.parse(run.stdout) as Line).params[name]), flag).toBe(value);
      }
    }
  });

  test.each([
    [1, 1],
    [7, 1],
    [16, 2],
    [255, 31],
    [256, 32],
    [300, 32],
  ])('of %i neurons takes %i for validators unless told', async (neurons, validators) => {
    const { stdout, exitCode } = await yuma(`sample --neurons ${neurons}`);
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await yuma(`sample --neurons ${neurons} --validators ${validators}`)).stdout);
  });

  test.each(['1e-3', '0.001', '.001', '1E-3', '0.1e-2', '10e-4'])('takes a fill of %s', async (fill) => {
    const [sample] = sampleCases({ neurons: 64, validators: 8, subnets: 1, fill: 0.001, seed: 1 });
    const run = await yuma(`sample --neurons 64 --fill ${fill}`);
    expect(run).toEqual({ stdout: `${formatCase(sample!)}\n`, stderr: '', exitCode: 0 });
  });

  test.each(['1', '1.', '1.0', '+1', '5e-324'])('takes a fill of %s, too', async (fill) => {
    expect(await yuma(`sample --neurons 16 --fill ${fill}`)).toMatchObject({ stderr: '', exitCode: 0 });
  });

  test('feeds yuma epoch', async () => {
    const run = await yuma('epoch -', { stdin: WANTED });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    expect(run.stdout).toContain('3 epochs, 90 neurons');
  });
});
