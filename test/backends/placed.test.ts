/** Subnets that lie side by side in one memory and share one scratch (docs/abi.md) give the bits of the reference. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReferenceBackend } from '../../src/backends/reference.js';
import { type ArenaExports, compileCore, instantiateArena } from '../../src/backends/wasm/exports.js';
import { FIELD, STATUS } from '../../src/backends/wasm/layout.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';
import { type Views, viewsOf, writeInput, writeParams } from '../../src/backends/wasm/views.js';
import type { CheckedInput } from '../../src/epoch/input.js';
import type { EpochOutput } from '../../src/epoch/output.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { inputs } from '../arbitrary/inputs.js';
import { runs, SEED } from '../counterexamples.js';

console.info(`placed: SEED=${SEED}`);
const reference = createReferenceBackend();
const referenceOutput = async (input: CheckedInput): Promise<EpochOutput> => (await reference.run([input], {}))[0]!;
const aligned = (bytes: number): number => (bytes + 15) & ~15;

interface Placed {
  readonly input: CheckedInput;
  readonly base: number;
  readonly room: number;
}

/** States one after the other, with bytes between them that nobody may touch; then the scratch. */
class Host {
  readonly subnets: Placed[] = [];
  readonly fences: number[] = [];
  private top: number;
  scratch = 0;
  scratchBytes = 0;

  constructor(readonly core: ArenaExports) {
    this.top = core.arenaStart();
  }

  add(input: CheckedInput): void {
    const [w, b] = [input.weights.columns.length, input.bonds.columns.length];
    const room = 2 * (w + b); // the next epoch reads as many as this one wrote
    this.scratchBytes = Math.max(this.scratchBytes, this.core.scratchBytes(input.n, w, w + b));
    this.subnets.push({ input, base: this.top, room });
    this.top = aligned(this.top + this.core.stateBytes(input.n, w, room));
    this.fences.push(this.top);
    this.top += 64;
  }

  close(): void {
    this.scratch = this.top;
    this.fences.push(aligned(this.scratch + this.scratchBytes));
    const missing = this.scratch + this.scratchBytes + 256 - this.core.memory.buffer.byteLength;
    if (missing > 0) this.core.memory.grow(Math.ceil(missing / 65_536));
    for (const fence of this.fences) new Uint8Array(this.core.memory.buffer, fence, 64).fill(0xab);
  }

  at({ input, base, room }: Placed, scratchBytes = this.scratchBytes): Views {
    const w = input.weights.columns.length;
    expect(this.core.place(base, this.scratch, scratchBytes, input.n, w, room)).toBe(0);
    return viewsOf(this.core, input.n, w, room, room);
  }

  fencesHold(): boolean {
    return this.fences.every((fence) =>
      new Uint8Array(this.core.memory.buffer, fence, 64).every((byte) => byte === 0xab),
    );
  }
}

function expectOutput(views: Views, bonds: Views['bonds'], want: EpochOutput): void {
  for (const field of ['active', 'consensus', 'incentive', 'dividends', 'validatorTrust', 'emission'] as const) {
    expect(views[field], field).toEqual(want[field]);
  }
  const entries = want.bonds.columns.length;
  expect(bonds.offsets).toEqual(want.bonds.offsets);
  expect(bonds.columns.subarray(0, entries)).toEqual(want.bonds.columns);
  expect(bonds.values.subarray(0, entries)).toEqual(want.bonds.values);
}

describe.each(['simd', 'plain'] as const)('build %s', (build) => {
  const module = compileCore(readCoreModule(build));

  test('two epochs of several subnets in turn, the bonds of the first read where they were written', async () => {
    const several = fc.array(inputs({ neurons: 40 }), { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(several, async (drawn) => {
      const host = new Host(instantiateArena(module));
      for (const input of drawn) host.add(checkEpochInput(input));
      host.close();
      for (const placed of host.subnets) writeInput(host.at(placed), placed.input);
      const first: EpochOutput[] = [];
      for (const placed of host.subnets) {
        const views = host.at(placed);
        expect(host.core.run()).toBe(0);
        first.push(await referenceOutput(placed.input));
        expectOutput(views, views.bondsOut, first.at(-1)!);
      }
      for (const [at, placed] of host.subnets.entries()) {
        const { newValidatorPermit, bonds } = first[at]!;
        const next = {
          ...placed.input,
          lastStep: placed.input.currentBlock,
          validatorPermit: newValidatorPermit,
          permitLength: placed.input.n,
          bonds,
        };
        const views = host.at(placed);
        views.validatorPermit.set(newValidatorPermit);
        writeParams(views.params, next, true);
        expect(host.core.run()).toBe(0);
        expectOutput(views, views.bonds, await referenceOutput(next));
      }
      expect(host.fencesHold()).toBe(true);
    });
    await fc.assert(property, { seed: SEED, numRuns: runs(150) });
  });

  test('too little scratch and too little room for bonds are refused before anything is written', () => {
    const [input] = fc.sample(
      inputs({ neurons: 40, sorted: true }).filter(({ n, weights }) => n > 20 && weights.columns.length > 100),
      { seed: 7, numRuns: 1 },
    );
    const host = new Host(instantiateArena(module));
    host.add(checkEpochInput(input!));
    host.close();
    const [placed] = host.subnets;
    const views = host.at(placed!);
    writeInput(views, placed!.input);
    host.at(placed!, 3_000);
    expect(STATUS[host.core.run()]).toBe('the scratch is too small');
    const [w, b] = [input!.weights.columns.length, input!.bonds.columns.length];
    expect(host.core.place(placed!.base, host.scratch, host.scratchBytes, input!.n, w, w + b - 1)).toBe(0);
    writeInput(viewsOf(host.core, input!.n, w, w + b - 1, w + b - 1), placed!.input);
    expect(STATUS[host.core.run()]).toBe('there is no room for the bonds');
  });

  test('what one subnet needs of scratch, every shape of that size can do with', () => {
    const core = instantiateArena(module);
    expect(core.tileScratchBytes(4_096, 64, 262_144, 262_144)).toBeLessThanOrEqual(
      core.scratchBytes(4_096, 262_144, 262_144),
    );
    expect(core.address(FIELD.params)).toBe(0);
  });
});
