import { expect, test } from 'vitest';
import { ClosedPipe, Interrupted, type Io } from '../../src/cli/io.js';
import { report } from '../../src/cli/report.js';
import { YumaError } from '../../src/epoch/errors.js';
import { Memory } from './yuma.js';

function reported(fault: unknown, color = false): { readonly text: string; readonly exitCode: number } {
  const stderr = new Memory();
  const io = { stderr, columns: 60, color, exitCode: 0 } as unknown as Io;
  report(fault, io);
  return { text: stderr.text, exitCode: io.exitCode };
}

test('a fault of ours shows code, place and sentence, within the width', () => {
  const place = { file: 'net.jsonl', line: 3, case: 'a', field: 'weights', uid: 7, entry: 2 };
  expect(reported(new YumaError('COLUMN_OUT_OF_RANGE', { ...place, column: 300, n: 256 }))).toEqual({
    text:
      'error COLUMN_OUT_OF_RANGE at net.jsonl:3\n' +
      '  weights of uid 7, entry 2: column 300 is no neuron, the\n' +
      '  subnet has n = 256. Remove it, or read leniently to get\n' +
      '  what the chain makes of it.\n',
    exitCode: 2,
  });
});

test('a fault nobody expected shows its message and is exit 2', () => {
  expect(reported(new TypeError('x is not a function'))).toEqual({
    text: 'error UNEXPECTED\n  x is not a function\n',
    exitCode: 2,
  });
  expect(reported('thrown text').text).toBe('error UNEXPECTED\n  thrown text\n');
});

test('being stopped is no fault', () => {
  expect(reported(new Interrupted(130))).toEqual({ text: '', exitCode: 130 });
  expect(reported(new Interrupted(143))).toEqual({ text: '', exitCode: 143 });
  expect(reported(new ClosedPipe())).toEqual({ text: '', exitCode: 0 });
});

test('names from outside cannot command the terminal', () => {
  const { text } = reported(new YumaError('UNREADABLE', { file: 'a\u001b[2J', reason: 'b\u001b[2J' }));
  expect(text).toBe('error UNREADABLE at a?[2J\n  cannot be read: b?[2J.\n');
});
