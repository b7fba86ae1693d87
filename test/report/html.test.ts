import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { reportData, reportHtml } from '../../src/report/index.js';
import { ABOUT, CLASSIC, change, large, recordOf } from './records.js';

const HOSTILE = '</script><script>alert(1)</script><!--\u2028';

test('a hostile name ends no script and stays what it is', async () => {
  const record = await recordOf({ ...CLASSIC, epochs: 2 });
  const html = reportHtml({ ...change(record, () => ({ name: HOSTILE })), scenario: HOSTILE, title: HOSTILE }, ABOUT);
  expect(html).not.toContain('alert(1)</script>');
  expect(html).not.toContain('<script>alert');
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html.match(/<\/script/g)).toHaveLength(2);
  const data = JSON.parse(/<script type="application\/json" id="data">(.*)<\/script>/.exec(html)![1]!);
  expect(data.title).toBe(HOSTILE);
  expect(data.charts[0].panels[0].name).toBe(HOSTILE);
});

test('the policy lets the script of the page run and nothing else, and asks for nothing from outside', async () => {
  const html = reportHtml(await recordOf({ ...CLASSIC, epochs: 2 }), ABOUT);
  const script = /<script>([\s\S]*)<\/script>/.exec(html)![1]!;
  const hash = createHash('sha256').update(script).digest('base64');
  expect(html).toContain(`default-src 'none'; script-src 'sha256-${hash}'`);
  expect(html).not.toMatch(/(?:src|href)="(?!data:,)/);
  for (const name of ['@observablehq/plot', 'd3-scale', 'isoformat']) expect(script).toContain(name);
  expect(script).toContain('Permission to use, copy, modify');
});

test('the same record gives the same page', async () => {
  const [one, two] = await Promise.all([recordOf(CLASSIC), recordOf(CLASSIC)]);
  expect(reportHtml(one!, ABOUT)).toBe(reportHtml(two!, ABOUT));
});

test('the foot names scenario, seed, hash, engine and command, and every hyperparameter', async () => {
  const record = await recordOf({ ...CLASSIC, epochs: 1 });
  const html = reportHtml(record, { ...ABOUT, backend: 'wasm', command: 'yuma simulate x --seed 7' });
  const facts = ['kappa-moves-first', '"7"', '0123456789abcdef', 'yuma-engine 0.1.0, backend wasm', '--seed 7'];
  for (const fact of facts) expect(html).toContain(fact);
  for (const name of Object.keys(record.subnets[0]!.hyperparameters)) expect(html).toContain(`["${name}",`);
});

test('40 epochs of 256 neurons stay below 3 MB', async () => {
  const html = reportHtml(await recordOf(large(256, 64, 40)), ABOUT);
  console.info(`report: ${Buffer.byteLength(html)} bytes for 40 epochs of 256 neurons`);
  expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
});

test('a page without data weighs below 400 kB', async () => {
  const html = reportHtml(
    change(await recordOf({ ...CLASSIC, epochs: 1 }), () => ({ weights: [], bonds: [] })),
    ABOUT,
  );
  console.info(`report: ${Buffer.byteLength(html)} bytes without data`);
  expect(Buffer.byteLength(html)).toBeLessThan(400_000);
});

test('a run of many subnets draws the first eight, says so on every chart, and keeps the table of all', async () => {
  const { subnets, ...run } = await recordOf(CLASSIC);
  const many = Array.from({ length: 128 }, (_, at) => ({ ...subnets[0]!, name: `subnet ${at}` }));
  const { charts, tables } = reportData({ ...run, subnets: many }, ABOUT);
  for (const chart of charts) {
    expect(chart.panels).toHaveLength(8);
    expect(chart.note).toContain('The first 8 of 128 subnets are drawn.');
  }
  expect(tables[0]!.head).toHaveLength(129);
});
