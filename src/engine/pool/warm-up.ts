/**
 * Warm-up: runs a made-up subnet in every mode, until the host's optimising compiler has seen the core. First calls run
 * in its baseline compiler, which is several times slower.
 * Takes  the shared build; its memory is let go afterwards
 */
import { Arenas } from '../../backends/wasm/arena.js';
import { roomToStay, SubnetMemory } from '../../backends/wasm/subnet-memory.js';
import { type Hyperparameters, hyperparameters } from '../../epoch/hyperparameters.js';
import { type CheckedInput, sparseRows, stakeFromRao } from '../../epoch/input.js';
import { checkEpochInput } from '../../epoch/validate.js';

const NEURONS = 128;
const VALIDATORS = 24;
const RUNS = 12;
const BLOCK = 1_000n;

const MODES: readonly Partial<Hyperparameters>[] = [
  { yuma3: true, liquidAlpha: false },
  { yuma3: true, liquidAlpha: true },
  { yuma3: false },
];

export function warmUp(module: WebAssembly.Module): void {
  const arenas = new Arenas(module, true);
  for (const mode of MODES) {
    const input = madeUp(hyperparameters({ ...mode, commitReveal: false }));
    const memory = new SubnetMemory(arenas, input, roomToStay(input.weights.columns.length, 0));
    const { arena, at } = memory.place;
    for (let run = 0; run < RUNS; run++) {
      const bytes = memory.scratchBytes;
      const scratch = arena.take(bytes);
      memory.writeParameters(input);
      arena.exports.place(at, scratch, bytes, memory.n, memory.room.w, memory.room.b);
      if (arena.exports.run() === 0) memory.turn();
      arena.free(scratch);
    }
    memory.free();
  }
}

/** Validators who nearly agree on everyone. */
function madeUp(parameters: Hyperparameters): CheckedInput {
  const uids = Array.from({ length: NEURONS }, (_, uid) => uid);
  const isValidator = (uid: number) => uid < VALIDATORS;
  return checkEpochInput({
    rules: 'subtensor-425',
    n: NEURONS,
    currentBlock: BLOCK,
    lastStep: BLOCK - 360n,
    emission: 1_000_000_000n,
    ownerUid: 0,
    hyperparameters: parameters,
    stake: stakeFromRao(uids.map((uid) => (isValidator(uid) ? BigInt(uid + 1) * 1_000_000n : 0n))),
    lastUpdate: new BigUint64Array(NEURONS).fill(BLOCK - 1n),
    registeredAt: new BigUint64Array(NEURONS),
    validatorPermit: Uint8Array.from(uids, (uid) => Number(isValidator(uid))),
    weights: sparseRows(uids.map((uid) => (isValidator(uid) ? uids.map((to) => [to, 1 + ((uid + 7 * to) % 99)]) : []))),
    bonds: sparseRows(uids.map(() => [])),
  });
}
