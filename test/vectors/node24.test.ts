/** The golden vectors on the Node that runs the tests and on Node 24, `simd` and `plain`. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { leftOutOnNode24, NODE_24 } from '../second-node.js';
import { CASE_FILES } from './manifest.js';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

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

test.skipIf(leftOutOnNode24('the vectors')).each(BUILDS)('the vectors on Node 24, %s', (build) => {
  expect(vectorsOn(NODE_24, build)).toEqual({ node: expect.stringMatching(/^24\./), build, ...all });
});
