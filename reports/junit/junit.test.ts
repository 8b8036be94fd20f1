import { DOMParser } from 'linkedom';
import { expect, test } from 'vitest';
import { failedReport, heldReport, knownReport } from '../explored/sample.test-data.ts';
import { junitXml } from './junit.ts';

test('a simulation that held', async () => {
  await expect(junitXml(heldReport)).toMatchFileSnapshot('snapshots/held.xml');
});

test('failures, a rule that was never tested, runs and scripts that gave no result', async () => {
  await expect(junitXml(failedReport)).toMatchFileSnapshot('snapshots/failed.xml');
});

test('known deviations are skipped, not failed', async () => {
  await expect(junitXml(knownReport)).toMatchFileSnapshot('snapshots/known.xml');
});

/** Elements and attributes of the schema that build servers share (Jenkins, junit-10.xsd), as far as we write them. */
const schema: Readonly<Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>> = {
  testsuites: { attributes: ['name', 'tests', 'failures', 'errors', 'time'], children: ['testsuite'] },
  testsuite: { attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'], children: ['testcase'] },
  testcase: { attributes: ['name', 'classname', 'time'], children: ['failure', 'error', 'skipped'] },
  failure: { attributes: ['message', 'type'], children: [] },
  error: { attributes: ['message', 'type'], children: [] },
  skipped: { attributes: ['message'], children: [] },
};

test('is XML of the common schema, and its counts are right', () => {
  for (const xml of [junitXml(heldReport), junitXml(failedReport), junitXml(knownReport)]) {
    expect(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)).toBe(false);
    const document = new DOMParser().parseFromString(xml, 'text/xml');
    const elements = [...document.querySelectorAll('*')].filter(({ localName }) => localName in schema);
    expect(elements.length).toBeGreaterThan(5);
    for (const element of elements) {
      const known = schema[element.localName];
      expect(known?.attributes).toEqual(expect.arrayContaining(element.getAttributeNames()));
      for (const child of element.children) expect(known?.children).toContain(child.localName);
    }
    for (const suite of document.querySelectorAll('testsuite')) {
      for (const [attribute, selector] of [
        ['tests', 'testcase'],
        ['failures', 'failure'],
        ['errors', 'error'],
        ['skipped', 'skipped'],
      ] as const) {
        expect(Number(suite.getAttribute(attribute))).toBe(suite.querySelectorAll(selector).length);
      }
    }
  }
});
