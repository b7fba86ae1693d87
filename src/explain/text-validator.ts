/** The sections about a neuron as a validator: what cost it trust, what the consensus would have brought, its bonds. */
import { alpha, count, percent, roughPercent } from '../text/numbers.js';
import type { Paint } from '../text/paint.js';
import { table } from '../text/table.js';
import type { Comparison, Explanation, Share, ValidatorStory } from './explanation.js';
import type { Section } from './text.js';
import { ROWS, someUids, voidedNotes } from './text-miner.js';

export function validatorSections(story: Explanation, colors: Paint): Section[] {
  const { validator } = story;
  if (validator === null) return [];
  const sections: Section[] = [];
  const lost = validator.weightSum - validator.trust;
  if (lost > 0n) sections.push(aboveSection(validator.above, lost, colors));
  if (lost > 0n && validator.below.length > 0) sections.push(belowSection(validator, colors));
  if (validator.withConsensus !== null && lost > 0n) sections.push(alternativeSection(story, validator));
  if (validator.bonds.length > 0) sections.push(bondSection(story, validator, colors));
  if (validator.voided.length > 0) {
    sections.push({ title: 'Its weights that do not count', notes: voidedNotes(validator.voided, 'on') });
  }
  if (validator.voidedBonds.length > 0) {
    sections.push({
      title: 'Its bonds that do not count',
      notes: [
        `${count(validator.voidedBonds.length, 'bond')} in neurons registered since the last epoch: ` +
          someUids(validator.voidedBonds),
      ],
    });
  }
  return sections;
}

function aboveSection(above: readonly Comparison[], lost: Share, colors: Paint): Section {
  const shown = above.slice(0, ROWS);
  const rest = above.slice(ROWS).reduce((sum, { gap }) => sum + gap, 0n);
  const rows = shown.map(({ uid, weight, consensus, gap }) => [
    String(uid),
    percent(weight),
    percent(consensus),
    colors.bad(percent(gap)),
    percent((gap << 32n) / lost, 1),
  ]);
  return {
    title: 'What cost it trust',
    says:
      'A weight counts up to the consensus on that neuron, which is what validators with the majority of the stake ' +
      'give it or more. What is above is cut off and missing from the trust.',
    table: table(
      [
        { title: 'uid' },
        { title: 'its weight' },
        { title: 'consensus' },
        { title: 'cut off' },
        { title: 'of the loss' },
      ],
      rows,
      { colors },
    ),
    notes: rest > 0n ? [`${count(above.length - ROWS, 'more neuron')}: ${percent(rest)} cut off`] : [],
  };
}

function belowSection({ below, voided }: ValidatorStory, colors: Paint): Section {
  const isVoid = new Set(voided.map(({ uid }) => uid));
  const rows = below
    .slice(0, ROWS / 2)
    .map(({ uid, weight, consensus, gap }) => [
      String(uid),
      percent(weight),
      percent(consensus),
      colors.good(percent(gap)),
      isVoid.has(uid) ? 'its weight is void, see below' : '',
    ]);
  const room = below.reduce((sum, { gap }) => sum + gap, 0n);
  return {
    title: 'Where its weight would have counted',
    says: `The others give ${count(below.length, 'neuron')} more than it does; there is room for ${roughPercent(room)}.`,
    table: table(
      [
        { title: 'uid' },
        { title: 'its weight' },
        { title: 'consensus' },
        { title: 'room' },
        { title: '', align: 'left' },
      ],
      rows,
      { colors },
    ),
  };
}

function alternativeSection({ emission, epoch }: Explanation, validator: ValidatorStory): Section {
  const other = validator.withConsensus!;
  const gain = other.emission - emission.validator;
  const change = gain >= 0n ? `${alpha(gain)} more` : `${alpha(-gain)} less`;
  const pace =
    epoch.bondStep === null
      ? 'Bonds follow the weights at a pace of their own for each pair, so the effect grows over some epochs.'
      : `Bonds take over ${roughPercent(epoch.bondStep)} of the new weights an epoch, so the effect grows over some epochs.`;
  return {
    title: 'Had it handed in the consensus',
    says:
      `The same epoch, computed again with the consensus as its weights and all else as it was: trust ` +
      `${roughPercent(other.trust)} instead of ${roughPercent(validator.trust)}, dividends ` +
      `${roughPercent(other.dividends)} instead of ${roughPercent(validator.dividends)}, that is ` +
      `${alpha(other.emission)} alpha, ${change}. ${pace}`,
  };
}

function bondSection({ epoch, permit }: Explanation, validator: ValidatorStory, colors: Paint): Section {
  const shown = validator.bonds.slice(0, ROWS);
  const rest = validator.bonds.slice(ROWS).reduce((sum, { part }) => sum + part, 0n);
  const earns = validator.dividends > 0n;
  const ownStake = epoch.algorithm === 'Yuma2' ? '' : ', times its own stake';
  const dropped = permit.next ? '' : 'Without a permit for the next epoch they are dropped.';
  const rows = shown.map(({ uid, before, share, incentive, part }) => [
    String(uid),
    before === null ? 'none' : percent(before),
    percent(share),
    percent(incentive),
    earns ? colors.good(percent(part, 2)) : '',
  ]);
  return {
    title: earns ? 'Its bonds, and where its dividends come from' : 'Its bonds',
    says: earns
      ? `Its share of all bonds in a neuron, times the incentive of that neuron${ownStake}. ${dropped}`.trimEnd()
      : `Its share of all bonds in a neuron. They return nothing to it in this epoch. ${dropped}`.trimEnd(),
    table: table(
      [
        { title: 'uid' },
        { title: 'bond before' },
        { title: 'share of bonds' },
        { title: 'incentive' },
        { title: 'of its dividends' }, // left out where it has none
      ],
      rows,
      { colors },
    ),
    notes:
      validator.bonds.length > ROWS
        ? [
            `${count(validator.bonds.length - ROWS, 'more bond')}` +
              (earns ? `: ${percent(rest, 2)} of its dividends` : ''),
          ]
        : [],
  };
}
