import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, KeyInput, Page as Tab } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compilePageScript } from '../../../cli/page-script.ts';
import type { Story } from '../../story/story.ts';
import { pageHtml } from '../page-html.ts';
import { longStory, samplePage } from '../sample-stories.test-data.ts';
import { chromium, isChromiumThere, launchChromium, type OpenTab, openTab } from './open-tab.ts';
import { cutTexts, overlappingTexts } from './texts.test-data.ts';

const stories: readonly (readonly [string, Story])[] = [
  ['10 steps', longStory(100)],
  ['500 moments', longStory(500)],
];
const widths = [1400, 400] as const;
const themes = ['light', 'dark'] as const;

describe.skipIf(!isChromiumThere())(`the page in ${chromium}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-page-'));
  let browser: Browser;
  let script: string;

  beforeAll(async () => {
    script = await compilePageScript();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(story: Story, width: number, theme: 'light' | 'dark' = 'light', withScript = true): Promise<OpenTab> {
    const path = join(folder, `${story.moments.length}.html`);
    writeFileSync(path, pageHtml(samplePage(story), script));
    return openTab(browser, path, { widthPixels: width, theme, withScript });
  }

  const press = async (tab: Tab, ...keys: readonly KeyInput[]): Promise<void> => {
    for (const key of keys) await tab.keyboard.press(key);
  };
  const focused = (tab: Tab): Promise<string> => tab.evaluate(() => document.activeElement?.id ?? '');

  describe.each(stories)('%s', (_, story) => {
    test.each(widths.flatMap((width) => themes.map((theme) => [width, theme] as const)))(
      'at %i px, %s: all is there, nothing overlaps, nothing is cut, no complaint, no request',
      async (width, theme) => {
        const { tab, complaints } = await open(story, width, theme);
        expect(await tab.$eval('h1', (title) => title.textContent)).toBe('c1 showed status CLOSED');
        expect(await tab.$$eval('.moment', (rows) => rows.length)).toBe(story.moments.length);
        expect(await tab.$$eval('line.message', (lines) => lines.length)).toBe(
          story.messages.filter(({ sent, delivered }) => sent !== null || delivered !== null).length,
        );
        await tab.$$eval('details', (folded) => {
          for (const part of folded) part.open = true;
        });
        await tab.$eval('.diagram', (diagram) => diagram.scrollTo(0, 0));
        expect(await tab.evaluate(overlappingTexts)).toEqual([]);
        expect(await tab.evaluate(cutTexts)).toEqual([]);
        await press(tab, 'f');
        await tab.$eval('.diagram', (diagram) => diagram.scrollTo(0, 0));
        expect(await tab.evaluate(overlappingTexts)).toEqual([]);
        expect(complaints).toEqual([]);
        await tab.close();
      },
    );

    test('every moment is reached by the keyboard, and shows its details', async () => {
      const { tab, complaints } = await open(story, 1400);
      await tab.focus('.moment[tabindex="0"]');
      await press(tab, 'Home');
      for (const { index, title } of story.moments) {
        if (index > 0) await press(tab, index % 2 === 0 ? 'j' : 'ArrowDown');
        const { id, text } = await tab.evaluate(() => ({
          id: document.activeElement?.id,
          text: document.querySelector('.panel')?.textContent ?? '',
        }));
        expect(id).toBe(`m${index}`);
        expect(text).toContain(`Row ${index + 1} of ${story.moments.length}`);
        expect(text.replaceAll(/\s+/gu, ' ')).toContain(title.trim().replaceAll(/\s+/gu, ' '));
        expect(text).toContain('quantify the viola');
      }
      expect(complaints).toEqual([]);
      await tab.close();
    });

    test('what has the focus is in sight', async () => {
      const { tab } = await open(story, 1400);
      await tab.focus('.moment[tabindex="0"]');
      for (const key of ['Home', 'End', 'n', 'p', 'p', 'd', 'Home', 'n', 'n'] as const) {
        await press(tab, key);
        expect(
          await tab.evaluate(() => {
            const row = document.activeElement?.getBoundingClientRect();
            const heads = document.querySelector('.heads')?.getBoundingClientRect();
            return row !== undefined && heads !== undefined && row.top >= heads.bottom - 1 && row.bottom <= innerHeight;
          }),
        ).toBe(true);
      }
      await tab.close();
    });
  });

  test('keys lead along messages, to steps and to the divergence', async () => {
    const story = longStory(100);
    const { tab } = await open(story, 1400);
    await tab.focus('.moment[tabindex="0"]');
    await press(tab, 'Home', 'j', 'j', 'l');
    expect(await focused(tab)).toBe('m4');
    expect(await tab.$$eval('line.message.lit', (lines) => lines.length)).toBe(1);
    await press(tab, 'ArrowLeft');
    expect(await focused(tab)).toBe('m2');
    await press(tab, 'n');
    expect(await focused(tab)).toBe('m10');
    await press(tab, 'p');
    expect(await focused(tab)).toBe('m0');
    await press(tab, 'd');
    expect(await focused(tab)).toBe('m99');
    await tab.close();
  });

  test('zoom, filter, help and theme', async () => {
    const { tab, complaints } = await open(longStory(100), 1400);
    const zoom = (): Promise<string> =>
      tab.$eval('.frame', (frame) => (frame instanceof HTMLElement ? frame.style.getPropertyValue('--zoom') : ''));
    await press(tab, '+');
    expect(await zoom()).toBe('1.25');
    await press(tab, '0', '-');
    expect(await zoom()).toBe('0.8');
    await press(tab, 'f');
    expect(Number(await zoom())).toBeLessThan(0.5);
    await press(tab, '0', '/');
    await tab.keyboard.type('commits');
    expect(await tab.$eval('.filter output', (output) => output.textContent)).toBe('10 of 100');
    await press(tab, 'Enter');
    expect(await focused(tab)).toBe('m5');
    await press(tab, 'j');
    expect(await focused(tab)).toBe('m15');
    await press(tab, 'Escape', '?');
    expect(await tab.$eval('dialog', (dialog) => dialog.open)).toBe(true);
    await press(tab, 'Escape');
    expect(await tab.$eval('dialog', (dialog) => dialog.open)).toBe(false);
    await tab.click('[data-action="theme"]');
    await tab.click('[data-action="theme"]');
    expect(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(19, 20, 22)');
    expect(complaints).toEqual([]);
    await tab.close();
  });

  test('a click on a link of the chain goes to its moment', async () => {
    const { tab } = await open(longStory(500), 1400);
    await tab.click('.chain li:last-child a');
    expect(await focused(tab)).toBe('m499');
    await tab.close();
  });

  test('without a script it is whole', async () => {
    const story = longStory(100);
    const { tab, complaints } = await open(story, 400, 'light', false);
    expect(await tab.$$eval('.moment', (rows) => rows.filter((row) => row.checkVisibility()).length)).toBe(story.moments.length);
    expect(await tab.$$eval('button', (buttons) => buttons.filter((button) => button.checkVisibility()).length)).toBe(0);
    expect(await tab.evaluate(overlappingTexts)).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.close();
  });
});
