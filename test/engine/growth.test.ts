/** Ten thousand epochs, of one size and another, held and not: the memory of the core and the heap stay as they are. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Round {
  readonly memories: number;
  readonly memoryBytes: number;
  readonly heapBytes: number;
}

/** The heap swings by a quarter of that; whatever is kept of each of the last 8 000 epochs, a promise say, takes more. */
const HEAP_BYTES = 8_000 * 128;

test.each([0, 2])('ten thousand epochs take no more memory than two thousand (%i threads)', (threads) => {
  const script = fileURLToPath(new URL('growth.mjs', import.meta.url));
  const printed = execFileSync(process.execPath, ['--expose-gc', script, String(threads)], { encoding: 'utf8' });
  const rounds = JSON.parse(printed) as Round[];
  const [{ memories, memoryBytes, heapBytes }] = rounds as [Round];
  expect(rounds).toHaveLength(5);
  expect(memories).toBeGreaterThan(0);
  for (const round of rounds) {
    expect(round).toMatchObject({ memories, memoryBytes });
    expect(round.heapBytes - heapBytes).toBeLessThan(HEAP_BYTES);
  }
});
