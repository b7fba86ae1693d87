/** Says in plain words why the system refused a file. */
import { printable } from './describe.js';

const REASON: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  EIO: 'the device reports an error',
};

export function fileFault(fault: unknown): string {
  if (!(fault instanceof Error)) return printable(String(fault));
  const code = 'code' in fault ? String(fault.code) : '';
  return REASON[code] ?? printable(fault.message);
}
