/**
 * Results: the scores as u16, and the averaged bonds of those who hold a permit from now on.
 * Room   assembly (numeric core). In src/epoch/reference/ they are made in epoch.ts
 * Spec   docs/spec/yuma-epoch.md 11
 */
import { Fixed } from './fixed';
import * as at from './layout';

export function storeScores(n: i32): void {
  storeU16(n, at.stake, at.stakeWeightOut);
  storeU16(n, at.consensus, at.consensusOut);
  storeU16(n, at.incentive, at.incentiveOut);
  storeU16(n, at.dividends, at.dividendsOut);
  storeU16(n, at.trust, at.trustOut);
}

function storeU16(n: i32, raw: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    store<u16>(out + ((<usize>i) << 1), <u16>Fixed.toU16(load<i64>(raw + ((<usize>i) << 3))));
  }
}

/** Rows of those who hold a permit from now on, u16 values of 0 included; all other rows become empty (spec 11). */
export function storeBonds(n: i32): void {
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(at.bondsOutOffsets + ((<usize>i) << 2), end);
    if (load<u8>(at.newPermit + i) === 0) continue;
    const stop = load<u32>(at.emaOffsets + ((<usize>i) << 2), 4);
    for (let k = load<u32>(at.emaOffsets + ((<usize>i) << 2)); k < stop; k++) {
      store<u16>(at.bondsOutColumns + ((<usize>end) << 1), load<u16>(at.emaColumns + ((<usize>k) << 1)));
      store<u16>(
        at.bondsOutValues + ((<usize>end) << 1),
        <u16>Fixed.toU16(load<i64>(at.emaValues + ((<usize>k) << 3))),
      );
      end += 1;
    }
  }
  store<u32>(at.bondsOutOffsets + ((<usize>n) << 2), end);
}
