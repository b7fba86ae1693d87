/**
 * Layout: what stands where in the buffers of a batch. Kernels get these numbers as constants, under the names they have
 * here; docs/gpu.md draws the whole.
 */

/** Words of a subnet's description. */
export const SUBNET = [
  'N',
  'ROWS',
  /** The first of the rows, those whose stake votes. */
  'VOTERS',
  /** Columns of a row, padded. */
  'STRIDE',
  'FIRST_CELL',
  'FIRST_ROW',
  'FIRST_NEURON',
  'FLAGS',
  'OWNER',
  'KAPPA_LESS_ONE',
  'PENALTY',
  'ALPHA',
  'REST',
  'HORIZON_LOW',
  'HORIZON_HIGH',
  /** Block of the last registration. */
  'LATEST_LOW',
  'LATEST_HIGH',
  'EMISSION_LOW',
  'EMISSION_HIGH',
  'LEAST_ALPHA',
  'SPAN',
  'SLOPE_LOW',
  'SLOPE_HIGH',
] as const;
export type SubnetField = (typeof SUBNET)[number];
export const SUBNET_WORDS = SUBNET.length;

/** Bits of a subnet's FLAGS. */
const FLAGS = [
  'YUMA3',
  'LIQUID',
  'COMMIT_REVEAL',
  /** A voter has no row: 0 is among the weights of every column. */
  'ZERO_VOTE',
  /** One voter has all of the stake, 2^32. */
  'LONE_VOTER',
  /** Somebody has active stake. */
  'ACTIVE',
  'NO_KAPPA',
  'NO_PENALTY',
  'FULL_PENALTY',
  /** The moving average takes new bonds only, or old ones. */
  'ONLY_FRESH',
  'ONLY_OLD',
  /** Every liquid constant is 2^32. */
  'ONLY_WEIGHTS',
  'FULL_SPAN',
  'SLOPE_DOWN',
] as const;
export const FLAG = bits(FLAGS);

/** Bits by row: what `orders` holds. */
const ORDER = bits(['WEIGHTS_UNSORTED', 'BONDS_UNSORTED']);
/** Bits by subnet, for the host: what `odd` holds. UNSORTED is for the kernels alone. */
export const ODD = bits(['DUPLICATE', 'BEYOND', 'UNSORTED', 'SOME_CONSENSUS']);

/** Words of a subnet's state among the vectors. */
const STATE = ['LONE_COLUMN'] as const;

export const ITEM_WORDS = 5;
export const KNOT_WORDS = 8;

/** What each dispatch is told. The first three differ between those of a batch. */
export const TASK = [
  'list',
  'count',
  /** Workgroups in the first dimension. */
  'groups',
  // Tables.
  'subnets',
  'row_uids',
  'neuron_rows',
  'registered',
  'last_updates',
  'commits',
  'stakes',
  'active_stakes',
  'sigmoid',
  // Entries, in u16: from a column to its value.
  'weight_values',
  'bond_values',
  // Marks.
  'odd',
  'zeros',
  'whole',
  'open',
  'hidden_weights',
  'hidden_bonds',
  // Vectors.
  'states',
  'orders',
  'votes',
  'returns',
  'trusts',
  'consensus',
  'ranks',
  'incentives',
  'owners',
  // Results.
  'consensus_out',
  'incentives_out',
  'dividends_out',
  'trust_out',
  'server_out',
  'validator_out',
  'emission_out',
  'consensus_raw',
  'trust_raw',
  'incentives_raw',
  'dividends_raw',
] as const;
export type TaskField = (typeof TASK)[number];
/** Bytes between two tasks: what a dynamic offset has to be a multiple of. */
export const TASK_STRIDE = 256;

/** Columns are padded to a word of a bitmap. */
export const PADDING = 32;
export const padded = (n: number): number => Math.ceil(n / PADDING) * PADDING;
/** Entries are u16: two fill a word. */
export const even = (entries: number): number => entries + (entries % 2);

/** Rows of a bracket's item, cells of a series' item and rows of a dividends' item. */
export const BRACKET_ROWS = 64;
export const SERIES_WORDS = 64;
export const DIVIDEND_ROWS = 8;

/** Columns and threads of a column kernel's workgroup, by how many threads share a column. */
export const FORMS = [
  { lanes: 1, pairs: 64 },
  { lanes: 8, pairs: 16 },
  { lanes: 32, pairs: 4 },
] as const;
export type Lanes = (typeof FORMS)[number]['lanes'];

/** All of the above as WGSL. */
export function layoutText(): string {
  const numbers: [string, number][] = [
    ...SUBNET.map((name, at): [string, number] => [name, at]),
    ['SUBNET_WORDS', SUBNET_WORDS],
    ...Object.entries(FLAG),
    ...Object.entries(ORDER),
    ...Object.entries(ODD),
    ...STATE.map((name, at): [string, number] => [name, at]),
    ['STATE_WORDS', STATE.length],
    ['ITEM_WORDS', ITEM_WORDS],
    ['KNOT_WORDS', KNOT_WORDS],
  ];
  const constants = numbers.map(([name, value]) => `const ${name} = ${value}u;\n`);
  return `${constants.join('')}struct Task {\n${TASK.map((name) => `  ${name}: u32,\n`).join('')}}\n`;
}

export const STATE_WORDS = STATE.length;

function bits<const Name extends string>(names: readonly Name[]): { readonly [K in Name]: number } {
  return Object.fromEntries(names.map((name, at) => [name, 2 ** at])) as { readonly [K in Name]: number };
}
