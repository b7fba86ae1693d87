/** Run by one Node or another: reads runs of library scenarios as JSON from stdin, prints their digests and its version. */
import { text } from 'node:stream/consumers';
import { createEngine } from '../../dist/index.js';
import { buildScenario, simulate } from '../../dist/simulator/index.js';

const engine = await createEngine({ warm: false });
const digests = [];
for (const { name, changes } of JSON.parse(await text(process.stdin))) {
  digests.push((await simulate(engine, buildScenario(name, changes))).digest);
}
await engine.close();
console.log(JSON.stringify({ node: process.versions.node, digests }));
