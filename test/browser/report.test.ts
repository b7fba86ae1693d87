/** Pages of charts in Chromium, from a file: what is drawn is what the record holds, and nothing else happens. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportHtml } from '../../src/report/index.js';
import type { RunRecord, SubnetRecord } from '../../src/simulator/record.js';
import { collusionPage, sweepPage, whatIfPage } from '../report/pages.js';
import { ABOUT, CLASSIC, change, large, recordOf } from '../report/records.js';
import { launch, missing } from './browser.js';

const REQUIRED = process.env.YUMA_REQUIRE_GPU === '1';
if (missing !== null && REQUIRED) {
  test('there is a browser', () => {
    throw new Error(missing!);
  });
} else if (missing !== null) console.warn(`skipped: report pages in a browser: ${missing}`);

const HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';

interface Line {
  readonly panel: number;
  readonly series: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** What the precision of the drawing is on the axis. */
  readonly pixel: number;
}

interface Area {
  readonly panel: number;
  readonly series: string;
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly pixel: number;
}

interface Cell {
  readonly panel: number;
  readonly row: string;
  readonly column: string;
  readonly value: number;
  readonly fill: string;
  readonly left: number;
}

interface Dot {
  readonly panel: number;
  /** `null` = the bar of consensus; so is `clipped`. */
  readonly row: string | null;
  readonly column: string;
  readonly value: number;
  readonly clipped: string | null;
  readonly y: number;
  readonly pixel: number;
}

/** Calls a function of test/browser/app/read-page.js. */
const read = <T>(page: Page, name: string, ...given: unknown[]): Promise<T> =>
  page.evaluate(`readPage[${JSON.stringify(name)}](...${JSON.stringify(given)})`);

describe.skipIf(missing !== null)('a page of charts', () => {
  let folder: string;
  let browser: Browser;
  let classic: RunRecord;
  const pages: Record<string, string> = {};
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yuma-report-'));
    classic = await recordOf(CLASSIC);
    const many = { yuma2: { yuma3: false }, yuma3: {}, liquid: { liquidAlpha: true }, penalty: { bondsPenalty: 0 } };
    const texts = {
      classic: reportHtml(classic, ABOUT),
      large: reportHtml(await recordOf(large(256, 64, 40)), ABOUT),
      four: reportHtml(await recordOf({ ...large(40, 12, 20, many), teams: Array(40).fill(undefined) }), ABOUT),
      'one epoch': reportHtml(await recordOf({ ...CLASSIC, epochs: 1 }), ABOUT),
      'all zero': reportHtml(await recordOf({ ...CLASSIC, weights: () => [] }), ABOUT),
      'nothing kept': reportHtml(
        change(classic, () => ({ epochs: [], validators: [], weights: [], bonds: [] })),
        ABOUT,
      ),
      hostile: reportHtml(
        { ...change(classic, () => ({ name: HOSTILE, names: Array(5).fill(HOSTILE) })), title: HOSTILE },
        ABOUT,
      ),
      collusion: collusionPage(),
      'what if': whatIfPage(),
      sweep: sweepPage(),
    };
    for (const [name, html] of Object.entries(texts)) {
      pages[name] = join(folder, `${name}.html`);
      writeFileSync(pages[name], html);
    }
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Opened {
    readonly page: Page;
    /** Errors on the console, exceptions, dialogs, and requests but for the file itself. */
    readonly complaints: string[];
  }

  async function open(name: string, width = 1280, theme: 'light' | 'dark' = 'light'): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme, offline: true });
    const complaints: string[] = [];
    page.on('pageerror', (fault) => complaints.push(fault.message));
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    const url = pathToFileURL(pages[name]!).href;
    page.on('request', (request) => request.url() !== url && complaints.push(`request ${request.url()}`));
    await page.addInitScript({ path: 'test/browser/app/read-page.js' });
    await page.goto(url);
    await page.waitForSelector('html[data-ready=true]', { state: 'attached' });
    return { page, complaints };
  }

  const NAMES = [
    'classic',
    'large',
    'four',
    'one epoch',
    'all zero',
    'nothing kept',
    'hostile',
    'collusion',
    'what if',
    'sweep',
  ];
  const LOOKS = [390, 1280].flatMap((width) => (['light', 'dark'] as const).map((theme) => ({ width, theme })));

  test.each(NAMES)(
    '%s: no error, no request, no scrolling sideways, no text cut or on another, in every look',
    async (name) => {
      const { page, complaints } = await open(name, 390, 'dark');
      for (const { width, theme } of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: theme });
        const paper = theme === 'dark' ? 'rgb(20, 24, 29)' : 'rgb(255, 255, 255)';
        await read(page, 'drawn', paper);
        const look = `${width} pixels, ${theme}`;
        expect(await page.evaluate('document.documentElement.scrollWidth'), look).toBe(width);
        expect(await read(page, 'misplaced'), look).toEqual([]);
      }
      await page.close();
      expect(complaints).toEqual([]);
    },
  );

  test('charts without values say why', async () => {
    const { page } = await open('nothing kept');
    const says = await read<string[]>(page, 'texts', '.empty');
    expect(says.length).toBeGreaterThan(5);
    for (const text of says) expect(text).toMatch(/^Nothing to draw: .{10}/);
    await page.close();
  });

  test('a hostile name is shown as it is', async () => {
    const { page } = await open('hostile');
    expect(await page.textContent('h1')).toBe(HOSTILE);
    expect(await read(page, 'texts', 'img')).toEqual([]);
    expect(await page.textContent('#incentives .panel-name')).toMatch(/^<\/script><script>/);
    await page.close();
  });

  const metric = ({ metrics, n }: SubnetRecord, name: keyof SubnetRecord['metrics'], at: number, uid: number): number =>
    metrics[name][at * n + uid]!;

  describe('read back', () => {
    let page: Page;
    beforeAll(async () => {
      ({ page } = await open('classic'));
    });
    afterAll(() => page.close());

    const LINES: [
      id: string,
      uids: readonly number[],
      want: (subnet: SubnetRecord, at: number, uid: number) => number,
    ][] = [
      ['incentives', [3, 4], (subnet, at, uid) => metric(subnet, 'incentive', at, uid) / 65_535],
      [
        'dividends',
        [0, 1, 2],
        (subnet, at, uid) => (1_000 * metric(subnet, 'validatorEmission', at, uid)) / metric(subnet, 'stake', at, uid),
      ],
      [
        'relative-dividends',
        [0, 1, 2],
        (subnet, at, uid) => {
          const all = [0, 1, 2].reduce((sum, other) => sum + metric(subnet, 'dividends', at, other), 0);
          return 100 * (metric(subnet, 'dividends', at, uid) / all / [0.8, 0.1, 0.1][uid]! - 1);
        },
      ],
    ];
    test.each(LINES)('%s: every line goes through the values of the record', async (id, uids, want) => {
      const lines = await read<Line[]>(page, 'lines', id);
      expect(lines.length).toBe(3 * uids.length);
      for (const [panel, subnet] of classic.subnets.entries()) {
        for (const uid of uids) {
          const line = lines.find((one) => one.panel === panel && one.series === subnet.names[uid])!;
          expect(line.points.map(([x]) => Math.round(x))).toEqual(subnet.epochs);
          for (const [at, [x, y]] of line.points.entries()) {
            expect(Math.abs(x - at)).toBeLessThan(0.01);
            expect(Math.abs(y - want(subnet, at, uid)), `${id} ${subnet.name} uid ${uid} epoch ${at}`).toBeLessThan(
              line.pixel,
            );
          }
        }
      }
    });

    test('emission: areas are as high as what each neuron gets, one on another', async () => {
      const areas = await read<Area[]>(page, 'areas', 'emission');
      for (const [panel, subnet] of classic.subnets.entries()) {
        const below = subnet.epochs.map(() => 0);
        for (const [uid, name] of subnet.names.entries()) {
          const area = areas.find((one) => one.panel === panel && one.series === name)!;
          for (const at of subnet.epochs.keys()) {
            const size =
              (metric(subnet, 'serverEmission', at, uid) + metric(subnet, 'validatorEmission', at, uid)) / 1e9;
            const where = `${subnet.name} ${name} epoch ${at}`;
            expect(Math.abs(area.low[at]! - below[at]!), where).toBeLessThan(area.pixel);
            expect(Math.abs(area.high[at]! - below[at]! - size), where).toBeLessThan(2 * area.pixel);
            below[at]! += size;
          }
        }
      }
    });

    test('bonds over time: every cell has its value, its colour and its place', async () => {
      const cells = await read<Cell[]>(page, 'cells', 'bonds-over-time');
      expect(cells.length).toBe(3 * 6 * 40);
      for (const { panel, row, column, value, fill, left } of cells) {
        const subnet = classic.subnets[panel]!;
        const [from, to] = row.split(' → ').map((name) => subnet.names.indexOf(name)) as [number, number];
        const bond = subnet.bonds[Number(column)]!.values[from * 5 + to]!;
        expect(value).toBe(bond / 65_535);
        const same = cells.find((cell) => cell.value === value)!;
        expect(fill).toBe(same.fill);
        if (value === 0) expect(fill).toBe('#f1f4f7');
        if (value === 1) expect(fill).toBe('#0d2c66');
        const next = cells.find(
          (cell) => cell.panel === panel && cell.row === row && Number(cell.column) === Number(column) + 1,
        );
        if (next !== undefined) expect(next.left).toBeGreaterThan(left);
      }
    });

    test('matrices and consensus follow their sliders', async () => {
      for (const [epoch, clipped] of [
        [0, 0],
        [1, 2],
        [3, 1],
        [39, 0],
      ] as const) {
        await read(page, 'slide', epoch);
        for (const { panel, row, column, value } of await read<Cell[]>(page, 'cells', 'weights-by-epoch')) {
          const subnet = classic.subnets[panel]!;
          const raw = subnet.weights[epoch]!.values[subnet.names.indexOf(row) * 5 + subnet.names.indexOf(column)]!;
          expect(value).toBe(raw / 65_535); // each gives all it has to one miner
        }
        const dots = await read<Dot[]>(page, 'dots', 'consensus');
        expect(dots.filter((dot) => dot.clipped !== null)).toHaveLength(9);
        for (const { panel, row, column, value, clipped: cut, y, pixel } of dots) {
          const subnet = classic.subnets[panel]!;
          const miner = subnet.names.indexOf(column);
          const consensus = metric(subnet, 'consensus', epoch, miner) / 65_535;
          if (row === null) expect(value).toBe(consensus);
          else {
            expect(value).toBe(subnet.weights[epoch]!.values[subnet.names.indexOf(row) * 5 + miner]! / 65_535);
            expect(cut).toBe(String(value > consensus + 1 / 65_535));
            expect(Math.abs(y - value)).toBeLessThan(pixel);
          }
        }
        expect(dots.filter((dot) => dot.clipped === 'true')).toHaveLength(3 * clipped);
      }
    });

    test('the pointer, and the arrow keys, show the exact value', async () => {
      const subnet = classic.subnets[1]!;
      const at = await read<{ x: number; y: number }>(page, 'place', 'dividends', 1, 'Validator C', 9);
      await page.locator('#dividends').scrollIntoViewIfNeeded();
      await page.locator('#dividends .holder svg').hover({ position: at });
      const value = (1_000 * metric(subnet, 'validatorEmission', 9, 2)) / metric(subnet, 'stake', 9, 2);
      const exact = `yuma3: Validator C · Epoch 9 · ${Number(value.toPrecision(9))} alpha`;
      expect(await page.textContent('#dividends .readout')).toContain(exact);
      expect(await page.textContent('#dividends g[aria-label=tip]')).toContain(`${Number(value.toPrecision(9))}`);

      await page.focus('#incentives .holder');
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
      const incentive = metric(classic.subnets[0]!, 'incentive', 1, 4);
      expect(await page.textContent('#incentives .readout')).toBe(
        `yuma2: Server 2 · Epoch 1 · ${incentive / 65_535} (${incentive} of 65535) share, 1 = all`,
      );
    });

    test('the table holds the values', async () => {
      await page.click('#incentives summary');
      const rows = await read<string[][]>(page, 'rows', '#incentives tbody tr');
      expect(rows).toHaveLength(120);
      const [subnet] = classic.subnets as [SubnetRecord];
      expect(rows[39]).toEqual(['yuma2', '39', ...[3, 4].map((uid) => String(metric(subnet, 'incentive', 39, uid)))]);
    });

    test('the foot holds what makes it again', async () => {
      const foot = await page.textContent('footer');
      for (const text of ['kappa-moves-first', '0123456789abcdef', 'yuma-engine 0.1.0', 'bondsMovingAverage']) {
        expect(foot).toContain(text);
      }
      expect(await read(page, 'texts', '.differs th')).toEqual(['yuma3', 'liquidAlpha']);
    });
  });

  test('an exported SVG is XML of its own, light, with the same lines', async () => {
    const { page, complaints } = await open('classic', 390, 'dark');
    for (const [id, marks, count] of [
      ['incentives', '[data-series]', 6],
      ['bonds-over-time', '[data-row]', 720],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#${id} button:text("SVG")`)]);
      expect(download.suggestedFilename()).toBe(`${id}.svg`);
      const text = readFileSync(await download.path(), 'utf8');
      expect(text).not.toMatch(/<script|var\(--[a-oq-z]|https?:\/\/(?!www\.w3\.org)/);
      const file = await read<{ says: string; background: string }>(page, 'svgFile', text, marks);
      expect(file).toMatchObject({ fault: null, root: 'svg', marks: count });
      expect(file.says).toContain('Hash of all results: 0123456789abcdef');
      expect(file.background).toContain('rgb(255, 255, 255)');
    }
    const [csv] = await Promise.all([page.waitForEvent('download'), page.click('#dividends button:text("CSV")')]);
    expect(readFileSync(await csv.path(), 'utf8').split('\r\n')).toHaveLength(122);
    await page.close();
    expect(complaints).toEqual([]);
  });

  test('tips of a narrow page are not cut', async () => {
    const { page } = await open('classic', 390);
    for (const id of ['dividends', 'relative-dividends', 'emission', 'bonds-over-time', 'consensus']) {
      await page.focus(`#${id} .holder`);
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowRight']) {
        await page.keyboard.press(key);
        const said = `${id} ${await page.textContent(`#${id} .readout`)}`;
        await expect.poll(() => read(page, 'tipFits', id), { message: said }).toBe(true); // it is drawn with the next frame
      }
    }
    await page.close();
  });

  test('the theme can be chosen, and print is light', async () => {
    const { page } = await open('classic', 1280, 'light');
    const background = async () => (await read<string[]>(page, 'backgrounds'))[0];
    await page.click('.theme');
    await page.click('.theme');
    expect(await page.textContent('.theme')).toBe('Theme: dark');
    expect(await background()).toBe('rgb(20, 24, 29)');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await read(page, 'background')).toBe('rgb(255, 255, 255)');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.setViewportSize({ width: 760, height: 900 });
    await read(page, 'drawn', 'rgb(255, 255, 255)');
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await background()).toBe('rgb(20, 24, 29)');
    await page.close();
  });
});
