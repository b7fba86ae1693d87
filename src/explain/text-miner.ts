/** The sections about a neuron as a miner: who weighs it, where the consensus stands, what does not count. */
import { count, percent, roughPercent } from '../text/numbers.js';
import type { Paint } from '../text/paint.js';
import { table } from '../text/table.js';
import type { Explanation, VoidedVote, VoidReason } from './explanation.js';
import type { Section } from './text.js';

/** Rows of a table before the rest is summed up. */
export const ROWS = 10;

const REASON: Readonly<Record<VoidReason, string>> = {
  permit: 'from a neuron without permit',
  diagonal: 'on itself, which only the owner may',
  outdated: 'set before the neuron registered',
  commit: 'with an open commit from before the neuron registered',
  inactive: 'from an inactive validator',
  'no stake': 'from a validator without stake that votes',
};

export function minerSections({ miner, epoch }: Explanation, colors: Paint): Section[] {
  if (miner === null) return [];
  const sections: Section[] = [];
  const { support, silent, consensus } = miner;
  if (support.length > 0) {
    const reachedAt = support.findIndex((vote) => vote.support >= epoch.kappa);
    const rows = support.map((vote, at) => [
      String(vote.uid),
      percent(vote.stake),
      percent(vote.weight),
      percent(vote.support),
      vote.cutOff === 0n ? '' : colors.bad(percent(vote.cutOff)),
      at === reachedAt ? colors.good('<- consensus') : '',
    ]);
    // The line where the consensus stands is the one to see.
    const last = Math.max(ROWS, reachedAt + 1);
    const from = reachedAt >= ROWS ? reachedAt - ROWS + 1 : 0;
    sections.push({
      title: 'Who weighs it',
      says:
        'From the largest weight down, with the stake that gives so much or more. Where that reaches ' +
        `${roughPercent(epoch.kappa)} stands the consensus, here ${roughPercent(consensus)}; what is above is cut off.`,
      table: table(
        [
          { title: 'uid' },
          { title: 'stake' },
          { title: 'weight' },
          { title: 'so much or more' },
          { title: 'cut off' },
          { title: '', align: 'left' },
        ],
        rows.slice(from, last),
        { colors },
      ),
      notes: [
        ...(from > 0 ? [`${count(from, 'larger weight')} not shown`] : []),
        ...(rows.length > last ? [`${count(rows.length - last, 'smaller weight')} not shown`] : []),
        ...(silent.validators > 0
          ? [`${count(silent.validators, 'validator')} with ${roughPercent(silent.stake)} of the stake: no weight`]
          : []),
      ],
    });
  }
  if (miner.voided.length > 0) {
    sections.push({ title: 'Weights on it that do not count', notes: voidedNotes(miner.voided, 'from') });
  }
  return sections;
}

/** A note a reason, with the first few uids. */
export function voidedNotes(voided: readonly VoidedVote[], word: 'from' | 'on'): string[] {
  const reasons = [...new Set(voided.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const uids = voided.filter((vote) => vote.reason === reason).map(({ uid }) => uid);
    return `${count(uids.length, 'weight')} ${REASON[reason]}${reason === 'diagonal' ? '' : `: ${word} ${someUids(uids)}`}`;
  });
}

/** `uid 3, 5, 9 and 12 more` */
export function someUids(uids: readonly number[], most = 6): string {
  const rest = uids.length > most ? ` and ${uids.length - most} more` : '';
  return `uid ${uids.slice(0, most).join(', ')}${rest}`;
}
