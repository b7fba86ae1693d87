/**
 * Bundles the script of the report page with Observable Plot into one text, and puts it, its hash and the page's style
 * into a module, so that a report is made without reading a file. Licences of what is bundled go with it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const FROM = fileURLToPath(new URL('../src/report/page/', import.meta.url));
const TO = new URL('../src/report/built/', import.meta.url);

const outputs = await build({
  configFile: false,
  logLevel: 'warn',
  root: FROM,
  build: {
    write: false,
    target: 'es2022',
    lib: { entry: join(FROM, 'main.ts'), formats: ['iife'], name: 'yumaReportPage' },
  },
});
const [chunk] = [outputs].flat()[0].output;

// a text that would end the script element early may stand in a string only, where this escape means the same
const code = chunk.code.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
const script = `/*!\n${licences(chunk.moduleIds)}*/\n${code}\n`;
const style = readFileSync(join(FROM, 'page.css'), 'utf8')
  .replace(/\/\*.*?\*\//gs, '')
  .replace(/\s+/g, ' ')
  .replace(/ ?([{};,]) ?/g, '$1')
  .trim();
const hash = createHash('sha256').update(script).digest('base64');

mkdirSync(TO, { recursive: true });
writeFileSync(
  new URL('page.ts', TO),
  [
    '/** Script and style of the report page; written by scripts/build-report.mjs. */',
    `export const SCRIPT: string = ${JSON.stringify(script)};`,
    `export const SCRIPT_SHA256: string = ${JSON.stringify(hash)};`,
    `export const STYLE: string = ${JSON.stringify(style)};`,
    '',
  ].join('\n'),
);
const bytes = Buffer.byteLength(script) + Buffer.byteLength(style);
console.log(`report page: ${bytes} bytes, ${gzipSync(script + style).length} gzipped`);

/** Names, and texts of their licences, of the packages that these modules are of; alike texts once. */
function licences(modules) {
  const folders = new Set();
  for (const path of modules) {
    const inside = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (inside !== null) folders.add(inside[1]);
  }
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('*/', '* /').trim();
    const copyright = text.split('\n').filter((line) => /^copyright/i.test(line.trim()));
    const rest = text
      .split('\n')
      .filter((line) => !copyright.includes(line))
      .join('\n')
      .trim();
    if (!byText.has(rest)) byText.set(rest, []);
    byText.get(rest).push(`${name} ${version} (${license}). ${copyright.map((line) => line.trim()).join(' ')}`);
  }
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n\n`).join('');
}
