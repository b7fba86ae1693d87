/** Headless Chromium on a page of the bundled package: the distribution's browser, whose GPU is SwiftShader. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { serve } from './serve.js';

const CHROMIUM = process.env.YUMA_CHROMIUM ?? '/usr/bin/chromium';

/** Why there is no browser; `null` = there is one. */
export const missing = existsSync(CHROMIUM) ? null : `${CHROMIUM} is not there (YUMA_CHROMIUM names another one)`;

const ARGS = [
  '--enable-unsafe-webgpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

export interface OpenPage {
  readonly page: Page;
  /** What the page threw, or printed as an error. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A browser without a page. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, headless: true, chromiumSandbox: false, args: ARGS });

/** @param folder with index.html, whose script sets `ready` */
export async function openPage(folder: string): Promise<OpenPage> {
  const profile = mkdtempSync(join(tmpdir(), 'yuma-chromium-'));
  const server = await serve(folder);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    chromiumSandbox: false,
    args: ARGS,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (fault) => complaints.push(fault.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(server.url);
  await page.waitForFunction('globalThis.ready === true');
  return {
    page,
    complaints,
    close: async () => {
      await context.close();
      await server.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
