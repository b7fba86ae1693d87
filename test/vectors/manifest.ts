/**
 * The golden vectors: every file and how many cases it holds (test/vectors/data/README.md). Fewer is a failure, and so
 * is a file that is not in here.
 */
import { fileURLToPath } from 'node:url';

/** Files of complete epochs. */
export const CASE_FILES = {
  'boundary.jsonl.gz': 360,
  'collusion.jsonl.gz': 54,
  'fuzz-small.jsonl.gz': 300,
  'handmade.jsonl.gz': 422,
  'medium.jsonl.gz': 8,
  'odd.jsonl.gz': 78,
  'random.jsonl.gz': 360,
  'sequences.jsonl.gz': 140,
} as const;

/** Lines of math.jsonl.gz, single operations. */
export const MATH_OPERATIONS = 40_675;

/** Complete epochs of a real subnet, in the folder that YUMA_DATA names. */
export const DATA_FILES = {
  'sn31-yuma2.jsonl.gz': 100,
  'sn31-yuma3-liquid.jsonl.gz': 100,
  'sn31-yuma3.jsonl.gz': 100,
} as const;

/** Path of a file of the golden vectors. */
export const vectorFile = (name: string): string => fileURLToPath(new URL(`data/${name}`, import.meta.url));
