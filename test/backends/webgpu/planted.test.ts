/** Faults planted in the kernels: the golden vectors, or the directed inputs, find each of them. */
import { expect, test, vi } from 'vitest';
import { createReferenceBackend } from '../../../src/backends/reference.js';
import type { TEXTS } from '../../../src/backends/webgpu/built/texts.js';
import type { CheckedInput } from '../../../src/epoch/input.js';
import { checkEpochInput } from '../../../src/epoch/validate.js';
import { type ExpectedCase, readCases } from '../../../src/formats/index.js';
import { compareOutput } from '../../../src/verify/index.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { vectorFile } from '../../vectors/manifest.js';
import { DIRECTED } from './directed.js';

const PATH = '../../../src/backends/webgpu/built/texts.js';
const FILES = ['boundary', 'handmade', 'random', 'sequences', 'odd'];

interface Fault {
  readonly file: keyof typeof TEXTS;
  readonly right: string;
  readonly wrong: string;
}

const FAULTS: Record<string, Fault> = {
  'G(x) < kappa off by one': { file: 'consensus', right: 'above <= vec2u(most)', wrong: 'above < vec2u(most)' },
  'G(0) < kappa off by one': { file: 'consensus', right: 'held <= vec2u(most)', wrong: 'held < vec2u(most)' },
  '2^32 - 1 taken for 2^32 in an incentive': {
    file: 'incentive',
    right: 'if (share.y != 0u)',
    wrong: 'if (share.y != 0u || share.x == ONE)',
  },
  '2^32 - 1 taken for 2^32 in a bond': {
    file: 'yuma3',
    right: 'return low == 0u && marked(task.whole, cell);',
    wrong: 'return low == ONE || (low == 0u && marked(task.whole, cell));',
  },
  '2^32 taken for 2^32 - 1 in a product': {
    file: 'fixed',
    right: 'mul_high(k, code) + u32(code == ONE && k != 0u)',
    wrong: 'mul_high(k, code)',
  },
  'a product rounded to the nearest': { file: 'fixed', right: '(al * bl) >> 16u', wrong: '(al * bl + 32768u) >> 16u' },
  'a reciprocal one too small': {
    file: 'fixed',
    right: 'vec2u(u32(!is_zero64(rest)), 0u)',
    wrong: 'vec2u(0u)',
  },
  'u16 rounded up': { file: 'fixed', right: '(x >> 16u) - u32((x << 16u) < x)', wrong: '(x >> 16u)' },
  'the block of a registration does not void': {
    file: 'rows',
    right: 'return less64(table64(by.first + 2u * column), by.limit);',
    wrong: 'return !less64(by.limit, table64(by.first + 2u * column));',
  },
  'the last registration does not void': {
    file: 'rows',
    right: 'less64(latest, limit))',
    wrong: '!less64(limit, latest))',
  },
  'a commit voids weights of its own block': {
    file: 'weights',
    right: 'return add64(commit, vec2u(1u, 0u));',
    wrong: 'return commit;',
  },
  'bonds within the horizon are void, too': {
    file: 'horizon',
    right: 'if (column < n && is_before(column, registrations))',
    wrong: 'if (column < n && !is_before(column, registrations))',
  },
  'zero is a weight of every column': { file: 'consensus', right: '(columns.flags & ZERO_VOTE) != 0u', wrong: 'true' },
  'nobody without a row votes': { file: 'consensus', right: '(columns.flags & ZERO_VOTE) != 0u', wrong: 'false' },
  'votes not normalised again': { file: 'votes', right: 'share_of(stake, total, by)', wrong: 'stake' },
  'bonds whose u16 is 0 are dropped': { file: 'yuma3', right: 'mark(task.zeros, cell);', wrong: '' },
  'the penalty rounds up': { file: 'penalty', right: 'mul_code_up(ratio, excess)', wrong: 'mul_code(ratio, excess)' },
  'the cursor finds everything': { file: 'cursor', right: 'after < reached', wrong: 'false' },
  'an explicit zero is no entry': {
    file: 'weights',
    right: 'select(weight, zero, v == 0u)',
    wrong: 'select(weight, 0u, v == 0u)',
  },
  'the emission is the sum of its parts': {
    file: 'emission',
    right: 'long_quotient(add64(incentive, dividends), total)',
    wrong: 'add64(server, validator)',
  },
};

await describeOnGpu('a planted fault is found', MAIN_ADAPTERS, (adapter) => {
  test.each(Object.entries(FAULTS))('%s', async (_, { file, right, wrong }) => {
    const cases = await loaded();
    vi.resetModules();
    vi.doMock(PATH, async (original) => {
      const { TEXTS: texts } = await original<{ TEXTS: typeof TEXTS }>();
      expect(texts[file].split(right)).toHaveLength(2);
      return { TEXTS: { ...texts, [file]: texts[file].replace(right, wrong) } };
    });
    const { openBackend } = await import('./backend.js');
    const backend = await openBackend(adapter);
    const outputs = await backend.run(
      cases.map(({ input }) => input),
      { intermediates: true },
    );
    const wrongs = outputs.filter((output, index) => compareOutput(output, cases[index]!.expected) !== null);
    expect(wrongs.length).toBeGreaterThan(0);
    await backend.close();
    vi.doUnmock(PATH);
  });
});

interface Case {
  readonly input: CheckedInput;
  readonly expected: ExpectedCase;
}

let kept: Case[] | undefined;

async function loaded(): Promise<Case[]> {
  if (kept !== undefined) return kept;
  kept = [];
  for (const file of FILES) {
    for await (const { input, expected } of readCases(vectorFile(`${file}.jsonl.gz`))) {
      kept.push({ input: checkEpochInput(input, { lenient: true }), expected: expected! });
    }
  }
  const reference = createReferenceBackend();
  for (const directed of Object.values(DIRECTED)) {
    const input = checkEpochInput(directed);
    const [out] = await reference.run([input], { intermediates: true });
    kept.push({ input, expected: { out: out!, mid: out!.intermediates! } });
  }
  return kept;
}
