/** The record of a campaign, as text for docs/verification.md. */
import { missed } from './branches/index.js';
import type { Progress } from './campaign.js';
import { LARGE_CASES } from './fuzzer.js';

/** From so many cases of the reference on every branch must have been taken. */
const ENOUGH = 20_000;

/** Branches that no case took, once there were enough cases to expect it. */
export const overdue = ({ ran, hits }: Progress): string[] => ((ran.reference ?? 0) >= ENOUGH ? missed(hits) : []);

export function recordOf(progress: Progress): string {
  const { seed, ran, hits, seconds } = progress;
  const names = Object.keys(ran).filter((name) => !name.endsWith(LARGE_CASES));
  const counts = names.map(
    (name) => `  ${name}: ${ran[name]} cases, ${ran[name + LARGE_CASES] ?? 0} of 250 or more neurons`,
  );
  const rarest = Object.entries(hits)
    .sort(([, a], [, b]) => a - b)
    .slice(0, 5)
    .map(([name, times]) => `  ${times} x ${name}`);
  const none = missed(hits).length;
  const all = Object.keys(hits).length;
  return [
    `seed ${seed}, ${Math.round(seconds)} s`,
    ...counts,
    `branches taken: ${all - none} of ${all}; the rarest:`,
    ...rarest,
  ].join('\n');
}
