/**
 * Holds one build of the core against all golden vectors, on the Node that runs this: `node verify-build.mjs BUILD`, where BUILD is simd
 * or plain. Prints a line of JSON. From the built package: `npm run build` must have been run.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCases } from '#yuma/formats/index.js';
import { createEngine } from '#yuma/index.js';
import { verifyCases } from '#yuma/verify/index.js';

const [build] = process.argv.slice(2);
const folder = fileURLToPath(new URL('data/', import.meta.url));
const engine = await createEngine({ backend: 'wasm', build, warm: false });
const files = {};
const differences = [];
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.jsonl.gz') || file === 'math.jsonl.gz') continue;
  files[file] = 0;
  for await (const report of verifyCases((input, how) => engine.runEpoch(input, how), readCases(folder + file))) {
    files[file] += 1;
    if (!report.equal) differences.push(report);
  }
}
await engine.close();
console.log(JSON.stringify({ node: process.versions.node, build, files, differences }));
