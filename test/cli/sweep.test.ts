/** `yuma sweep`: a table of all points, stopped and resumed, and clear words for what is wrong. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Interrupted } from '../../src/cli/io.js';
import { SMALL } from '../sweep/scenarios.js';
import { yuma } from './yuma.js';

let folder: string;
let scenario: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuma-cli-sweep-'));
  scenario = join(folder, 'small.json');
  writeFileSync(scenario, (SMALL as { text: string }).text);
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const sweep = (...args: string[]) => yuma(['sweep', scenario, '--threads', '1', ...args]);

test('writes a row for every value of every point', async () => {
  const { exitCode, stdout } = await sweep('--vary', 'kappa=0.4:0.6:0.1', '--vary', 'yuma3=true,false', '--repeat', '2', '--metric', 'incentive', '--out', at('a.csv')); // biome-ignore format: a command
  expect(exitCode).toBe(0);
  expect(stdout).toContain('12 points written');
  const [head, ...rows] = readFileSync(at('a.csv'), 'utf8').trimEnd().split('\n');
  expect(head).toBe('run,kappa,yuma3,repeat,subnet,epoch,uid,metric,value');
  expect(rows.filter((row) => row.includes(',incentive,'))).toHaveLength(12 * 2 * 6);
  expect(rows[0]).toMatch(/^0,26214,true,0,a,5,0,incentive,\d+$/);
  expect(rows.at(-1)).toMatch(/^11,39321,false,1,b,5,5,totalValidatorEmission,\d+$/);
  expect(existsSync(`${at('a.csv')}.progress`)).toBe(false);
});

test('loses no finished point where it is stopped, or its table cannot be written, and goes on to the same bytes', async () => {
  const args = ['--vary', 'kappa=0.3:0.7:0.1', '--epochs', '4'];
  await sweep(...args, '--out', at('whole.jsonl'));
  mkdirSync(at('again.jsonl')); // in the way
  const failed = await sweep(...args, '--force', '--out', at('again.jsonl'));
  expect(failed.exitCode).toBe(2);
  expect(failed.stderr).toContain('UNWRITABLE');
  const journal = `${at('again.jsonl')}.progress`;
  const lines = readFileSync(journal, 'utf8').split('\n');
  expect(lines).toHaveLength(1 + 5 + 1);
  rmdirSync(at('again.jsonl'));
  writeFileSync(journal, `${lines.slice(0, 3).join('\n')}\n${lines[3]!.slice(0, 20)}`);

  const second = await sweep(...args, '--out', at('again.jsonl'));
  expect(second.exitCode).toBe(2);
  expect(second.stderr).toContain('--resume');
  const signal = AbortSignal.abort(new Interrupted(130));
  const stopped = await yuma(['sweep', scenario, ...args, '--out', at('again.jsonl'), '--resume'], { signal });
  expect(stopped.exitCode).toBe(130);
  expect(stopped.stderr).toContain('2 of 5 points are in');
  expect(existsSync(at('again.jsonl'))).toBe(false);
  const third = await sweep(...args, '--out', at('again.jsonl'), '--resume');
  expect(third.exitCode).toBe(0);
  expect(readFileSync(at('again.jsonl'))).toEqual(readFileSync(at('whole.jsonl')));
  expect(existsSync(journal)).toBe(false);
});

describe('says what is wrong, and writes nothing:', () => {
  test.each<[what: string, args: string[], code: string, part: string]>([
    [
      'an unknown scenario',
      ['sweep', 'none', '--vary', 'kappa=1', '--out', 'x.csv'],
      'UNKNOWN_NAME',
      'scenario "none"',
    ],
    ['no such file', ['sweep', 'none.json', '--vary', 'kappa=1', '--out', 'x.csv'], 'UNREADABLE', 'none.json'],
    ['an unknown name', ['sweep', 'SCENARIO', '--vary', 'kapa=1', '--out', 'x.csv'], 'UNKNOWN_FIELD', 'kapa'],
    ['no value', ['sweep', 'SCENARIO', '--vary', 'kappa', '--out', 'x.csv'], 'BAD_USAGE', '--vary takes NAME=VALUE'],
    ['a value out of range', ['sweep', 'SCENARIO', '--vary', 'kappa=1.5', '--out', 'x.csv'], 'WRONG_TYPE', 'kappa'],
    [
      'a range without steps',
      ['sweep', 'SCENARIO', '--vary', 'kappa=0:1:0', '--out', 'x.csv'],
      'OUT_OF_RANGE',
      '0:1:0',
    ],
    [
      'a name varied and set',
      ['sweep', 'SCENARIO', '--vary', 'kappa=0', '--set', 'kappa=1', '--out', 'x.csv'],
      'BAD_USAGE',
      'kappa is varied',
    ],
    [
      'a name twice',
      ['sweep', 'SCENARIO', '--vary', 'kappa=0', '--vary', 'kappa=1', '--out', 'x.csv'],
      'BAD_USAGE',
      'twice',
    ],
    ['a format that is none', ['sweep', 'SCENARIO', '--vary', 'kappa=1', '--out', 'x.xls'], 'BAD_USAGE', '.parquet'],
    [
      'an unknown metric',
      ['sweep', 'SCENARIO', '--vary', 'kappa=1', '--metric', 'x', '--out', 'x.csv'],
      'UNKNOWN_NAME',
      'metric "x"',
    ],
    ['no folder', ['sweep', 'SCENARIO', '--vary', 'kappa=1', '--out', 'no/x.csv'], 'UNWRITABLE', 'no/x.csv'],
    [
      'no Redis',
      ['sweep', 'SCENARIO', '--vary', 'kappa=1', '--redis', 'redis://:secret@127.0.0.1:1', '--out', 'x.csv'],
      'REDIS_UNAVAILABLE',
      '***@127.0.0.1:1',
    ],
    ['a worker without Redis', ['worker', '--redis', 'redis://127.0.0.1:1'], 'REDIS_UNAVAILABLE', '127.0.0.1:1'],
  ])('%s', async (_, args, code, part) => {
    const { exitCode, stdout, stderr } = await yuma(args.map((arg) => (arg === 'SCENARIO' ? scenario : arg)));
    expect(stderr).toContain(`error ${code}`);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(part);
    expect(stderr).not.toContain('secret');
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    expect(existsSync('x.csv') || existsSync('x.csv.progress')).toBe(false);
  });

  test('a table that is there, unless it may be replaced', async () => {
    writeFileSync(at('there.csv'), 'mine');
    const args = ['--vary', 'kappa=0.5', '--out', at('there.csv')];
    const refused = await sweep(...args);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--force');
    expect(readFileSync(at('there.csv'), 'utf8')).toBe('mine');
    expect((await sweep(...args, '--force')).exitCode).toBe(0);
    expect(readFileSync(at('there.csv'), 'utf8')).toContain('run,kappa');
  });
});
