/**
 * Shapes of the standard table, and what the chain's own code takes for them: compiled natively in release mode, one
 * thread, on another 2-core machine (RESULTS.md, "The chain's own code"). Its figure for a network is that of one subnet
 * times their number.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochInput } from 'yuma-engine';
import { benchSubnet, type Mode, type SubnetShape } from 'yuma-engine/bench';
import { readCases } from 'yuma-engine/formats';

export interface Shape {
  readonly name: string;
  /** More than one: a network, whose time is that of one epoch of all its subnets together. */
  readonly subnets: number;
  /** Milliseconds an epoch of the whole. */
  readonly chain: Readonly<Record<Mode, number>> | null;
  /** Subnet by its number from 1 on; null: there is no such input here. */
  readonly input: (mode: Mode, netuid: number) => Promise<EpochInput | null>;
}

const SEED = 1;

function made(name: string, shape: Partial<SubnetShape>, chain: Shape['chain'], subnets = 1): Shape {
  const whole: SubnetShape = { validators: 64, neurons: 4096, fill: 1, pattern: 'columns', ...shape };
  return { name, subnets, chain, input: async (mode, netuid) => benchSubnet(whole, mode, SEED, netuid) };
}

const times = (count: number, chain: Record<Mode, number>): Record<Mode, number> => ({
  yuma2: chain.yuma2 * count,
  yuma3: chain.yuma3 * count,
  liquid: chain.liquid * count,
});

type PerMode = Readonly<Record<Mode, number>>;

const SMALL: PerMode = { yuma2: 1.77, yuma3: 1.61, liquid: 21.5 };
const USUAL: PerMode = { yuma2: 39.6, yuma3: 39.0, liquid: 5_168 };

export const SHAPES: readonly Shape[] = [
  made('64 x 256', { neurons: 256 }, SMALL),
  made('64 x 4096', {}, USUAL),
  made('256 x 4096', { validators: 256 }, { yuma2: 192, yuma3: 179, liquid: 5_376 }),
  made('1024 x 4096', { validators: 1024 }, { yuma2: 646, yuma3: 622, liquid: 5_882 }),
  made('64 x 4096, a tenth', { fill: 0.1 }, { yuma2: 9.0, yuma3: 9.4, liquid: 5_294 }),
  made('64 x 4096, random 10 %', { fill: 0.1, pattern: 'random' }, null),
  { name: 'subnet 31, epoch 60', subnets: 1, chain: { yuma2: 0.198, yuma3: 0.191, liquid: 20.4 }, input: real },
  made('128 x (64 x 256)', { neurons: 256 }, times(128, SMALL), 128),
  made('256 x (64 x 4096)', {}, times(256, USUAL), 256),
];

const DATA_FILE: Record<Mode, string> = {
  yuma2: 'sn31-yuma2.jsonl.gz',
  yuma3: 'sn31-yuma3.jsonl.gz',
  liquid: 'sn31-yuma3-liquid.jsonl.gz',
};

/** Epoch 60, and the three after it, of the files in the folder that YUMA_DATA names. */
async function real(mode: Mode, netuid: number): Promise<EpochInput | null> {
  const folder = process.env.YUMA_DATA;
  if (folder === undefined || !readdirSync(folder).includes(DATA_FILE[mode])) return null;
  let at = 0;
  for await (const { input } of readCases(join(folder, DATA_FILE[mode]))) {
    if (at === 59 + netuid) return input;
    at += 1;
  }
  return null;
}
