/** Arbitrary moves of a held subnet: changes and epochs, in any order. Numbers are brought into range when they are made. */
import fc from 'fast-check';
import type { EpochOutput, Hyperparameters, Subnet } from '../../src/index.js';

type Pairs = [column: number, value: number][];

export type Move =
  | { readonly kind: 'setWeights'; readonly uid: number; readonly row: Pairs; readonly block: bigint }
  | { readonly kind: 'setStake'; readonly uid: number; readonly stake: bigint }
  | { readonly kind: 'setLastUpdate'; readonly uid: number; readonly block: bigint }
  | { readonly kind: 'setCommit'; readonly uid: number; readonly block: bigint | null }
  | { readonly kind: 'register'; readonly uid: number; readonly block: bigint }
  | { readonly kind: 'append'; readonly block: bigint }
  | { readonly kind: 'setHyperparameters'; readonly changes: Partial<Hyperparameters> }
  | { readonly kind: 'runEpoch' | 'advance'; readonly blocks: bigint; readonly emission: bigint };

const uid = fc.nat(40);
const value = fc.oneof(fc.constantFrom(0, 1, 65_535), fc.nat(65_535));
const block = fc.bigInt(900n, 1_100n);

const moves: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('setWeights' as const),
      uid,
      row: fc.uniqueArray(fc.tuple(uid, value), { selector: ([column]) => column, maxLength: 12 }),
      block,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('setStake' as const),
      uid,
      stake: fc.oneof(fc.constant(0n), fc.bigInt(0n, 2n ** 100n)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('register' as const), uid, block }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('setLastUpdate' as const), uid, block }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('setCommit' as const), uid, block: fc.option(block) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('append' as const), block }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('setHyperparameters' as const),
      changes: fc.record(
        { yuma3: fc.boolean(), liquidAlpha: fc.boolean(), kappa: fc.nat(65_535), maxValidators: fc.nat(12) },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('runEpoch' as const, 'advance' as const),
      blocks: fc.bigInt(0n, 400n),
      emission: fc.bigInt(0n, 2n ** 64n - 1n),
    }),
  },
);

export const sequences: fc.Arbitrary<Move[]> = fc.array(moves, { minLength: 1, maxLength: 14 });

/** Makes the moves; gives the results of every epoch. Blocks of epochs rise, as on a chain. */
export async function play(subnet: Subnet, sequence: readonly Move[], start: bigint): Promise<EpochOutput[]> {
  const outputs: EpochOutput[] = [];
  let currentBlock = start;
  for (const move of sequence) {
    const to = 'uid' in move && subnet.n > 0 ? move.uid % subnet.n : 0;
    if (move.kind === 'append') subnet.register(subnet.n, move.block);
    else if (move.kind === 'setHyperparameters') subnet.setHyperparameters(move.changes);
    else if (move.kind === 'runEpoch' || move.kind === 'advance') {
      currentBlock += move.blocks;
      const step = { currentBlock, emission: move.emission };
      if (move.kind === 'runEpoch') outputs.push(await subnet.runEpoch(step, { intermediates: true }));
      else {
        await subnet.advance(step);
        outputs.push(structuredClone(owned(subnet.view())));
      }
    } else if (subnet.n === 0) continue;
    else if (move.kind === 'setWeights') subnet.setWeights(to, within(move.row, subnet.n), move.block);
    else if (move.kind === 'setStake') subnet.setStake(to, move.stake);
    else if (move.kind === 'setLastUpdate') subnet.setLastUpdate(to, move.block);
    else if (move.kind === 'setCommit') subnet.setCommit(to, move.block);
    else if (move.kind === 'register') subnet.register(to, move.block);
  }
  return outputs;
}

/** No column twice, none that is no neuron. */
function within(row: Pairs, n: number): Pairs {
  return [...new Map(row.map(([column, value]) => [column % n, value])).entries()];
}

/** All that a handle shows of its last epoch but its bonds, which a device may have, copied. */
export function vectorsOf(subnet: Subnet): Record<string, unknown> {
  const view = subnet.view() as unknown as Record<string, unknown>;
  const names = Object.keys(view).filter((name) => name !== 'bonds' && name !== 'intermediates');
  return Object.fromEntries(
    names.map((name) => {
      const value = view[name];
      return [name, ArrayBuffer.isView(value) ? (value as Uint8Array).slice() : value];
    }),
  );
}

/** A view in arrays of its own, of plain memory, so that it can be compared. Raw vectors are not compared there. */
export function owned(view: EpochOutput): EpochOutput {
  const { bonds, intermediates, ...vectors } = view;
  const copies = Object.entries(vectors).map(([name, vector]) => [
    name,
    ArrayBuffer.isView(vector) ? (vector as Uint8Array).slice() : vector,
  ]);
  const rows = { offsets: bonds.offsets.slice(), columns: bonds.columns.slice(), values: bonds.values.slice() };
  return { ...(Object.fromEntries(copies) as EpochOutput), bonds: rows };
}
