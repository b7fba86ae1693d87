/** Seeds: valid inputs that the mutations start from. */
import { runEpoch } from '#yuma/epoch/reference/epoch.js';
import { type Case, formatCase } from '#yuma/formats/index.js';
import { drawCase } from '../../draw/case.js';
import { type Tree, treeOf } from './json.js';

const SEEDS = 32;
/** Small ones are as good, and quick. */
const MOST_NEURONS = 6;

const META = [
  undefined,
  { netuid: 31, hotkeys: ['5F', 'ä'], blockHash: '0x00' },
  { note: { deep: [1, 0.5, null, [true]] }, large: 12_345_678_901_234_567_890n },
];

/** Cases as a reader gives them, some with meta, some with the results expected. */
export const SEED_CASES: readonly Case[] = Array.from({ length: 40 * SEEDS }, (_, index) => drawCase(7, index))
  .filter(({ input }) => input.n <= MOST_NEURONS)
  .slice(0, SEEDS)
  .map(({ given, input, index }) => {
    const out = index % 2 === 0 ? runEpoch(input, { intermediates: true }) : undefined;
    const meta = META[index % META.length];
    return {
      name: `seed/${index}`,
      input: meta === undefined ? given : { ...given, meta },
      expected: out && { out, mid: out.intermediates },
    };
  });

export const SEED_LINES: readonly string[] = SEED_CASES.map(formatCase);
export const SEED_TREES: readonly Tree[] = SEED_LINES.map((line) => treeOf(JSON.parse(line)));
