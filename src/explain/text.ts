/**
 * Text: an explanation in words, the most important thing first. Numbers are rounded here and nowhere before.
 * Takes  a terminal's width (tables need some 70 columns) and whether it shows colours
 */
import { alpha, distinctAlphas, grouped, roughPercent } from '../text/numbers.js';
import { paint } from '../text/paint.js';
import { plain, wrap } from '../text/wrap.js';
import type { Explanation } from './explanation.js';
import { headlines } from './headlines.js';
import { minerSections } from './text-miner.js';
import { validatorSections } from './text-validator.js';

export interface TextOptions {
  readonly color?: boolean | undefined;
  /** Columns; default 80. */
  readonly width?: number | undefined;
  /** What the epoch is called; default its netuid. */
  readonly name?: string | undefined;
}

/** A part of the text under a title of its own. */
export interface Section {
  readonly title: string;
  /** Wrapped to the width, before the lines. */
  readonly says?: string | undefined;
  /** Printed as they are. */
  readonly table?: readonly string[] | undefined;
  /** Wrapped, a line each. */
  readonly notes?: readonly string[] | undefined;
}

/** Lines, each ended by a line feed. */
export function explanationText(story: Explanation, options: TextOptions = {}): string {
  const { color = false, width = 80 } = options;
  const colors = paint(color);
  const lines = [colors.title(heading(story, options.name)), ...wrap(circumstances(story), width).map(colors.faint)];
  for (const { text, tone } of headlines(story)) {
    lines.push('', ...wrap(text, width).map((line) => (tone === null ? line : colors[tone](line))));
  }
  const validator = validatorSections(story, colors);
  const miner = minerSections(story, colors);
  const sections = story.validator?.dividends || story.permit.now ? [...validator, ...miner] : [...miner, ...validator];
  for (const { title, says, table, notes } of [...sections, status(story, width)]) {
    lines.push('', colors.title(title));
    if (says !== undefined) lines.push(...wrap(says, width, 2));
    lines.push(...(table ?? []));
    for (const note of notes ?? []) lines.push(...hanging('  ', note, width));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function heading({ uid, epoch, hotkey }: Explanation, name: string | undefined): string {
  const where = name ?? (epoch.meta?.netuid === undefined ? null : `netuid ${epoch.meta.netuid}`);
  const who = hotkey === null ? `uid ${uid}` : `uid ${uid} (${plain(hotkey)})`;
  return where === null ? who : `${plain(where)}: ${who}`;
}

function circumstances({ epoch, n, isOwner }: Explanation): string {
  const facts = [
    `block ${grouped(epoch.block)}`,
    `${grouped(n)} neurons`,
    epoch.algorithm,
    `kappa ${roughPercent(epoch.kappa)}`,
    `${alpha(epoch.emission)} alpha to hand out`,
  ];
  return `${facts.join(', ')}${isOwner ? "; this is the owner's neuron" : ''}`;
}

/** A label or a margin, and behind it a text that stays behind it on all of its lines. */
function hanging(label: string, text: string, width: number): string[] {
  const [first, ...rest] = wrap(text, width, label.length);
  return [label + first!.trimStart(), ...rest];
}

function status(story: Explanation, width: number): Section {
  const { stake, permit, activity, registration, emission, epoch } = story;
  const { share, activeShare, belowThreshold } = stake;
  const needsLeast = belowThreshold || (story.isOwner && stake.rao < stake.minStake);
  const [own, least] = distinctAlphas(stake.rao, needsLeast ? stake.minStake : 0n);
  const facts: readonly (readonly [string, string])[] = [
    [
      'stake weight',
      belowThreshold
        ? `${own}, below the threshold of ${least}: counts as none`
        : `${own}, ${roughPercent(share)} of all, ${roughPercent(activeShare)} of what votes`,
    ],
    ...(needsLeast && !belowThreshold ? [['', `the owner is exempt from the threshold of ${least}`] as const] : []),
    [
      'permit',
      `${permit.now ? 'yes' : 'no'}; next epoch ${permit.next ? 'yes' : 'no'} ` +
        `(place ${grouped(permit.place)} by stake, ${grouped(permit.permits)} permits)`,
    ],
    [
      'active',
      `${activity.active ? 'yes' : 'no'}; last update ${blocks(activity.age)} ago, ` +
        `the cutoff is ${grouped(epoch.activityCutoff)}${permit.now ? '' : ' (matters to validators)'}`,
    ],
    ['registered', `block ${grouped(registration.block)}, ${blocks(registration.age)} ago`],
    ['for mining', `${alpha(emission.miner, 9)} alpha`],
    ['for validating', `${alpha(emission.validator, 9)} alpha`],
  ];
  return { title: 'Status', table: facts.flatMap(([name, value]) => hanging(`  ${name.padEnd(16)}`, value, width)) };
}

export const blocks = (count: bigint): string => `${grouped(count)} ${count === 1n ? 'block' : 'blocks'}`;
