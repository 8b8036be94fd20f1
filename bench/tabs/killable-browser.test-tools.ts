/** Chromium with a folder of its own, so that it finds again what it kept when it was killed; and a page over http, since storage belongs to an origin. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { chromium } from '../../reports/page/browser/open-tab.ts';
import type { TabSaid, TabTask } from '../../sut/storage/indexed-db/test-tab-words.ts';

export interface KillableBrowser {
  /** A tab at its task: a new one, or one that leaves what it was at. */
  openTab(task: TabTask, hear: (said: TabSaid) => void, origin?: string): Promise<Page>;
  loadAgain(page: Page, task: TabTask): Promise<void>;
  /** SIGKILL, and another one on the same folder. */
  killAndRestart(): Promise<void>;
  readonly origin: string;
  /** The same pages, for a browser another place. */
  readonly otherOrigin: string;
  /** DevTools of a page that is at nothing. What they set lasts as long as that page. */
  devtools(): Promise<CDPSession>;
  end(): Promise<void>;
}

export async function launchKillable(): Promise<KillableBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-tabs-'));
  const script = await bundledTab();
  const pages = createServer((request, response) => {
    const isScript = request.url === '/tab.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript ? script : '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/tab.js" defer></script>',
    );
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const address = pages.address();
  const port = typeof address === 'object' ? address?.port : address;
  const origin = `http://127.0.0.1:${port}`;
  const otherOrigin = `http://localhost:${port}`;
  const launch = (): Promise<Browser> =>
    puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'], userDataDir: folder, protocolTimeout: 60_000 });
  const addressOf = (task: TabTask, from = origin): string => `${from}/?task=${encodeURIComponent(JSON.stringify(task))}`;
  let browser = await launch();
  return {
    origin,
    otherOrigin,
    async openTab(task, hear, from) {
      const page = await browser.newPage();
      await page.exposeFunction('say', hear);
      await page.goto(addressOf(task, from));
      return page;
    },
    async loadAgain(page, task) {
      await page.goto(addressOf(task));
    },
    async killAndRestart() {
      const process = browser.process();
      const gone = new Promise<void>((resolve) => process?.once('exit', () => resolve()));
      process?.kill('SIGKILL');
      await gone;
      for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) rmSync(join(folder, name), { force: true });
      browser = await launch();
    },
    async devtools() {
      const page = await browser.newPage();
      return page.createCDPSession();
    },
    async end() {
      await browser.close();
      pages.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function bundledTab(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../sut/storage/indexed-db/test-tab.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
