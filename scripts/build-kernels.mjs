/** Puts the text of every kernel into a module, so that nothing is read from a disk at run time (a browser has none). */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const FROM = new URL('../kernels/', import.meta.url);
const TO = new URL('../src/backends/webgpu/built/', import.meta.url);

const texts = readdirSync(FROM)
  .filter((name) => name.endsWith('.wgsl'))
  .sort()
  .map((name) => `  ${name.replace('.wgsl', '')}: ${JSON.stringify(readFileSync(new URL(name, FROM), 'utf8'))},`);

mkdirSync(TO, { recursive: true });
writeFileSync(
  new URL('texts.ts', TO),
  `/** The files of kernels/ by name; written by scripts/build-kernels.mjs. */\nexport const TEXTS = {\n${texts.join('\n')}\n} as const;\n`,
);
