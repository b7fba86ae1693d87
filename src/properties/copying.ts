/**
 * Copying: what a validator gains that measures nothing and sets the published consensus as its weights.
 * Measured, not proved: over made-up scenes of honest validators that see a drifting truth through noise, all of the same
 * stake. Without commit-reveal the copier knows the weights of this epoch, with it those of some epochs ago.
 */
import fc from 'fast-check';
import { type EpochInput, hyperparameters, sparseRows, stakeFromRaw } from '../epoch/index.js';
import type { Mode } from './influence.js';
import type { Run } from './property.js';

/** What happens in a made-up subnet, epoch by epoch. */
export interface Scene {
  /** Worth of each miner at the start, u16. */
  readonly worth: readonly number[];
  /** Change of each miner's worth, and error of each validator on each miner: thousandths. */
  readonly epochs: readonly { readonly drift: readonly number[]; readonly noise: readonly (readonly number[])[] }[];
}

export interface CopyingOptions {
  readonly mode: Mode;
  /** Age in epochs of the weights that the copier knows; 0 = no commit-reveal. */
  readonly delay: number;
}

const HONEST = 5;
const MINERS = 6;
const EPOCHS = 24;
const NOW = 10_000n;
const TEMPO = 360n;

/** @param drift most by which a miner's worth changes in an epoch, @param noise most error of a measurement: thousandths */
export function scenes({ drift, noise }: { drift: number; noise: number }): fc.Arbitrary<Scene> {
  const list = <T>(item: fc.Arbitrary<T>, length: number) => fc.array(item, { minLength: length, maxLength: length });
  const within = (most: number) => fc.integer({ min: -most, max: most });
  const epoch = fc.record({ drift: list(within(drift), MINERS), noise: list(list(within(noise), MINERS), HONEST) });
  return fc.record({ worth: list(fc.integer({ min: 5_000, max: 40_000 }), MINERS), epochs: list(epoch, EPOCHS) });
}

type Rows = [column: number, value: number][][];

/** Uids: the honest validators, the copier, the miners. */
const COPIER = HONEST;
const N = HONEST + 1 + MINERS;

const bounded = (value: number): number => Math.min(65_535, Math.max(1, Math.round(value)));

/** What the copier earns by validating more than the average honest validator, as a share of that: 0.01 = 1 %. */
export async function copyingGain(run: Run, scene: Scene, { mode, delay }: CopyingOptions): Promise<number> {
  let worth: readonly number[] = scene.worth;
  let bonds = sparseRows(Array.from({ length: N }, () => []));
  const published: Rows = [];
  const earned = new Array<bigint>(HONEST + 1).fill(0n);
  for (const [epoch, { drift, noise }] of scene.epochs.entries()) {
    worth = worth.map((value, miner) => bounded(value * (1 + drift[miner]! / 1_000)));
    const honest: Rows = noise.map((errors) =>
      errors.map((error, miner) => [COPIER + 1 + miner, bounded(worth[miner]! * (1 + error / 1_000))]),
    );
    const seen = await run(epochOf(epoch, [...honest, []], bonds, mode));
    published.push(
      Array.from(seen.consensus, (value, uid): [number, number] => [uid, value]).filter(([, value]) => value > 0),
    );
    const copied = published[Math.max(0, epoch - delay)]!; // all start with an epoch of their own
    const output = await run(epochOf(epoch, [...honest, copied], bonds, mode));
    bonds = output.bonds;
    if (epoch >= delay) for (const uid of earned.keys()) earned[uid]! += output.validatorEmission[uid]!;
  }
  const honestly = earned.slice(0, HONEST).reduce((sum, amount) => sum + amount, 0n);
  return (Number(earned[COPIER]) * HONEST) / Number(honestly) - 1;
}

function epochOf(epoch: number, rows: Rows, bonds: EpochInput['bonds'], mode: Mode): EpochInput {
  const currentBlock = NOW + BigInt(epoch) * TEMPO;
  const validates = (uid: number): boolean => uid <= COPIER;
  const neurons = Array.from({ length: N }, (_, uid) => uid);
  return {
    rules: 'subtensor-425',
    n: N,
    currentBlock,
    lastStep: currentBlock - TEMPO,
    emission: 148_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ commitReveal: false, yuma3: mode !== 'yuma2', liquidAlpha: mode === 'liquid' }),
    stake: stakeFromRaw(neurons.map((uid) => (validates(uid) ? (10n ** 15n) << 64n : 0n))),
    lastUpdate: BigUint64Array.from(neurons, () => currentBlock),
    registeredAt: new BigUint64Array(N),
    validatorPermit: Uint8Array.from(neurons, (uid) => Number(validates(uid))),
    weights: sparseRows(neurons.map((uid) => rows[uid] ?? [])),
    bonds,
  };
}
