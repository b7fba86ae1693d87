/** Material for the tests of the comparison: results of three neurons, all zero but two bonds. */
import { sparseRows } from '../../src/epoch/input.js';
import type { EpochOutput } from '../../src/epoch/output.js';

/** New vectors every time, to be changed at will. */
export function outputOf(): EpochOutput {
  return { n: 3, stake: new BigUint64Array(3), ...outOf(), intermediates: midOf() };
}

export const expectedOf = () => ({ out: outOf(), mid: midOf() });

function outOf() {
  return {
    active: new Uint8Array(3),
    stakeWeight: new Uint16Array(3),
    consensus: new Uint16Array(3),
    incentive: new Uint16Array(3),
    dividends: new Uint16Array(3),
    validatorTrust: new Uint16Array(3),
    serverEmission: new BigUint64Array(3),
    validatorEmission: new BigUint64Array(3),
    emission: new BigUint64Array(3),
    newValidatorPermit: new Uint8Array(3),
    bonds: sparseRows([
      [],
      [
        [0, 5],
        [2, 6],
      ],
      [],
    ]),
  };
}

function midOf() {
  return {
    stake: new BigInt64Array(3),
    activeStake: new BigInt64Array(3),
    consensus: new BigInt64Array(3),
    validatorTrust: new BigInt64Array(3),
    incentive: new BigInt64Array(3),
    dividends: new BigInt64Array(3),
  };
}
