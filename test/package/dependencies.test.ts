/** SECURITY.md names every runtime dependency with the reason for it, and no other; and npm ci runs no script of ours. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const manifest = json('package.json');

test('SECURITY.md lists the runtime dependencies', () => {
  const rows = readFileSync('SECURITY.md', 'utf8').matchAll(/^\| `([^`]+)` \| (\S.*) \|$/gm);
  const listed = [...rows].map(([, name]) => name).sort();
  expect(listed).toEqual([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].sort());
});

test('their versions are pinned, as those of the tools are', () => {
  const { dependencies, devDependencies, peerDependencies } = manifest;
  for (const version of Object.values({ ...dependencies, ...devDependencies, ...peerDependencies })) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test('nothing of ours runs when the package is installed', () => {
  const scripts = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'preprepare', 'postprepare'];
  for (const name of scripts) expect(manifest.scripts).not.toHaveProperty(name);
});
