import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChanges } from '../../properties/systems/triplit/changes.ts';
import { readDisclosed } from '../../properties/systems/triplit/disclosure.ts';
import { type Finding, gatherFindings } from '../../properties/systems/triplit/finding.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { findingsMarkdown, findingsPages, sayFindings, withFindings } from './findings.ts';

const root = repositoryRoot();
const findings = gatherFindings(root);
const pages = findingsPages(findings);
const mostLines = 300;

describe('docs/findings.md and docs/findings/', () => {
  const written = readFileSync(join(root, 'docs', 'findings.md'), 'utf8');
  const folder = join(root, 'docs', 'findings');

  test('are what npm run findings would write now', () => {
    const files = readdirSync(folder).map((file) => `findings/${file}`);
    expect(['findings.md', ...files].sort()).toEqual(Object.keys(pages).sort());
    for (const [path, text] of Object.entries(pages)) expect(readFileSync(join(root, 'docs', path), 'utf8'), path).toBe(text);
  });

  test('the figures stand in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(readme).toBe(withFindings(readme, findings));
    expect(() => withFindings('', findings)).toThrow('the README has no');
  });

  test(`the first page has at most ${mostLines} lines`, () => expect(written.split('\n').length - 1).toBeLessThanOrEqual(mostLines));

  test('the first page leads to every other, and to no page that is missing', () => {
    const links = [...written.matchAll(/\]\((findings\/[^)]+)\)/gu)].map(([, path]) => path);
    expect([...new Set(links)].sort()).toEqual(
      Object.keys(pages)
        .filter((path) => path !== 'findings.md')
        .sort(),
    );
  });

  test('what is withheld is counted, and told nowhere', () => {
    const withheld = findings.filter(({ isWithheld }) => isWithheld);
    const texts = [...Object.values(pages), readFileSync(join(root, 'README.md'), 'utf8')];
    for (const { deviation } of withheld) {
      const parts = [deviation.title, deviation.cause];
      expect(Object.keys(pages)).not.toContain(`findings/${deviation.name}.md`);
      // A name that ends where another goes on is another name.
      const named = new RegExp(`(?<![\\w-])${deviation.name}(?![\\w-])`, 'u');
      for (const text of texts) {
        expect(named.test(text), deviation.name).toBe(false);
        for (const part of parts) expect(text).not.toContain(part);
      }
    }
    if (withheld.length > 0) expect(written).toContain(`${withheld.length} more `);
  });
});

describe('disclosure', () => {
  test('names only what touches security', () => {
    const security = findings.filter(({ deviation }) => deviation.isSecurity).map(({ deviation }) => deviation.name);
    expect([...readDisclosed(root)].filter((name) => !security.includes(name))).toEqual([]);
  });

  test.each(['P2 row leaked', 'S5 data after expiry', 'S11 accepted UNAUTHORIZED'])('what shows as %s is marked as security', (shownAs) => {
    const showing = findings.filter(({ deviation }) => deviation.signatures.some(({ classes }) => classes.includes(shownAs)));
    expect(showing.length).toBeGreaterThan(0);
    expect(showing.filter(({ deviation }) => !deviation.isSecurity).map(({ deviation }) => deviation.name)).toEqual([]);
  });

  test('what is disclosed appears, and counts no more among the withheld', () => {
    const [first] = findings.filter(({ isWithheld }) => isWithheld);
    if (first === undefined) return;
    const disclosed = findings.map((finding): Finding => (finding === first ? { ...finding, isWithheld: false } : finding));
    expect(Object.keys(findingsPages(disclosed))).toContain(`findings/${first.deviation.name}.md`);
    expect(sayFindings(disclosed)).not.toBe(sayFindings(findings));
  });
});

describe('a change that mends several', () => {
  test('is in words, and mends at least two', () => {
    for (const name of Object.keys(readChanges(root))) {
      expect(findings.filter(({ deviation }) => deviation.change === name).length, name).toBeGreaterThan(1);
    }
    expect(findings.filter(({ deviation, change }) => deviation.change !== null && change === null)).toEqual([]);
  });

  test('is told with what it mends, on the first page and on those of the findings', () => {
    const name = 'disconnect-keeps-reconnecting';
    const sentence = readChanges(root)['reconnecting-has-one-owner'] ?? '';
    expect(pages['findings.md']).toContain(sentence);
    expect(pages[`findings/${name}.md`]).toContain(sentence);
    expect(pages[`findings/${name}.md`]).toContain('](reconnect-timer-survives-connect.md)');
  });
});

describe('a finding', () => {
  const standing = findings.filter(({ deviation, isWithheld }) => deviation.fixedIn === null && !isWithheld);
  const [first] = standing;
  const told = (change: object): { readonly all: string; readonly one: string } => {
    const changed = standing.slice(0, 2).map((finding, place) => (place === 0 ? { ...finding, ...change } : finding));
    return { all: findingsMarkdown(changed), one: findingsPages(changed)[`findings/${first?.deviation.name}.md`] ?? '' };
  };

  test('without a script says so', () => {
    const { all, one } = told({ deviation: { ...first?.deviation, script: null } });
    expect(all).toContain('1 has none');
    expect(all).toContain('| – |');
    expect(one).toContain('its reproduction alone shows it');
  });

  test('tells the versions that it was seen in', () => {
    expect(told({ deviation: { ...first?.deviation, versions: { '@triplit/client': '0.0.1' } } }).one).toContain(
      '- **Seen in:** `@triplit/client` 0.0.1',
    );
  });

  test('mended since stands apart, with the set that shows it', () => {
    const { all, one } = told({
      deviation: { ...first?.deviation, versions: { '@triplit/client': '1.0.1' }, fixedIn: { '@triplit/client': '1.0.2' } },
    });
    const [before = '', since = ''] = all.split('## Mended since');
    expect(before).not.toContain(`(findings/${first?.deviation.name}.md)`);
    expect(since).toContain(`(findings/${first?.deviation.name}.md)`);
    expect(one).toContain('- **Mended in:** `@triplit/client` 1.0.2');
    expect(one).toContain('npx lockstep published install --client 1.0.1 --name older');
  });

  test('no text of it acts as Markdown or HTML', () => {
    const { all, one } = told({
      deviation: { ...first?.deviation, title: '<b>*a*</b> | `b`' },
      reproduction: { text: '```\n', expected: null, transport: 'none' },
    });
    for (const text of [all, one]) expect(text).toContain('&lt;b\\>\\*a\\*&lt;/b\\> \\| \\`b\\`');
    expect(one).toContain('````ts');
  });
});
