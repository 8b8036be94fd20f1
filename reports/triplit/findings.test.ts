import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gatherFindings } from '../../properties/systems/triplit/finding.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { findingsMarkdown, withFindings } from './findings.ts';

const root = repositoryRoot();
const findings = gatherFindings(root);

describe('docs/findings.md', () => {
  const written = readFileSync(join(root, 'docs', 'findings.md'), 'utf8');

  test('is what npm run findings would write now', () => expect(written).toBe(findingsMarkdown(findings)));

  test('its figures stand in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(readme).toBe(withFindings(readme, findings));
    expect(() => withFindings('', findings)).toThrow('the README has no');
  });

  test('every link inside the page leads somewhere', () => {
    const ids = [...written.matchAll(/<a id="([^"]+)">/gu)].map(([, id]) => id);
    const links = [...written.matchAll(/\]\(#([^)]+)\)/gu)].map(([, id]) => id);
    expect(links).toEqual(ids);
    expect(ids.toSorted()).toEqual(findings.map(({ deviation }) => deviation.name).toSorted());
  });
});

describe('a finding', () => {
  const standing = findings.filter(({ deviation }) => deviation.fixedIn === null);
  const [first] = standing;
  const told = (change: object): string =>
    findingsMarkdown(standing.slice(0, 2).map((finding, place) => (place === 0 ? { ...finding, ...change } : finding)));

  test('without a script says so', () => {
    const text = told({ deviation: { ...first?.deviation, script: null } });
    expect(text).toContain('1 has none');
    expect(text).toContain('its reproduction alone shows it');
    expect(text).toContain('| – |');
  });

  test('seen in other versions than most tells them', () => {
    const versions = { '@triplit/client': '0.0.1' };
    expect(
      findingsMarkdown([
        ...standing.slice(1),
        ...standing.slice(0, 1).map((one) => ({ ...one, deviation: { ...one.deviation, versions } })),
      ]),
    ).toContain('- **Seen in:** `@triplit/client` 0.0.1');
  });

  test('mended since stands apart, with the set that shows it', () => {
    const text = told({
      deviation: { ...first?.deviation, versions: { '@triplit/client': '1.0.1' }, fixedIn: { '@triplit/client': '1.0.2' } },
    });
    const [before = '', since = ''] = text.split('## Mended since');
    expect(before).not.toContain(`id="${first?.deviation.name}"`);
    expect(since).toContain('- **Mended in:** `@triplit/client` 1.0.2');
    expect(since).toContain('npx lockstep published install --client 1.0.1 --name older');
  });

  test('no text of it acts as Markdown or HTML', () => {
    const text = told({
      deviation: { ...first?.deviation, title: '<b>*a*</b> | `b`' },
      reproduction: { text: '```\n', expected: null, transport: 'none' },
    });
    expect(text).toContain('&lt;b\\>\\*a\\*&lt;/b\\> \\| \\`b\\`');
    expect(text).toContain('````ts');
  });
});
