/** For tests: Chromium, and a tab of it with a page, which notes all that a page must not do. */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page as Tab } from 'puppeteer-core';

export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Says so where there is none, since a test that was left out looks like one that passed. */
export function isChromiumThere(): boolean {
  const isThere = existsSync(chromium);
  if (!isThere) process.stderr.write(`The page is not tested: there is no Chromium at ${chromium}. Install it, or name it by CHROMIUM.\n`);
  return isThere;
}

export function launchChromium(): Promise<Browser> {
  return puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
}

export interface TabOptions {
  readonly widthPixels: number;
  readonly heightPixels?: number;
  readonly theme?: 'light' | 'dark';
  readonly withScript?: boolean;
  readonly pixelRatio?: number;
}

/** Complaints: requests that leave the page, words on the console, errors. */
export interface OpenTab {
  readonly tab: Tab;
  readonly complaints: readonly string[];
}

export async function openTab(browser: Browser, path: string, options: TabOptions): Promise<OpenTab> {
  const address = pathToFileURL(path).href;
  const complaints: string[] = [];
  const tab = await browser.newPage();
  await tab.setViewport({ width: options.widthPixels, height: options.heightPixels ?? 900, deviceScaleFactor: options.pixelRatio ?? 1 });
  await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: options.theme ?? 'light' }]);
  await tab.setJavaScriptEnabled(options.withScript ?? true);
  await tab.setRequestInterception(true);
  tab.on('request', (request) => {
    const own = request.url().split('#')[0] === address || request.url().startsWith('data:');
    if (!own) complaints.push(`request of ${request.url()}`);
    void (own ? request.continue() : request.abort());
  });
  tab.on('console', (message) => complaints.push(`console: ${message.text()}`));
  tab.on('pageerror', (error) => complaints.push(`error: ${String(error)}`));
  await tab.goto(address);
  return { tab, complaints };
}
