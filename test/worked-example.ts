/** The worked example of the specification (16), Yuma3: three validators and two miners. */

import { hyperparameters } from '../src/epoch/hyperparameters.js';
import { type EpochInput, NO_COMMIT, sparseRows, stakeFromRao } from '../src/epoch/input.js';

export const WORKED_EXAMPLE: EpochInput = {
  rules: 'subtensor-425',
  n: 5,
  currentBlock: 10_000n,
  lastStep: 9_639n, // so that the horizon is 9640
  emission: 148_000_000_000n,
  ownerUid: null,
  hyperparameters: hyperparameters({ minStake: 1_000n }),
  stake: stakeFromRao([600_000n, 300_000n, 100_000n, 0n, 0n]),
  lastUpdate: BigUint64Array.of(9_900n, 9_900n, 9_900n, 9_000n, 9_000n),
  registeredAt: BigUint64Array.of(100n, 100n, 100n, 100n, 9_700n),
  validatorPermit: Uint8Array.of(1, 1, 1, 0, 0),
  commitBlock: new BigUint64Array(5).fill(NO_COMMIT),
  weights: sparseRows([
    [
      [3, 65_535],
      [4, 32_768],
    ],
    [
      [4, 65_535],
      [3, 13_107],
    ],
    [
      [3, 40_000],
      [2, 65_535],
    ],
    [],
    [],
  ]),
  bonds: sparseRows([
    [
      [3, 65_535],
      [4, 30_000],
    ],
    [
      [4, 65_535],
      [3, 20_000],
    ],
    [[3, 5_000]],
    [],
    [],
  ]),
};
