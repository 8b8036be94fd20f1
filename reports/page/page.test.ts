import { describe, expect, test } from 'vitest';
import type { Script } from '../../properties/scripts/script.ts';
import { escapeHtml } from '../html/escape.ts';
import type { Story } from '../story/story.ts';
import { columnsOf } from '../terminal/columns.ts';
import { testText } from './as-test.ts';
import { layOut } from './diagram/layout.ts';
import { assignTracks } from './diagram/tracks.ts';
import { wrap } from './diagram/wrap.ts';
import { literal } from './literal.ts';
import { pageHtml } from './page-html.ts';
import { longStory, samplePage, shortStory } from './sample-stories.test-data.ts';

const hostile = '</script><script>alert(1)</script><img src=x onerror="alert(2)"> & \u2028\u202e\u0000 \'"`';

describe('the page', () => {
  test('made twice is the same byte for byte', () => {
    expect(pageHtml(samplePage(longStory(300)), 'go()')).toBe(pageHtml(samplePage(longStory(300)), 'go()'));
  });

  test('tells rule, message, allowed, shown, chain, steps, command, facts, script and test', () => {
    const html = pageHtml(samplePage(shortStory), '');
    for (const words of [
      '<b class="rule">S2</b> The last call wins',
      '<h1>c1 showed status CLOSED</h1>',
      'status <del>OPEN</del>',
      'status <ins>CLOSED</ins>',
      '<li>no change: CONNECTING</li>',
      '<a href="#m1">In step 1 c1 starts a session.</a>',
      '<li class="failing"><a href="#m0">c1 starts a session as ann (member, expired just now)</a>',
      'npx lockstep replay reports/out/failures/s2-unexpected-status-closed.json',
      '<dt>original length</dt><dd>31 steps</dd>',
      '&quot;version&quot;: 1',
      'import { test } from &#39;vitest&#39;;',
    ]) {
      expect(html).toContain(words);
    }
    expect(html).not.toContain('<script>');
  });

  test('backticks of a rule are code', () => {
    const divergence = shortStory.divergence === null ? null : { ...shortStory.divergence, ruleSentence: '`a < b` ends it.' };
    expect(pageHtml(samplePage({ ...shortStory, divergence }), '')).toContain('<code>a &lt; b</code> ends it.');
  });

  test('what holds and what could not be decided', () => {
    const story = { ...shortStory, divergence: null };
    expect(pageHtml(samplePage(story), '')).toContain('<p class="badge held">Held</p>');
    const undecided = pageHtml({ ...samplePage(story), verdict: { verdict: 'undecided', why: 'a bound of 5 was hit' } }, '');
    expect(undecided).toContain('a bound of 5 was hit');
    expect(undecided).not.toContain('Held');
  });

  test('no text of a script acts as markup, vanishes, or turns the text around it', () => {
    const html = pageHtml(samplePage(hostileStory()), 'x = "</script>"');
    expect(html.match(/<script>/gu)).toHaveLength(1);
    expect(html.match(/<\/script>/gu)).toHaveLength(1);
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/[\u2028\u202e\0]/u);
    expect(html).toContain('\\u2028\\u202e\\u0000');
  });

  test('forbids all requests, and has none to make', () => {
    const html = pageHtml(samplePage(shortStory), '');
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:`);
    expect(html).not.toMatch(/(?:src|href)="?(?:https?:)?\/\//u);
    expect(html).not.toMatch(/url\((?!#)/u);
  });

  test('a story without a moment is a page too', () => {
    const empty = { ...shortStory, moments: [], messages: [], statusBands: [], steps: [], divergence: null };
    expect(pageHtml(samplePage(empty), '')).toContain('<ol class="moments"');
  });
});

function hostileStory(): Story {
  return {
    ...shortStory,
    moments: shortStory.moments.map((moment) => ({ ...moment, title: hostile, details: [[hostile, hostile]] })),
    messages: shortStory.messages.map((message) => ({ ...message, word: hostile })),
    statusBands: shortStory.statusBands.map((band) => ({ ...band, status: hostile })),
    groupBands: [{ group: hostile, members: [hostile], from: 0, to: 4 }],
    steps: [hostile],
    setting: hostile,
    divergence:
      shortStory.divergence === null ? null : { ...shortStory.divergence, message: hostile, ruleSentence: hostile, shown: hostile },
  };
}

describe('layout', () => {
  test.each([5, 100, 500])('of %i moments: the rows follow each other without a gap that is not meant', (count) => {
    const story = count === 5 ? shortStory : longStory(count);
    const { rows, captions, height } = layOut(story);
    expect(rows).toHaveLength(count);
    const stretches = [...rows, ...captions].sort((a, b) => a.top - b.top);
    stretches.forEach((stretch, place) => {
      const before = stretches[place - 1];
      expect(stretch.top).toBe(before === undefined ? 0 : before.top + before.height);
    });
    expect(height).toBeGreaterThan(rows.at(-1)?.middle ?? 0);
  });

  test('time is told where it changes', () => {
    expect(layOut(shortStory).rows.map(({ time }) => time)).toEqual(['0', null, null, '1,250', null]);
  });

  test('the healing of the world has a caption', () => {
    const story = { ...shortStory, steps: [] };
    expect(layOut(story).captions).toEqual([]);
    const healed = { ...shortStory, moments: shortStory.moments.map((moment) => ({ ...moment, step: moment.index === 4 ? 1 : 0 })) };
    expect(layOut(healed).captions).toHaveLength(1);
  });

  test('stretches that overlap stand side by side, and a name keeps its track', () => {
    const stretch = (name: string, from: number, to: number) => ({ name, from, to });
    const tracks = assignTracks([
      stretch('g1', 0, 4),
      stretch('g2', 3, 9),
      stretch('g1', 5, 6),
      stretch('g3', 5, 9),
      stretch('g4', 10, 11),
    ]);
    expect(tracks.map(({ item, track }) => `${item.name} ${track}`)).toEqual(['g1 0', 'g2 1', 'g1 0', 'g3 2', 'g4 0']);
  });

  test('lines break between words, within a word only where it must be', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrap('', 9)).toEqual(['']);
    expect(wrap('仕事仕事仕事 a', 8).every((line) => columnsOf(line) <= 8)).toBe(true);
    expect(wrap(`a ${'b'.repeat(25)}`, 10).every((line) => columnsOf(line) <= 10)).toBe(true);
  });
});

describe('a script as a test', () => {
  const script: Script = {
    version: 1,
    profile: hostile,
    configuration: {
      clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: -5 }],
      authentication: 'HS256',
      claimsPath: null,
      rows: {},
    },
    steps: [
      { do: 'connect', client: 'c1' },
      {
        do: 'update',
        client: 'c1',
        collection: 'todos',
        id: "o'clock",
        changes: { 'due-date': null, ['__proto__']: 'x', text: 'long '.repeat(40) },
      },
    ],
  };
  const request = { script, title: "S2: it's CLOSED", world: 'simulated', toRoot: '../', plantedFault: null } as const;
  const text = testText(request);

  test('runs the very script, and expects it to hold', async () => {
    const runs: unknown[] = [];
    await evaluate(text, async (given, options) => {
      runs.push([given, options]);
      return { outcome: { outcome: 'held' } };
    });
    expect(runs).toEqual([[script, { world: 'simulated', keepTrace: false }]]);
  });

  test('runs that of a relation as the twins that it names', () => {
    const ofRelation = testText({ ...request, script: { ...script, relation: { name: 'reconnected', salt: 1 } } });
    expect(ofRelation).toContain("import { runAnyScript } from '../properties/relations/run-any-script.ts';");
    expect(ofRelation).toContain('await runAnyScript(script, {');
    expect(ofRelation).toContain("relation: { name: 'reconnected', salt: 1 }");
    expect(ofRelation).not.toContain('runScript');
  });

  test('says of which planted fault it tells, on one line', () => {
    const [, note, hope] = testText({ ...request, plantedFault: 'a\u2028b\nc' }).match(/\n(\/\/.*)\n(\/\/.*)\ntest\(/u) ?? [];
    expect(note).toBe("// It failed with a fault planted in the system: 'a\\u2028b\\nc'.");
    expect(hope).toMatch(/^\/\/ Expect it to hold on the sound system/u);
    expect(text).not.toContain('//');
  });

  test('of a system in versions is skipped where it is absent, and says what is known', () => {
    const onPackages = testText({ ...request, world: 'packages older', mayBeAbsent: true, deviation: "It's late" });
    expect(onPackages).toContain("import { isAvailable } from '../properties/systems/registry.ts';");
    expect(onPackages).toContain("\ntest.skipIf(!(await isAvailable('packages older')))('S2: it\\'s CLOSED', async () => {");
    expect(onPackages).toContain("\n// A known deviation of the system: 'It\\'s late'.\n");
  });

  test('reads like written by hand', () => {
    expect(text).toContain("import { runScript } from '../properties/systems/run-script.ts';");
    expect(text).toContain("    { do: 'connect', client: 'c1' },\n");
    expect(text).toContain("test('S2: it\\'s CLOSED', async () => {");
    expect(text).not.toMatch(/[\u2028\u202e\0]/u);
  });

  test.each([[null], [-0], ['\ud800'], [{}], [[]], [{ a: undefined, 1: 'x', 'b-c': [{}] }], ['x'.repeat(200)], ['👩‍👩‍👧\r\n\t\\']])(
    'literal %j',
    (value) => {
      expect(Function(`return (${literal(value)})`)()).toEqual(value);
    },
  );
});

type Runner = (script: unknown, options: unknown) => Promise<unknown>;

/** Plays the text of a test with another `runScript`; its types and imports are taken off. */
async function evaluate(text: string, runScript: Runner): Promise<void> {
  const code = text.replaceAll(/^import .*$/gmu, '').replace(': Script =', ' =');
  const bodies: (() => Promise<void>)[] = [];
  Function('expect', 'test', 'runScript', code)(expect, (_: string, body: () => Promise<void>) => bodies.push(body), runScript);
  for (const body of bodies) await body();
}

test('what cannot be seen is written out', () => {
  expect(escapeHtml('a\u202eb\u0007\n\t<é')).toBe('a\\u202eb\\u0007\n\t&lt;é');
});
