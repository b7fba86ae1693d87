import { describe, expect, test } from 'vitest';
import { paint } from '../../src/text/paint.js';
import { table } from '../../src/text/table.js';
import { cutEnd, cutStart, plain, shortened, widthOf, wrap } from '../../src/text/wrap.js';

describe('a table', () => {
  const columns = [{ title: 'uid' }, { title: 'empty' }, { title: 'note', align: 'left' as const }];

  test('leaves a column without a cell out, and takes a row that breaks off', () => {
    expect(table(columns, [['1', '', 'first'], ['22']])).toEqual(['  uid  note', '    1  first', '   22']);
  });

  test('without rows is empty', () => {
    expect(table(columns, []).join('').trim()).toBe('');
  });

  test('wraps its last column where that stands to the left', () => {
    expect(table(columns, [['1', '', 'a note of some length']], { width: 24 })).toEqual([
      '  uid  note',
      '    1  a note of some',
      '       length',
    ]);
  });
});

describe('a paragraph', () => {
  test('is wrapped at words, no line wider than asked', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrap('one two three four', 11, 2)).toEqual(['  one two', '  three', '  four']);
    expect(wrap('one two', 7)).toEqual(['one two']);
    expect(wrap('one two', 6)).toEqual(['one', 'two']);
  });

  test('keeps a word that is wider than the line', () => {
    expect(wrap('a 1234567890 b', 5)).toEqual(['a', '1234567890', 'b']);
  });

  test('counts no colours', () => {
    const red = paint(true).bad('two');
    expect(widthOf(red)).toBe(3);
    expect(wrap(`one ${red}`, 7)).toEqual([`one ${red}`]);
  });

  test('from a file cannot command the terminal', () => {
    expect(plain('a\u001b[31mb\u202ec\u0007\n')).toBe('a?[31mb?c??');
  });

  test('is cut at its end or at its start, and says so', () => {
    expect(cutEnd('a long name', 11)).toBe('a long name');
    expect(cutEnd('a long name', 7)).toBe('a long…');
    expect(cutStart('shared/vectors/odd.jsonl', 24)).toBe('shared/vectors/odd.jsonl');
    expect(cutStart('shared/vectors/odd.jsonl', 10)).toBe('…odd.jsonl');
  });

  test('is shortened in its middle', () => {
    expect(shortened('5F3sa2TJAWMqDhXG6jhV4N8ko9SxwGy8TpaNS1repo5EYjQX', 16)).toBe('5F3sa2T..o5EYjQX');
    expect(shortened('5F3sa2TJAWMqDhXG', 16)).toBe('5F3sa2TJAWMqDhXG');
  });
});

describe('a table', () => {
  test('sets numbers to the right under their titles', () => {
    expect(
      table(
        [{ title: 'uid' }, { title: 'share' }, { title: '', align: 'left' }],
        [
          ['7', '12.5%', ''],
          ['1234', '0%', 'owner'],
        ],
      ),
    ).toEqual(['   uid  share', '     7  12.5%', '  1234     0%  owner']);
  });

  test('leaves out a column without a cell', () => {
    expect(table([{ title: 'a' }, { title: 'b' }], [['1', ''], ['2']])).toEqual(['  a', '  1', '  2']);
  });

  test('wraps a last column that stands to the left', () => {
    const lines = table([{ title: 'uid' }, { title: '', align: 'left' }], [['7', 'inactive, low stake, no weights']], {
      width: 28,
    });
    expect(lines).toEqual(['  uid', '    7  inactive, low stake,', '       no weights']);
  });

  test('is as wide with colours as without', () => {
    const cells = (bad: (text: string) => string): string[] => ['1', bad('2%')];
    const columns = [{ title: 'uid' }, { title: 'cut' }];
    const bare = table(columns, [cells((text) => text)]);
    const painted = table(columns, [cells(paint(true).bad)], { colors: paint(true) });
    expect(painted.map(widthOf)).toEqual(bare.map(widthOf));
  });
});
