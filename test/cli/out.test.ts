/** `--out`: what it may not name, and how it is spoken of. */
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatCase } from '../../src/formats/index.js';
import { sampleCases } from '../../src/sample/sample.js';
import { withFolder, yuma } from './yuma.js';

const [SAMPLE] = sampleCases({ neurons: 8, validators: 2, subnets: 1, fill: 1, seed: 1 });
const LINE = `${formatCase(SAMPLE!)}\n`;

describe('yuma epoch --out onto an input is refused before anything is read', () => {
  test.each([
    ['by its own name', async () => 's.jsonl'],
    ['by another path', async () => 'sub/../s.jsonl'],
    [
      'through a symbolic link',
      async (folder: string) => {
        await symlink(join(folder, 's.jsonl'), join(folder, 'link'));
        return 'link';
      },
    ],
    [
      'through a hard link',
      async (folder: string) => {
        await link(join(folder, 's.jsonl'), join(folder, 'hard'));
        return 'hard';
      },
    ],
  ])('%s', async (_, name) => {
    await withFolder(async (folder) => {
      const input = join(folder, 's.jsonl');
      await writeFile(input, LINE);
      await mkdir(join(folder, 'sub'));
      const out = `${folder}/${await name(folder)}`;
      const before = await readdir(folder);
      // A file that is not there would be a fault of its own, were it read first.
      const run = await yuma(['epoch', join(folder, 'nowhere'), input, '--out', out], { columns: 1_000 });
      expect(run).toEqual({
        stdout: '',
        stderr: `error BAD_USAGE\n  --out ${out} is the input ${input}, which it would overwrite. Name another file.\n`,
        exitCode: 2,
      });
      expect(await readFile(input, 'utf8')).toBe(LINE);
      expect(await readdir(folder)).toEqual(before);
    });
  });

  test('and through an input that is a link to it', async () => {
    await withFolder(async (folder) => {
      const [out, input] = [join(folder, 's.jsonl'), join(folder, 'link')];
      await writeFile(out, LINE);
      await symlink(out, input);
      expect(await yuma(['epoch', input, '--out', out])).toMatchObject({ stdout: '', exitCode: 2 });
      expect(await readFile(out, 'utf8')).toBe(LINE);
    });
  });
});

test('stdin, another file and a file that is not there yet are no inputs', async () => {
  await withFolder(async (folder) => {
    const [input, out] = [join(folder, 's.jsonl'), join(folder, 'out.jsonl')];
    await writeFile(input, LINE);
    expect(await yuma(['epoch', input, '--out', out])).toMatchObject({ exitCode: 0 }); // makes it
    expect(await yuma(['epoch', input, '--out', out])).toMatchObject({ exitCode: 0 }); // overwrites it
    expect(await yuma(['epoch', '-', '--out', input], { stdin: LINE })).toMatchObject({ exitCode: 0 });
  });
});

test.each([
  ['epoch x', 'To print the lines, use --json.'],
  ['sample', 'To print the cases, leave --out away.'],
])('yuma %s --out - is refused, and says what to do', async (command, advice) => {
  expect(await yuma(`${command} --out -`)).toEqual({
    stdout: '',
    stderr: `error BAD_USAGE\n  --out takes the name of a file, not -. ${advice}\n`,
    exitCode: 2,
  });
});

test.each([['epoch', '-'], ['sample']])(
  'the name of the file cannot command the terminal (yuma %s)',
  async (...args) => {
    await withFolder(async (folder) => {
      const out = join(folder, 'a\u001b[2Jb');
      const run = await yuma([...args, '--out', out], { stdin: LINE });
      expect(run).toMatchObject({ stdout: '', stderr: `1 case written to ${folder}/a?[2Jb\n`, exitCode: 0 });
      expect(await readdir(folder)).toEqual(['a\u001b[2Jb']);
    });
  },
);
