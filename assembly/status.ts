/**
 * Status: how a call of the interface went, by number.
 * Room   assembly (numeric core). Documented for embedders in docs/abi.md
 */
export const OK: i32 = 0;
export const TOO_MANY_NEURONS: i32 = 1;
export const OUT_OF_MEMORY: i32 = 2;
export const NOT_PREPARED: i32 = 3;
export const UNKNOWN_RULES: i32 = 4;
export const BAD_PARAMETER: i32 = 5;
export const BAD_WEIGHT_OFFSETS: i32 = 6;
export const BAD_BOND_OFFSETS: i32 = 7;
export const ODD_COLUMNS: i32 = 8;
export const SCRATCH_TOO_SMALL: i32 = 9;
export const NO_ROOM_FOR_BONDS: i32 = 10;
export const NOT_SPLIT: i32 = 11;
export const BAD_PLACE: i32 = 12;
