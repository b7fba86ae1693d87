/**
 * Warm-up: runs made-up subnets, dense and sparse, in every mode, until the host's optimising compiler has seen the core.
 * First calls run in its baseline compiler, which is several times slower.
 * PERF   what a host compiles it keeps with the module, for every instance. The first epoch of 64 x 4096 took 17 times a
 *        steady one without, twice with it (bench/RESULTS.md, "Start")
 */
import type { Arenas } from '../backends/wasm/arena.js';
import { roomToStay, SubnetMemory } from '../backends/wasm/subnet-memory.js';
import { type Hyperparameters, hyperparameters } from '../epoch/hyperparameters.js';
import { type EpochInput, sparseRows, stakeFromRao } from '../epoch/input.js';
import { checkEpochInput } from '../epoch/validate.js';
import type { Engine } from './engine.js';
import type { Subnet } from './subnet/subnet.js';

const NEURONS = 128;
const VALIDATORS = 24;
const BLOCK = 1_000n;

const MODES: readonly Partial<Hyperparameters>[] = [
  { yuma3: true, liquidAlpha: false },
  { yuma3: true, liquidAlpha: true },
  { yuma3: false },
];
/** A validator weighs every neuron, or one in so many. */
const STRIDES = [1, 5];

/** A worker's: rounds of all modes until so many milliseconds have passed, one at least. The memory is given back. */
export function warmUp(arenas: Arenas, milliseconds: number): void {
  const memories = madeUpSubnets().map((input) => {
    const checked = checkEpochInput(input);
    const memory = new SubnetMemory(
      arenas,
      checked,
      roomToStay(input.weights.columns.length, input.bonds.columns.length),
    );
    memory.writeParameters(checked);
    return memory;
  });
  const start = performance.now();
  do for (const memory of memories) run(memory);
  while (performance.now() - start < milliseconds);
  for (const memory of memories) memory.free();
}

/** An engine's: the same by its own functions, which are cold too. */
export async function warmUpEngine(engine: Engine, milliseconds: number): Promise<void> {
  const inputs = madeUpSubnets();
  const subnets: Subnet[] = [];
  for (const input of inputs) subnets.push(await engine.open(input));
  const step = { currentBlock: BLOCK, emission: 1n };
  const start = performance.now();
  do {
    for (const [at, input] of inputs.entries()) {
      const subnet = subnets[at]!;
      if (engine.threads > 0) {
        await subnet.advance(step); // one by one: no queue is too short for that
      } else {
        subnet.advanceSync(step);
        engine.runEpochSync(input);
      }
      subnet.view();
    }
  } while (performance.now() - start < milliseconds);
  for (const subnet of subnets) subnet.close();
}

const madeUpSubnets = (): EpochInput[] => MODES.flatMap((mode) => STRIDES.map((stride) => madeUp(stride, mode)));

function run(memory: SubnetMemory): void {
  const { arena, at } = memory.place;
  const bytes = memory.scratchBytes;
  const scratch = arena.take(bytes);
  arena.exports.place(at, scratch, bytes, memory.n, memory.room.w, memory.room.b);
  arena.exports.run();
  arena.free(scratch);
}

/** Validators who nearly agree on everyone they weigh. */
function madeUp(stride: number, mode: Partial<Hyperparameters>): EpochInput {
  const uids = Array.from({ length: NEURONS }, (_, uid) => uid);
  const isValidator = (uid: number) => uid < VALIDATORS;
  const row = (uid: number, most: number) =>
    uids.filter((to) => (to + uid) % stride === 0).map((to) => [to, 1 + ((uid + 7 * to) % most)] as const);
  const rows = (most: number) => sparseRows(uids.map((uid) => (isValidator(uid) ? row(uid, most) : [])));
  return {
    rules: 'subtensor-425',
    n: NEURONS,
    currentBlock: BLOCK,
    lastStep: BLOCK - 360n,
    emission: 1_000_000_000n,
    ownerUid: 0,
    hyperparameters: hyperparameters({ ...mode, commitReveal: false, kappa: Math.floor(32_767 / stride) }),
    stake: stakeFromRao(uids.map((uid) => (isValidator(uid) ? BigInt(uid + 1) * 1_000_000n : 0n))),
    lastUpdate: new BigUint64Array(NEURONS).fill(BLOCK - 1n),
    registeredAt: new BigUint64Array(NEURONS),
    validatorPermit: Uint8Array.from(uids, (uid) => Number(isValidator(uid))),
    weights: rows(99),
    bonds: rows(65_535),
  };
}
