/**
 * Group: the four columns at hand, one a lane. The stages read and write its arrays, whoever filled them: a tile of
 * full rows (tile.ts), or the entries of single columns (cells.ts).
 * Room   assembly (numeric core)
 * Layout a slot is a row of the tile, or the k-th entry of each column. By slot: weights (v128, less 2^31), shares and
 *        stakes of its row (v128), stored bonds (four u16), which lanes have a weight, be it 0 (u8); results: averaged
 *        bonds (v128), column shares (v128), stored form (four u16)
 */

/** Slots of voters, slots with weights, all slots; where lanes belong to different rows these are the same. */
export let voting: i32 = 0;
export let weighing: i32 = 0;
export let count: i32 = 0;
export let weights: usize = 0;
export let shares: usize = 0;
export let stakes: usize = 0;
export let bonds: usize = 0;
export let present: usize = 0;
export let bondsOut: usize = 0;
export let sharesOut: usize = 0;
export let stored: usize = 0;

export function setSlots(voters: i32, weighers: i32, all: i32): void {
  voting = voters;
  weighing = weighers;
  count = all;
}

/** Whose stakes and shares the slots have. */
export function setStakes(stakesAt: usize, sharesAt: usize): void {
  stakes = stakesAt;
  shares = sharesAt;
}

export function setInputs(weightsAt: usize, bondsAt: usize, presentAt: usize): void {
  weights = weightsAt;
  bonds = bondsAt;
  present = presentAt;
}

export function setResults(bondsOutAt: usize, storedAt: usize, sharesOutAt: usize): void {
  bondsOut = bondsOutAt;
  stored = storedAt;
  sharesOut = sharesOutAt;
}
