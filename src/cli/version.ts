/** Version: of the package, and the hash of each build of the core that is there. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const CORES = ['yuma.wasm', 'yuma-plain.wasm', 'yuma-shared.wasm'];

const HASH_DIGITS = 16;

export function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The package's version, and a line for each build. */
export const versions = (): string => [packageVersion(), ...CORES.flatMap(hashLine)].join('\n');

/** In a line: the version, and how the hash of the usual build begins. */
export function versionInALine(): string {
  const hash = hashOf(CORES[0]!);
  return hash === undefined ? packageVersion() : `${packageVersion()} (core ${hash.slice(0, HASH_DIGITS)})`;
}

function hashLine(name: string): string[] {
  const hash = hashOf(name);
  return hash === undefined ? [] : [`${hash}  ${name}`]; // not built: commands say so where they need it
}

function hashOf(name: string): string | undefined {
  try {
    return createHash('sha256')
      .update(readFileSync(new URL(`../../wasm/${name}`, import.meta.url)))
      .digest('hex');
  } catch {
    return undefined;
  }
}
