/** All readers, in the order in which they are fuzzed. A new one is its own file and one line here. */
import { abiReader } from './read/abi.js';
import { casesReader } from './read/cases.js';
import { gzipReader } from './read/gzip.js';
import { jsonReader } from './read/json.js';
import { snapshotReader } from './read/snapshot.js';
import { stdinReader } from './read/stdin.js';
import type { Reader } from './reader.js';

export const READERS: readonly Reader[] = [casesReader, jsonReader, gzipReader, snapshotReader, abiReader, stdinReader];
