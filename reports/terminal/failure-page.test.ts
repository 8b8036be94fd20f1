/** The part of a failure's page that tells how it came; the rest of the page is shown with the other texts. */
import { expect, test } from 'vitest';
import { type FailurePage, failurePageText } from './failure-page.ts';
import { styleOf } from './style.ts';

const plain = styleOf({ isTTY: false }, {});

function pageWith(chain: readonly string[]): string {
  const failure = { class: 'S1 x', rule: 'S1', property: 'lockstep', message: 'it broke', allowed: ['a'], shown: 'b', step: 0 };
  const page: FailurePage = {
    failure,
    sentence: 'The law.',
    setting: 'With c1:',
    steps: ['c1 connects'],
    chain,
    origin: undefined,
    commands: undefined,
  };
  return failurePageText(page, plain, 100);
}

function linesOfChain(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n');
  const heading = lines.indexOf('  How it came');
  return heading < 0 ? [] : lines.slice(heading + 1);
}

test('without a trace it does not say how it came', () => {
  expect(linesOfChain(pageWith([]))).toEqual([]);
});

test('tells the links in their order, under the steps', () => {
  expect(linesOfChain(pageWith(['First this.', `Then ${'that '.repeat(30)}.`]))).toEqual([
    '    First this.',
    `    Then ${'that '.repeat(17)}that`,
    `      ${'that '.repeat(12)}.`,
  ]);
});

test('stays within eight lines: the earliest links are left out, the last never', () => {
  const links = Array.from({ length: 12 }, (_link, index) => `Link ${index}.`);
  expect(linesOfChain(pageWith(links))).toEqual(links.slice(-8).map((link) => `    ${link}`));
  expect(linesOfChain(pageWith([...links, 'word '.repeat(300).trim()])).length).toBeGreaterThan(8);
});
