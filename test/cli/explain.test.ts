import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainNeuron, explanationText } from '../../src/explain/index.js';
import { formatCase } from '../../src/formats/index.js';
import { sampleCases } from '../../src/sample/sample.js';
import { withFolder, yuma } from './yuma.js';

const SAMPLE = [...sampleCases({ neurons: 24, validators: 5, subnets: 3, fill: 0.8, seed: 9 })];
const FILE = SAMPLE.map((sample) => formatCase(sample)).join('\n');

describe('yuma explain', () => {
  test('tells the story of a neuron of the case that is named', async () => {
    const { name, input } = SAMPLE[1]!;
    const run = await yuma(`explain - --case ${name} --uid 3`, { stdin: FILE });
    expect(run).toEqual({ stdout: explanationText(explainNeuron(input, 3), { name }), stderr: '', exitCode: 0 });
    expect(run.stdout.startsWith(`${name}: uid 3\n`)).toBe(true);
  });

  test('takes the first case, and says that there are more', async () => {
    const { stdout } = await yuma('explain - --uid 0', { stdin: FILE });
    expect(stdout.startsWith(`${SAMPLE[0]!.name}: uid 0\n`)).toBe(true);
    expect(stdout).toContain('The file holds more cases; this is the first.');
    const alone = await yuma('explain - --uid 0', { stdin: formatCase(SAMPLE[0]!) });
    expect(alone.stdout).not.toContain('more cases');
  });

  test('gives the same as data, bigints as decimal strings', async () => {
    const { stdout } = await yuma('explain - --uid 0 --json', { stdin: FILE });
    const story = explainNeuron(SAMPLE[0]!.input, 0);
    const data = JSON.parse(stdout) as Record<string, unknown>;
    expect(data.name).toBe(SAMPLE[0]!.name);
    expect(data.emission).toEqual({
      miner: String(story.emission.miner),
      validator: String(story.emission.validator),
      stored: String(story.emission.stored),
    });
    expect(Object.keys(data)).toEqual(['name', ...Object.keys(story)]);
    expect(stdout.endsWith('}\n')).toBe(true);
  });

  test('lists the cases where there is none of that name', async () => {
    const run = await yuma('explain - --case net --uid 0', { stdin: FILE, columns: 1_000 });
    expect(run).toMatchObject({ stdout: '', exitCode: 2 });
    expect(run.stderr).toBe(
      'error NO_SUCH_CASE at stdin\n' +
        '  there is no case "net". The file holds: sample-9/subnet-1, sample-9/subnet-2, sample-9/subnet-3.\n',
    );
  });

  test('lists no more than 20 of many cases, and gives the path of a file', async () => {
    const lines = Array.from({ length: 23 }, (_, at) => formatCase({ ...SAMPLE[0]!, name: `net-${at}` }));
    await withFolder(async (folder) => {
      const path = join(folder, 'many.jsonl');
      await writeFile(path, lines.join('\n'));
      const run = await yuma(['explain', path, '--case', 'other', '--uid', '0'], { columns: 1_000 });
      expect(run).toMatchObject({ stdout: '', exitCode: 2 });
      expect(run.stderr).toContain(`error NO_SUCH_CASE at ${path}\n`);
      expect(run.stderr).toContain(', net-18, net-19, and more.\n');
    });
  });

  test('refuses a uid that is none, with the place of the case', async () => {
    const run = await yuma(`explain - --case ${SAMPLE[2]!.name} --uid 24`, { stdin: FILE });
    expect(run).toEqual({
      stdout: '',
      stderr: 'error NO_SUCH_UID at stdin:3, case sample-9/subnet-3\n  there is no uid 24, the subnet has n = 24.\n',
      exitCode: 2,
    });
  });
});
