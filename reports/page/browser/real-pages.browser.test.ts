/** Pages as `lockstep show` writes them: of planted faults in every family of rules, and of a long run that holds. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockstep } from '../../../cli/testing/lockstep.test-tools.ts';
import { chromium, isChromiumThere, launchChromium, openTab } from './open-tab.ts';
import { cutTexts, overlappingTexts } from './texts.test-data.ts';

const planted = [
  'late-close-hits-new-session',
  'refresh-calls-overlap',
  'expiry-checked-by-timer-alone',
  'or-forgets-a-branch',
  'answer-merged-not-replaced',
  'sharing-key-without-order',
  'group-outlives-members',
  'write-applied-again',
  'rule-substituted-once',
  'acknowledged-write-survives-clear',
] as const;
/** Some 500 moments. */
const longRun = '7:13';

describe.skipIf(!isChromiumThere())(`real pages in ${chromium}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-pages-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function show(...words: readonly string[]): Promise<string> {
    const { code, out } = await lockstep('show', ...words, '--out', folder);
    expect(code).toBe(0);
    return join(folder, basename(out.split('\n')[0] ?? ''));
  }

  async function judge(path: string): Promise<void> {
    for (const [widthPixels, theme] of [
      [1400, 'light'],
      [400, 'dark'],
    ] as const) {
      const { tab, complaints } = await openTab(browser, path, { widthPixels, theme });
      await tab.$$eval('details', (folded) => {
        for (const part of folded) part.open = true;
      });
      // The heads of the lanes stay in sight, over whatever has been scrolled below them.
      await tab.$eval('.diagram', (diagram) => diagram.scrollTo(0, 0));
      expect(await tab.evaluate(overlappingTexts)).toEqual([]);
      expect(await tab.evaluate(cutTexts)).toEqual([]);
      await tab.focus('.moment[tabindex="0"]');
      await tab.keyboard.press('End');
      const last = (await tab.$$eval('.moment', (rows) => rows.length)) - 1;
      expect(await tab.evaluate(() => document.activeElement?.id)).toBe(`m${last}`);
      expect(complaints).toEqual([]);
      await tab.close();
    }
  }

  test.each(planted)('of the fault %s', async (name) => {
    const path = await show(`properties/corpus/planted/${name}.json`, '--fault', `properties/faults/${name}.json`);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('How it came');
    expect(text).toContain('npx lockstep replay');
    await judge(path);
  });

  test('of a long run that holds, and made twice it is the same, byte for byte', async () => {
    const path = await show(longRun);
    const text = readFileSync(path);
    await judge(path);
    expect(readFileSync(await show(longRun)).equals(text)).toBe(true);
  });
});
