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

const PLACE = { file: 'net.jsonl', line: 3, field: 'weights', uid: 7, entry: 2 };

test('a fault of ours shows code, place and sentence, within the width', () => {
  expect(reported(new YumaError('DUPLICATE_NAME', { ...PLACE, case: 'a', first: 1 }))).toEqual({
    text:
      'error DUPLICATE_NAME at net.jsonl:3, case a\n' +
      '  the name stands on line 1 already. Give every case of a\n' +
      '  file a name of its own.\n',
    exitCode: 2,
  });
});

test('the name of the case is cut to the width and cannot command the terminal', () => {
  const heading = (name: string, file = 'net.jsonl') =>
    reported(new YumaError('DUPLICATE_NAME', { file, line: 3, case: name, first: 1 })).text.split('\n')[0];
  expect(heading('a\u001b[2Jb')).toBe('error DUPLICATE_NAME at net.jsonl:3, case a?[2Jb');
  expect(heading('x'.repeat(18))).toBe(`error DUPLICATE_NAME at net.jsonl:3, case ${'x'.repeat(18)}`);
  expect(heading('x'.repeat(19))).toBe(`error DUPLICATE_NAME at net.jsonl:3, case ${'x'.repeat(17)}…`);
  // A path is never cut, for it is to be found; the name keeps some letters beside a long one.
  expect(heading('x'.repeat(99), 'f'.repeat(99))).toBe(
    `error DUPLICATE_NAME at ${'f'.repeat(99)}:3, case ${'x'.repeat(15)}…`,
  );
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
