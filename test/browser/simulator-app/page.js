import { createEngine } from 'yuma-engine/browser';
import { buildScenario, simulate } from 'yuma-engine/simulator';

/** The digest of each of these runs of the library. */
async function digests(backend, runs) {
  const engine = await createEngine({ backend });
  const found = [];
  for (const { name, changes } of runs) found.push((await simulate(engine, buildScenario(name, changes))).digest);
  await engine.close();
  return found;
}

Object.assign(globalThis, { digests, ready: true });
