/** What a user gets from the registry. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Exports {
  readonly [entry: string]: string | { readonly types: string; readonly default: string };
}

const { exports: entries, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Exports;
  bin: Record<string, string>;
};

const packed = (
  JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' })) as [
    { files: { path: string }[] },
  ]
)[0].files.map((file) => file.path);

describe('the package', () => {
  test('holds build, types, source maps, README, LICENSE and nothing else', () => {
    const other = packed.filter(
      (path) =>
        !/^dist\/.+\.(js|d\.ts|js\.map)$/.test(path) &&
        !/^wasm\/yuma(-plain|-shared)?\.wasm$/.test(path) &&
        !['README.md', 'LICENSE', 'package.json'].includes(path),
    );
    expect(other).toEqual([]);
    for (const build of ['yuma', 'yuma-plain', 'yuma-shared']) expect(packed).toContain(`wasm/${build}.wasm`);
    expect(packed).toContain('README.md');
    expect(packed).toContain('LICENSE');
  });

  test('holds types and a source map for every module', () => {
    const modules = packed.filter((path) => path.endsWith('.js'));
    expect(modules.length).toBeGreaterThan(10);
    for (const path of modules) {
      expect(packed).toContain(path.replace(/\.js$/, '.d.ts'));
      expect(packed).toContain(`${path}.map`);
    }
  });

  test('holds every entry and command that package.json names', () => {
    const files = Object.values(entries).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    for (const file of [...files, ...Object.values(bin)]) {
      const path = file.replace(/^\.\//, '');
      if (path !== 'package.json') expect(packed).toContain(path);
      expect(existsSync(path), path).toBe(true);
    }
  });
});

test.each(Object.entries(entries).filter(([, entry]) => typeof entry !== 'string'))(
  'the entry %s can be imported by its name',
  (entry) => {
    const name = entry.replace(/^\./, 'yuma-engine');
    const script = `const m = await import(${JSON.stringify(name)}); console.log(Object.keys(m).length > 0)`;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toBe('true\n');
  },
);
