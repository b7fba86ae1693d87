/** Headlines: the few sentences a reader should take away, the most important first. */
import { alpha, count, distinctAlphas, grouped, roughPercent } from '../text/numbers.js';
import type { Explanation, MinerStory, PermitFacts, Share, ValidatorStory } from './explanation.js';

export interface Headline {
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'bad' | null;
}

const ONE: Share = 1n << 32n;

export function headlines(story: Explanation): Headline[] {
  const lines: Headline[] = [];
  const { miner, validator } = story;
  const validates = validator !== null && (story.permit.now || story.permit.next || validator.stored > 0);
  if (validates) lines.push(...validatorHeadlines(story, validator));
  // A validator is weighed by nobody, or by itself in vain; only where it mines, too, is that worth a line.
  if (miner !== null && !(validates && miner.consensus === 0n)) lines.push(...minerHeadlines(story, miner));
  if (lines.length === 0) {
    lines.push({ text: `Nobody weighs uid ${story.uid}, and it does not validate: it takes no part.`, tone: 'warn' });
  }
  if (story.epoch.paidByStake && story.emission.validator > 0n) {
    lines.push({
      text:
        'Nobody scored in this epoch: no weights agreed, so the alpha went to the validators by their stake. ' +
        `Uid ${story.uid} got ${alpha(story.emission.validator)}.`,
      tone: null,
    });
  }
  return lines;
}

function validatorHeadlines(story: Explanation, validator: ValidatorStory): Headline[] {
  const lines: Headline[] = [];
  const { uid, permit, stake, activity, epoch } = story;
  // Under Yuma2 bonds of earlier epochs still pay somebody without a vote.
  const earns = validator.dividends > 0n ? 'lives on old bonds' : 'earns no dividends';
  if (!permit.now) {
    const lost = validator.stored === 0 ? '' : `, so none of its ${count(validator.stored, 'weight')} counts`;
    const next = !permit.next
      ? `It gets none for the next one: ${whyNoPermit(story)}`
      : `It gets one for the next: ${story.isOwner ? "it is the owner's neuron" : rankOf(permit)}`;
    return [{ text: `Uid ${uid} has no validator permit in this epoch${lost}. ${next}.`, tone: 'bad' }];
  }
  if (!activity.active) {
    lines.push({
      text:
        `Uid ${uid} is inactive: its last update is ${grouped(activity.age)} blocks old, and after ` +
        `${grouped(epoch.activityCutoff)} a validator no longer counts. It does not vote and ${earns} until it sets ` +
        'weights again.',
      tone: 'bad',
    });
  } else if (stake.activeShare === 0n) {
    lines.push({ text: `Uid ${uid} does not vote and ${earns}: it has no stake that counts.`, tone: 'bad' });
  }
  if (!permit.next) {
    lines.push({ text: `Uid ${uid} loses its permit with this epoch: ${whyNoPermit(story)}.`, tone: 'bad' });
  }
  lines.push(trustHeadline(story, validator));
  if (validator.dividends > 0n || (stake.activeShare > 0n && validator.stored > 0)) {
    lines.push({
      text:
        `Its dividends are ${roughPercent(validator.dividends)} of all, with ${roughPercent(stake.activeShare)} of ` +
        `the stake that votes: ${alpha(story.emission.validator)} alpha.`,
      tone: null,
    });
  }
  return lines;
}

function trustHeadline({ uid }: Explanation, validator: ValidatorStory): Headline {
  const { stored, voided, weightSum, trust, averageTrust, above } = validator;
  if (stored === 0) return { text: `Uid ${uid} has set no weights, so its trust is 0.`, tone: 'warn' };
  if (weightSum === 0n) {
    const why = voided.length === stored ? 'All of its weights are void' : 'Its weights are all 0 or void';
    return { text: `${why}, so the trust of uid ${uid} is 0.`, tone: 'bad' };
  }
  const lost = weightSum - trust;
  const average = `The average of all validators by stake is ${roughPercent(averageTrust)}.`;
  if (lost * 1_000n < ONE) {
    return {
      text: `Uid ${uid} agrees with the others: next to none of its weights lies above the consensus. Its trust is ${roughPercent(trust)}. ${average}`,
      tone: 'good',
    };
  }
  const shown = above.slice(0, 3);
  const first = shown.map((entry) => `uid ${entry.uid} (${roughPercent(entry.gap)})`);
  const chief = first.length < 2 ? first[0] : `${first.slice(0, -1).join(', ')} and ${first.at(-1)}`;
  const part = shown.reduce((sum, { gap }) => sum + gap, 0n);
  const cause =
    part === lost ? 'All of it was on' : 2n * part > lost ? 'Most of it was on' : 'The largest parts were on';
  return {
    text:
      `The trust of uid ${uid} is ${roughPercent(trust)}: ${roughPercent(lost)} of its weight lies above the ` +
      `consensus and was cut off. ${cause} ${chief}. ${average}`,
    tone: trust * 10n < averageTrust * 9n ? 'bad' : 'warn',
  };
}

/** Why it has no permit from the next epoch on. */
function whyNoPermit({ permit, stake }: Explanation): string {
  if (stake.belowThreshold) {
    const [own, least] = distinctAlphas(stake.rao, stake.minStake);
    return `its stake, ${own}, is below the threshold of ${least}`;
  }
  if (stake.share === 0n) return 'it has no stake that counts';
  return rankOf(permit);
}

const rankOf = ({ place, permits }: PermitFacts): string =>
  `it is number ${grouped(place)} by stake, and there are ${grouped(permits)}`;

function minerHeadlines(story: Explanation, miner: MinerStory): Headline[] {
  const { uid, epoch, emission } = story;
  const { support, silent, consensus, incentive } = miner;
  if (support.length === 0) {
    const tooNew = miner.voided.some(({ reason }) => reason === 'outdated' || reason === 'commit');
    const why = tooNew
      ? `it registered ${grouped(story.registration.age)} blocks ago, and weights set before that do not count. ` +
        'It is rewarded once validators have set new ones'
      : `the weights on it are 0${miner.voided.length === 0 ? '' : ' or do not count'}`;
    return [{ text: `Nobody rewards uid ${uid}: ${why}.`, tone: 'bad' }];
  }
  const behind = support.at(-1)!.support;
  if (consensus === 0n) {
    return [
      {
        text:
          `The consensus on uid ${uid} is 0, so it earns no incentive: ${count(support.length, 'validator')} with ` +
          `${roughPercent(behind)} of the stake that votes weigh it, and it takes ${roughPercent(epoch.kappa)}. ` +
          `The other ${roughPercent(silent.stake)} give it nothing.`,
        tone: 'bad',
      },
    ];
  }
  const clipped = support.filter(({ cutOff }) => cutOff > 0n).length;
  const lost = miner.unclippedRank - miner.rank;
  const cut =
    clipped === 0
      ? 'No weight on it was cut off.'
      : `${count(clipped, 'of the weights on it was', 'of the weights on it were')} above that and cut off, ` +
        `which took ${roughPercent((lost << 32n) / miner.unclippedRank)} of the stake behind it.`;
  return [
    {
      text:
        `The incentive of uid ${uid} is ${roughPercent(incentive)}, place ${grouped(miner.place)} of ` +
        `${grouped(miner.rewarded)}: ${alpha(emission.miner)} alpha.`,
      tone: 'good',
    },
    {
      text:
        `The consensus on it is ${roughPercent(consensus)}: validators with ${roughPercent(epoch.kappa)} of the ` +
        `stake that votes give it that much or more. ${cut}`,
      tone: null,
    },
  ];
}
