import { describe, expect, test } from 'vitest';
import { progressOn } from '../../src/cli/progress.js';
import { Memory } from './yuma.js';

describe('progress', () => {
  test('is one line on a terminal, cut to its width, and goes away', () => {
    const terminal = Object.assign(new Memory(), { isTTY: true });
    const progress = progressOn(terminal);
    progress.say('x'.repeat(200));
    progress.say('too soon');
    progress.clear();
    expect(terminal.text).toBe(`\r\u001b[K${'x'.repeat(79)}\r\u001b[K`);
  });

  test('is nothing anywhere else', () => {
    const file = new Memory();
    progressOn(file).say('text');
    progressOn(file).clear();
    expect(file.text).toBe('');
  });
});
