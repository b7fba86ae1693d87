/** An engine in a process of its own, from the built package: `npm run build` must have been run, as `npm test` does. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

const INDEX = JSON.stringify(new URL('../../dist/index.js', import.meta.url).href);

/** What the script prints, once its process has ended by itself; a process that stays is ended after a minute, and fails. */
function printed(script: string): string {
  const args = ['--input-type=module', '-e', `import { createEngine } from ${INDEX}; ${script}`];
  return execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
}

describe('a process', () => {
  test('ends though its engine with idle workers was never closed', () => {
    expect(printed('await createEngine({ threads: 2 }); console.log("made")')).toBe('made\n');
  });

  test('ends after its engine was closed', () => {
    expect(printed('const e = await createEngine({ threads: 1 }); await e.close(); console.log("closed")')).toBe(
      'closed\n',
    );
  });

  test('without workers does not load their library', () => {
    const script =
      'await createEngine(); const { createRequire } = await import("node:module");' +
      `console.log(Object.keys(createRequire(${INDEX}).cache).some((file) => file.includes("piscina")))`;
    expect(printed(script)).toBe('false\n');
  });
});

test.each([
  'createEngine()',
  'createEngine({ threads: 1 })',
  'import("yuma-engine/wasm").then((wasm) => wasm.createCore())',
])('without address space for a memory %s says OUT_OF_MEMORY', (call) => {
  const script = `import { createEngine } from ${INDEX}; await ${call}.catch((fault) => console.log(fault.code))`;
  // Node starts within 4 GB of addresses; V8 asks for more than that for each WebAssembly memory.
  const shell = `ulimit -v 4000000 && exec "$0" --input-type=module -e "$1"`;
  expect(execFileSync('sh', ['-c', shell, process.execPath, script], { encoding: 'utf8' })).toBe('OUT_OF_MEMORY\n');
});
