/** The faults for assembly/ and kernels/ (`npm run check:faults` tries them) still fit the files they are for. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ASSEMBLY_FAULTS } from '../../fuzz/planted/assembly.js';
import { type FaultsByFile, listed, planted } from '../../fuzz/planted/fault.js';
import { KERNEL_FAULTS } from '../../fuzz/planted/kernels.js';

const ROOMS: [string, string, FaultsByFile][] = [
  ['assembly', 'ts', ASSEMBLY_FAULTS],
  ['kernels', 'wgsl', KERNEL_FAULTS],
];

describe.each(ROOMS)('%s', (folder, ending, faults) => {
  test.each(Object.entries(faults))('%s has at least three faults, each with one place and a change', (file, texts) => {
    const text = readFileSync(`${folder}/${file}.${ending}`, 'utf8');
    expect(texts.length).toBeGreaterThanOrEqual(3);
    expect(new Set(texts.map(([is]) => is)).size).toBe(texts.length);
    for (const fault of listed({ [file]: texts })) expect(planted(text, fault), fault.is).not.toBe(text);
  });

  test('every stage of the executable spec that has a file here has faults', () => {
    const stages = readdirSync('src/epoch/reference').map((name) => name.replace('.ts', ''));
    const here = new Set(readdirSync(folder).map((name) => name.replace(`.${ending}`, '')));
    const notStages = ['epoch', 'columns']; // the order of the stages; columns.wgsl is how threads share columns
    const missing = stages.filter((stage) => here.has(stage) && !(stage in faults));
    expect(missing.filter((stage) => !notStages.includes(stage))).toEqual([]);
  });
});
