/** An epoch is a pure function, and all implementations are the same one. */
import { checkEpochInput, type EpochInput, NO_COMMIT } from '../epoch/index.js';
import { runEpoch } from '../reference.js';
import { AMOUNTS, difference, excepting } from './change.js';
import { type Given, type Property, pick } from './property.js';

export const pure: Property = {
  name: 'pure',
  family: 'function',
  statement: 'An epoch is a pure function: run again it gives the same, and it never writes to its input.',
  formula: 'f(x) = f(x), x = x before',
  spec: '1',
  requires: [],
  check: async ({ input }, run) => {
    const kept = structuredClone(input);
    const first = await run(input);
    const changed = changedField(input, kept);
    if (changed !== undefined) return `${changed} of the input was written to`;
    return difference(await run(kept), first);
  },
};

export const specified: Property = {
  name: 'specified',
  family: 'function',
  statement: 'Every implementation gives the results of the executable spec, bit for bit.',
  formula: 'f(x) = reference(x)',
  spec: '2 to 11',
  requires: [],
  check: async ({ input }, run) =>
    difference(await run(input), runEpoch(checkEpochInput(input, { lenient: true }), { intermediates: true })),
};

export const unread: Property = {
  name: 'unread',
  family: 'function',
  statement: 'What the mode of a subnet does not read changes nothing.',
  formula:
    'without commitReveal: commitBlock; with lastStep > 0: tempo; without yuma3: liquidAlpha; ' +
    'without yuma3 and liquidAlpha: alphaLow, alphaHigh, alphaSigmoidSteepness; always: meta',
  spec: '3, 6.4, 9.4, 9.5',
  requires: [],
  check: async (subject, run) => difference(await run(otherUnread(subject)), await run(subject.input)),
};

export const emissionOnly: Property = {
  name: 'emission-only-pays',
  family: 'function',
  statement: 'The emission changes nothing but the three amounts, and more of it pays nobody less.',
  formula: "E' >= E: scores, permits and bonds equal; amount'[i] >= amount[i]",
  spec: '10, 12',
  requires: [],
  check: async (subject, run) => {
    const { input } = subject;
    const less = { ...input, emission: (input.emission * BigInt(pick(subject, 0, 65_536))) / 65_536n };
    const [small, large] = [await run(less), await run(input)];
    for (const field of AMOUNTS) {
      const uid = small[field].findIndex((amount, at) => amount > large[field][at]!);
      if (uid >= 0)
        return `${field} of uid ${uid} is ${small[field][uid]} of ${less.emission}, ${large[field][uid]} of ${input.emission}`;
    }
    return difference(excepting(small, large, AMOUNTS), large);
  },
};

/** Every field that the mode does not read, with other values. */
function otherUnread(subject: Given): EpochInput {
  const { input } = subject;
  const { yuma3, liquidAlpha, commitReveal, tempo } = input.hyperparameters;
  const [low, high] = [pick(subject, 0, 65_536), pick(subject, 1, 65_536)].toSorted((a, b) => a - b);
  const bounds = { alphaLow: low!, alphaHigh: high!, alphaSigmoidSteepness: pick(subject, 2, 65_536) - 32_768 };
  const commits = input.commitBlock?.map((block) => (block === NO_COMMIT ? 0n : NO_COMMIT));
  return {
    ...input,
    meta: { netuid: pick(subject, 3, 65_536) },
    commitBlock: commitReveal ? input.commitBlock : (commits ?? new BigUint64Array(input.n)),
    hyperparameters: {
      ...input.hyperparameters,
      tempo: input.lastStep > 0n ? tempo ^ 1 : tempo,
      liquidAlpha: yuma3 ? liquidAlpha : !liquidAlpha,
      ...(yuma3 && liquidAlpha ? {} : bounds),
    },
  };
}

/** The first field that differs; vectors and rows element by element. */
function changedField(input: EpochInput, kept: EpochInput): string | undefined {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, item: unknown) => {
      if (typeof item === 'bigint') return `${item}n`;
      return ArrayBuffer.isView(item) ? Array.from(item as unknown as ArrayLike<unknown>, String) : item;
    });
  return (Object.keys(kept) as (keyof EpochInput)[]).find((field) => text(input[field]) !== text(kept[field]));
}
