/**
 * File: a map as JSON Lines. The first line is the plan, then comes a line a point, in the order of the map.
 * State  a point is written as soon as it is finished, so a run that was stopped, by whatever, has lost none; what
 *        may be left of a half-written line is dropped when the file is taken up again
 */
import { open, readFile, stat } from 'node:fs/promises';
import { fileFault } from '../formats/file-fault.js';
import { RULES, YumaError } from '../index.js';
import type { CollusionCell, CollusionMap } from './map.js';
import { type CollusionPlan, collusionPlan } from './plan.js';
import { estimate } from './statistics.js';

const FORMAT = 1;

/** The first line, without its break: what the map depends on. */
export const planLine = (plan: CollusionPlan): string =>
  JSON.stringify({ map: 'collusion', format: FORMAT, rules: RULES[0], plan });

/** The line of a point, without its break. */
export function cellLine(cell: CollusionCell): string {
  const { stake, honestUtility, cabalSelfWeight, mean, deviation, low, high, shares } = cell;
  return JSON.stringify({ stake, honestUtility, cabalSelfWeight, mean, deviation, low, high, shares });
}

export interface MapFile {
  /** Points that stood in the file already. */
  readonly known: readonly CollusionCell[];
  /** Writes the next point. @throws YumaError UNWRITABLE */
  add(cell: CollusionCell): Promise<void>;
  close(): Promise<void>;
}

/**
 * Begins a file, or with `resume` goes on with it where it is there.
 * @throws YumaError UNWRITABLE, also for a file that is there already; UNREADABLE for one that is no map, or that of
 *         another plan
 */
export async function openMapFile(
  path: string,
  plan: CollusionPlan,
  { resume = false }: { readonly resume?: boolean } = {},
): Promise<MapFile> {
  const before = resume ? await contents(path) : null;
  const { known, length } = before === null || before === '' ? NOTHING : parsed(path, before, plan);
  const file = await writing(path, () => open(path, before === null ? 'ax' : 'a'));
  const write = async (line: string): Promise<void> => {
    await writing(path, () => file.appendFile(`${line}\n`));
  };
  try {
    if (before !== null) await writing(path, () => file.truncate(length));
    if (length === 0) await write(planLine(plan));
  } catch (fault) {
    await file.close();
    throw fault;
  }
  return { known, add: (cell) => write(cellLine(cell)), close: () => file.close() };
}

/** A map from its file, finished or not. @throws YumaError UNREADABLE */
export async function readCollusionMap(path: string): Promise<CollusionMap> {
  const text = await contents(path);
  if (text === null) throw unreadable(path, 'there is no such file or folder');
  const plan = planOf(path, text);
  return { plan, cells: parsed(path, text, plan).known };
}

interface Parsed {
  readonly known: readonly CollusionCell[];
  /** Bytes of the whole lines. */
  readonly length: number;
}

const NOTHING: Parsed = { known: [], length: 0 };

/** A last line without its break was not written to its end, and does not count. */
function parsed(path: string, text: string, plan: CollusionPlan): Parsed {
  const [head, ...lines] = text.split('\n').slice(0, -1);
  if (head === undefined) {
    if (planLine(plan).startsWith(text)) return NOTHING;
    throw unreadable(path, 'it is no collusion map', 1);
  }
  if (head !== planLine(plan)) throw unreadable(path, otherPlan(planOf(path, text), plan), 1);
  const known = lines.map((line, at) => cellOf(line) ?? fail(path, at + 2));
  return { known, length: Buffer.byteLength([head, ...lines, ''].join('\n')) };
}

function fail(path: string, line: number): never {
  throw unreadable(path, 'it is no point of a collusion map', line);
}

function planOf(path: string, text: string): CollusionPlan {
  const [line] = text.split('\n', 1);
  try {
    const { plan } = JSON.parse(line!) as { plan: CollusionPlan };
    if (planLine(collusionPlan(plan)) === line) return plan;
  } catch {} // said below
  throw unreadable(path, 'it is no collusion map', 1);
}

function otherPlan(there: CollusionPlan, wanted: CollusionPlan): string {
  const names = Object.keys(wanted) as (keyof CollusionPlan)[];
  const differing = names.filter((name) => JSON.stringify(there[name]) !== JSON.stringify(wanted[name]));
  return `it is the map of another plan (${differing.join(', ')} differ); resume it with the same options`;
}

/** `null`: no line that we would write. */
function cellOf(line: string): CollusionCell | null {
  try {
    const { stake, honestUtility, cabalSelfWeight, shares } = JSON.parse(line) as CollusionCell;
    const cell = { stake, honestUtility, cabalSelfWeight, shares, ...estimate(shares) };
    return cellLine(cell) === line ? cell : null;
  } catch {
    return null;
  }
}

/** `null`: there is no such file. */
async function contents(path: string): Promise<string | null> {
  try {
    if (!(await stat(path)).isFile()) throw unreadable(path, 'it is no file');
    return await readFile(path, 'utf8');
  } catch (fault) {
    if (fault instanceof YumaError) throw fault;
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw unreadable(path, fileFault(fault), undefined, fault);
  }
}

async function writing<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (fault) {
    const exists = fault instanceof Error && 'code' in fault && fault.code === 'EEXIST';
    const reason = exists ? 'it is there already; resume it, or name another file' : fileFault(fault);
    throw new YumaError('UNWRITABLE', { file: path, reason }, { cause: fault });
  }
}

const unreadable = (file: string, reason: string, line?: number, cause?: unknown): YumaError =>
  new YumaError('UNREADABLE', { file, line, reason }, { cause });
