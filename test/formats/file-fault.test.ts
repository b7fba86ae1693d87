/** The words for what the system says of a file, for the faults that no test can bring about as well. */
import { expect, test } from 'vitest';
import { fileFault } from '../../src/formats/file-fault.js';

test.each([
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EISDIR', 'it is a folder, not a file'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['ELOOP', 'its symbolic links lead in a circle'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the file system is read-only'],
  ['EMFILE', 'too many files are open'],
  ['EIO', 'the device reports an error'],
])('%s: %s', (code, words) => {
  expect(fileFault(Object.assign(new Error('x'), { code }))).toBe(words);
});

test('another fault keeps its own words, cut short', () => {
  expect(fileFault(new Error('of its own'))).toBe('of its own');
  expect(fileFault(Object.assign(new Error('strange'), { code: 'ESTRANGE' }))).toBe('strange');
  expect(fileFault(new Error('x'.repeat(100)))).toBe(`${'x'.repeat(60)}...`);
  expect(fileFault('a text that was thrown')).toBe('a text that was thrown');
  expect(fileFault(undefined)).toBe('undefined');
});
