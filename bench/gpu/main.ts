/**
 * The GPU benchmark: whole networks through `webgpu`, phase by phase and end to end, beside the WebAssembly core on one
 * thread and on all, and beside a float epoch in gpu.js, in the same run. Nothing is held: each run uploads all weights and bonds.
 * Tables by neuron (44 bytes a neuron) go up where they differ from those of the run before, and between samples they do not.
 *
 *   npm run bench:gpu [-- --adapter gl] [-- --scale 0.1] [-- --only '64 x 256'] [-- --mode all] [-- --samples 5] [-- --json]
 */
import { parseArgs } from 'node:util';
import { createEngine, type EngineOptions, type EpochInput, type EpochOutput } from 'yuma-engine';
import {
  benchSubnet,
  Checksum,
  combinedChecksum,
  GpuPhases,
  MODE_NAMES,
  type Mode,
  machine,
  timesOf,
} from 'yuma-engine/bench';
import { rough } from '../table.js';
import { FloatEpoch } from './float-epoch.js';
import { nameOf, SHAPES, type Shape, scaled } from './shapes.js';

const { values: options } = parseArgs({
  options: {
    adapter: { type: 'string', default: 'auto' },
    scale: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    mode: { type: 'string', default: 'yuma3' },
    samples: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const adapter = options.adapter as NonNullable<EngineOptions['adapter']>;
const samples = Number(options.samples);
const modes = options.mode === 'all' ? MODE_NAMES : [options.mode as Mode];
const { cpu, cores, node } = machine();

const phases = await GpuPhases.open(adapter);
say(`${phases.adapter.name} (${phases.adapter.route}${phases.adapter.software ? ', software' : ''})`);
say(`${cpu}, ${cores} cores, Node ${node}; medians of ${samples} runs, ms\n`);
for (const shape of SHAPES.filter((each) => nameOf(each).includes(options.only))) {
  for (const mode of modes) {
    const row = await measure(scaled(shape, Number(options.scale)), mode);
    if (!row.equal) process.exitCode = 1;
    if (options.json) console.log(JSON.stringify(row));
    else show(row);
  }
}
await phases.close();

type Row = Awaited<ReturnType<typeof measure>>;

async function measure(shape: Shape, mode: Mode) {
  const { subnets, validators, neurons } = shape;
  const inputs = Array.from({ length: subnets }, (_, at) =>
    benchSubnet({ validators, neurons, fill: 1, pattern: 'columns' }, mode, 1, at + 1),
  );
  const webgpu = await endToEnd(inputs, { backend: 'webgpu', adapter });
  const parts = await inParts(inputs);
  const wasm = await endToEnd(inputs, { backend: 'wasm' });
  const pool = await endToEnd(inputs, { backend: 'wasm', threads: 'auto' });
  const float = mode === 'yuma3' ? await floats(inputs) : null;
  const weights = subnets * validators * neurons;
  return {
    shape: nameOf(shape),
    mode,
    weights,
    adapter: phases.adapter,
    endToEndMs: webgpu.ms,
    ...parts,
    deviceNsPerWeight: (parts.deviceMs * 1e6) / weights,
    wasm: { oneThreadMs: wasm.ms, poolMs: pool.ms, threads: cores },
    gpuJs: float,
    equal: webgpu.checksum === wasm.checksum && pool.checksum === wasm.checksum,
    checksum: webgpu.checksum,
    machine: machine(),
  };
}

/** Whole epochs from inputs to outputs, all at once. */
async function endToEnd(inputs: readonly EpochInput[], choice: EngineOptions) {
  await using engine = await createEngine(choice);
  const times: number[] = [];
  let outputs: EpochOutput[] = [];
  for (let sample = -1; sample < samples; sample++) {
    const start = performance.now();
    outputs = await Promise.all(inputs.map((input) => engine.runEpoch(input)));
    if (sample >= 0) times.push(performance.now() - start); // the first one makes pipelines and buffers
  }
  const checksum = combinedChecksum(outputs.map((output) => String(new Checksum().output(output))));
  return { ms: timesOf(times).median, checksum };
}

/** The sample whose device time is the median. */
async function inParts(inputs: readonly EpochInput[]) {
  const runs = [];
  for (let sample = -1; sample < samples; sample++) {
    const run = await phases.run(inputs);
    if (sample >= 0) runs.push(run);
  }
  runs.sort((a, b) => a.deviceMs - b.deviceMs);
  return runs[runs.length >> 1]!;
}

async function floats(inputs: readonly EpochInput[]) {
  await using engine = await createEngine({ backend: 'wasm' });
  const [first] = inputs;
  const exact = await engine.runEpoch(first!, { intermediates: true });
  const average = Number(first!.hyperparameters.bondsMovingAverage) / 1e6;
  const epoch = new FloatEpoch({ neurons: first!.n, validators: first!.weights.columns.length / first!.n }, average);
  const times: number[] = [];
  let result = epoch.run(first!, exact); // compiles
  for (let sample = 0; sample < samples; sample++) {
    const start = performance.now();
    result = epoch.run(first!, exact);
    times.push(performance.now() - start);
  }
  const { mode } = epoch;
  const errors = epoch.errors(result, exact);
  await epoch.close();
  return { mode, oneSubnetMs: timesOf(times).median, ms: timesOf(times).median * inputs.length, ...errors };
}

/** As people read it; `--json` gives the whole. */
function show(row: Row): void {
  const ms = (value: number) => `${rough(value)} ms`;
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const { wasm, gpuJs } = row;
  say(`${row.shape}, ${row.mode}${row.equal ? '' : ': RESULTS DIFFER'}`);
  say(`  webgpu, end to end   ${ms(row.endToEndMs)}`);
  say(`    prepare ${ms(row.prepareMs)}, pack ${ms(row.packMs)}, upload ${ms(row.uploadMs)} (${mib(row.uploadBytes)})`);
  say(`    device ${ms(row.deviceMs)} in ${row.batches} batches, ${rough(row.deviceNsPerWeight)} ns a weight`);
  for (const [kernel, time] of Object.entries(row.kernels ?? {})) say(`      ${kernel} ${ms(time)}`);
  say(`    read back ${ms(row.readBackMs)} (${mib(row.readBackBytes)}), unpack ${ms(row.unpackMs)}`);
  say(`  wasm, one thread     ${ms(wasm.oneThreadMs)}`);
  say(`  wasm, ${wasm.threads} threads      ${ms(wasm.poolMs)}`);
  if (gpuJs === null) return;
  const { incentivesOff, incentiveError, rawError, bondsOff, bondError } = gpuJs;
  say(
    `  gpu.js, mode ${gpuJs.mode}: ${ms(gpuJs.ms)}, a part of the epoch in floats; against the exact result (steps of 1/65535)`,
  );
  say(
    `    ${incentivesOff} incentives off by up to ${incentiveError} (raw, steps of 2^-32: ${rawError}), ${bondsOff} bonds off by up to ${bondError}`,
  );
}

function say(line: string): void {
  if (!options.json) console.log(line);
}
