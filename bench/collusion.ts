/**
 * The collusion map: how long the standard one takes on the engine, and on the float64 peer.
 * Method the engine plays every fifth point of either axis, or with --full the whole map; the peer plays the first repeat
 *        of every tenth point of either axis, from inputs made before the clock starts. Times are
 *        scaled to all 70 227 epochs
 *
 *   npm run bench:collusion [-- --full] [-- --threads 2]
 */
import { parseArgs } from 'node:util';
import { createEngine, type EpochInput } from 'yuma-engine';
import { float64Epoch, machine } from 'yuma-engine/bench';
import {
  type CollusionPlan,
  type CollusionPoint,
  cellsOf,
  collusionCells,
  collusionInput,
  collusionPlan,
} from 'yuma-engine/collusion';

const { values: options } = parseArgs({
  options: { full: { type: 'boolean', default: false }, threads: { type: 'string', default: '0,2' } },
});

const standard = collusionPlan();
const epochs = cellsOf(standard) * standard.repeats;
const { cpu, cores, node } = machine();
console.log(`${cpu}, ${cores} cores, Node ${node}; the whole map is ${epochs} epochs`);
for (const threads of options.threads.split(',').map(Number)) await exact(threads);
peer();

async function exact(threads: number): Promise<void> {
  const plan = options.full ? standard : thinned(5, standard.repeats);
  const engine = await createEngine({ threads });
  const start = now();
  let cells = 0;
  for await (const _ of collusionCells(plan, { engine })) cells += 1;
  tell(`exact, ${threads === 0 ? "the caller's thread" : `${threads} threads`}`, start, cells * plan.repeats);
  await engine.close();
}

function peer(): void {
  const plan = thinned(10, 1);
  const inputs = pointsOf(plan).map((point): EpochInput => collusionInput(plan, point, 0));
  for (const input of inputs.slice(0, 20)) float64Epoch(input); // to optimised code
  const start = now();
  for (const input of inputs) float64Epoch(input);
  tell("float64, the caller's thread", start, inputs.length);
}

/** Every `step`-th point of either axis. */
function thinned(step: number, repeats: number): CollusionPlan {
  const keep = (axis: readonly number[]): number[] => axis.filter((_, at) => at % step === 0);
  const { honestUtilities, cabalSelfWeights } = standard;
  return { ...standard, repeats, honestUtilities: keep(honestUtilities), cabalSelfWeights: keep(cabalSelfWeights) };
}

function pointsOf({ stakes, honestUtilities, cabalSelfWeights }: CollusionPlan): CollusionPoint[] {
  return stakes.flatMap((stake) =>
    honestUtilities.flatMap((honestUtility) =>
      cabalSelfWeights.map((cabalSelfWeight) => ({ stake, honestUtility, cabalSelfWeight })),
    ),
  );
}

/** Milliseconds on the clock, and of all threads on the processor. The second hardly suffers from other programs. */
function now(): { readonly wall: number; readonly processor: number } {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1_000 };
}

function tell(what: string, start: ReturnType<typeof now>, played: number): void {
  const end = now();
  const [ms, processorMs] = [(end.wall - start.wall) / played, (end.processor - start.processor) / played];
  const how = played === epochs ? 'measured' : `scaled from ${played} epochs`;
  console.log(
    `${what}: ${Math.round(1_000 / ms)} epochs/s, ${ms.toFixed(3)} ms each (${processorMs.toFixed(3)} ms of processor ` +
      `time); the whole map ${((ms * epochs) / 1_000).toFixed(1)} s, ${how}`,
  );
}
