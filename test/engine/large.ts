/** A subnet whose epoch takes a worker long enough to be caught at it: many milliseconds, on any machine. */
import { createHash } from 'node:crypto';
import { type EpochInput, type EpochOutput, hyperparameters, sparseRows, stakeFromRao } from '../../src/index.js';

export function largeSubnet(neurons = 2_048, validators = 64): EpochInput {
  const uids = Array.from({ length: neurons }, (_, uid) => uid);
  const isValidator = (uid: number) => uid < validators;
  const weight = (uid: number, to: number): [number, number] => [to, 1 + ((uid * 7_919 + to * 104_729) % 60_000)];
  return {
    rules: 'subtensor-425',
    n: neurons,
    currentBlock: 10_000n,
    lastStep: 9_640n,
    emission: 148_000_000_000n,
    ownerUid: 0,
    hyperparameters: hyperparameters({ commitReveal: false, liquidAlpha: true, maxValidators: validators }),
    stake: stakeFromRao(uids.map((uid) => (isValidator(uid) ? BigInt(uid + 1) * 1_000_000n : 0n))),
    lastUpdate: new BigUint64Array(neurons).fill(9_999n),
    registeredAt: new BigUint64Array(neurons),
    validatorPermit: Uint8Array.from(uids, (uid) => Number(isValidator(uid))),
    weights: sparseRows(uids.map((uid) => (isValidator(uid) ? uids.map((to) => weight(uid, to)) : []))),
    bonds: sparseRows(uids.map(() => [])),
  };
}

/** The same with the entries of every row the other way round, as the core's tiles cannot take them. */
export function withoutOrder(input: EpochInput): EpochInput {
  const columns = input.weights.columns.slice();
  const values = input.weights.values.slice();
  for (let uid = 0; uid < input.n; uid++) {
    for (const array of [columns, values]) {
      array.subarray(input.weights.offsets[uid], input.weights.offsets[uid + 1]).reverse();
    }
  }
  return { ...input, weights: { ...input.weights, columns, values } };
}

/** A digest of each array: comparing those of two large outputs takes no time, and names the field that differs. */
export function digest(output: EpochOutput): Record<string, string> {
  const { bonds, ...vectors } = output;
  const arrays = Object.entries({ ...vectors, ...bonds }).filter(([, array]) => ArrayBuffer.isView(array));
  return Object.fromEntries(
    arrays.map(([name, array]) => {
      const { buffer, byteOffset, byteLength } = array as Uint8Array;
      const bytes = new Uint8Array(buffer, byteOffset, byteLength).slice(); // of plain memory
      return [name, `${byteLength} bytes, ${createHash('sha1').update(bytes).digest('hex')}`];
    }),
  );
}
