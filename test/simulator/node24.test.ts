/** Scenarios give the digests that are pinned for them on every JavaScript engine, here on Node 24. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { leftOutOnNode24, NODE_24 } from '../second-node.js';
import { PINNED } from './pinned.js';

const SCRIPT = fileURLToPath(new URL('digests.mjs', import.meta.url));

test.skipIf(leftOutOnNode24('scenarios'))('every scenario of the library gives its digest on Node 24', () => {
  const input = JSON.stringify(PINNED.map(({ name, changes }) => ({ name, changes })));
  const { node, digests } = JSON.parse(execFileSync(NODE_24, [SCRIPT], { input, encoding: 'utf8' }));
  expect(node).toMatch(/^24\./);
  expect(digests).toEqual(PINNED.map(({ digest }) => digest));
});
