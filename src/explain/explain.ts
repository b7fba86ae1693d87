/**
 * Explain: why one neuron got what it got. Reads the exact trace of the reference room and adds nothing to it but
 * sums, differences and orders.
 * Spec   docs/spec/yuma-epoch.md 3 to 11
 * Cost   one epoch of the reference, and a second one for a validator that votes
 */
import { YumaError } from '../epoch/errors.js';
import { type CheckedInput, type EpochInput, hotkeyOf } from '../epoch/input.js';
import { type EpochTrace, traceEpoch } from '../epoch/reference/epoch.js';
import { prop } from '../epoch/reference/fixed.js';
import { checkEpochInput } from '../epoch/validate.js';
import type { EpochFacts, Explanation, PermitFacts } from './explanation.js';
import { minerStory } from './miner.js';
import { validatorStory } from './validator.js';

/**
 * One neuron's story. Odd input (see `checkEpochInput`) is read leniently: what the chain makes of it is what there is
 * to explain.
 * @throws YumaError NO_SUCH_UID, and what `checkEpochInput` throws
 */
export function explainNeuron(input: EpochInput, uid: number): Explanation {
  const checked = checkEpochInput(input, { lenient: true });
  if (!(Number.isInteger(uid) && uid >= 0 && uid < checked.n)) {
    throw new YumaError('NO_SUCH_UID', { wanted: String(uid), n: checked.n });
  }
  const trace = traceEpoch(checked);
  const { currentBlock, hyperparameters } = checked;
  const registered = checked.registeredAt[uid]!;
  const updated = checked.lastUpdate[uid]!;
  const rao = trace.wholeStake[uid]!;
  return {
    uid,
    n: checked.n,
    hotkey: hotkeyOf(checked.meta, uid),
    isOwner: uid === trace.owner,
    epoch: epochFacts(checked, trace),
    registration: {
      block: registered,
      age: currentBlock - registered,
      voidsBonds: trace.horizon <= registered,
    },
    activity: { active: trace.active[uid]!, lastUpdate: updated, age: currentBlock - updated },
    stake: {
      rao,
      minStake: hyperparameters.minStake,
      belowThreshold: uid !== trace.owner && rao < hyperparameters.minStake,
      share: trace.stake[uid]!,
      activeShare: trace.activeStake[uid]!,
    },
    permit: permitFacts(checked, trace, uid),
    emission: {
      miner: trace.amounts.server[uid]!,
      validator: trace.amounts.validator[uid]!,
      stored: trace.amounts.combined[uid]!,
    },
    miner: minerStory(checked, trace, uid),
    validator: validatorStory(checked, trace, uid),
  };
}

function epochFacts(input: CheckedInput, trace: EpochTrace): EpochFacts {
  const { yuma3, liquidAlpha, kappa, bondsPenalty, activityCutoff } = input.hyperparameters;
  return {
    meta: input.meta ?? null,
    block: input.currentBlock,
    lastStep: input.lastStep,
    emission: input.emission,
    algorithm: !yuma3 ? 'Yuma2' : liquidAlpha ? 'Yuma3 with liquid alpha' : 'Yuma3',
    kappa: prop(kappa),
    bondsPenalty: prop(bondsPenalty),
    activityCutoff,
    bondStep: trace.alpha,
    paidByStake: [...trace.incentive, ...trace.dividends].every((share) => share === 0n),
  };
}

function permitFacts(input: CheckedInput, trace: EpochTrace, uid: number): PermitFacts {
  const mine = trace.stake[uid]!;
  const ahead = trace.stake.filter((share, other) => share > mine || (share === mine && other > uid));
  return {
    now: trace.permit[uid]!,
    next: trace.newPermit[uid]!,
    place: ahead.length + 1,
    permits: input.hyperparameters.maxValidators,
  };
}
