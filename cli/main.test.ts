import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { knownNames } from '../properties/simulate/only.ts';
import { lockstep } from './testing/lockstep.test-tools.ts';
import { verbs } from './verbs.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const brokenScript = file('broken.json', '{\n  "version": 1,\n');
const laterScript = file('later.json', '{ "version": 99 }');
const misfit = file('misfit.json', JSON.stringify({ name: 'm', rule: 'S1', file: 'sut/port/system.ts', find: 'readonly', replace: '' }));
const step = { do: 'connect', client: 'c1' };
const script = {
  version: 1,
  profile: 'by hand',
  configuration: { clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }], authentication: 'HS256', claimsPath: null, rows: {} },
  steps: [step],
};
const goodScript = file('good.json', JSON.stringify(script));
const relationScript = file('relation.json', JSON.stringify({ ...script, relation: { name: 'reconnected', salt: 1 } }));
const goodEntry = file('entry.json', JSON.stringify({ rule: 'S1', class: 'S1 x', cause: 'by hand', fault: 'nowhere.json', script }));
const brokenEntry = file('broken-entry.json', JSON.stringify({ rule: 'S1', cause: 'by hand', script: { ...script, version: 99 } }));
const wrappedScript = file('wrapped.json', JSON.stringify({ script }));
const nothing = join(folder, 'nothing.json');

describe('bad usage and bad input: exit code 2 and one clear line', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown verb', ['frobnicate'], /unknown verb "frobnicate"; the verbs are simulate, resume, merge, replay/],
    ['an unknown option before the verb', ['--frob'], /unknown option --frob/],
    ['an unknown option', ['simulate', '--frob'], /simulate has no option --frob/],
    ['an argument too many', ['simulate', 'now'], /simulate takes no argument "now"/],
    ['a negative number of runs', ['simulate', '--runs', '-1'], /--runs must be a whole number of at least 1, not "-1"/],
    ['runs that are no number', ['simulate', '--runs', 'abc'], /--runs must be .* not "abc"/],
    ['runs without a number', ['simulate', '--runs'], /--runs needs a value/],
    ['runs before another option', ['simulate', '--runs', '--twice'], /--runs needs a value/],
    ['no runs', ['simulate', '--runs=0'], /--runs must be/],
    ['no workers', ['simulate', '--workers', '0'], /--workers must be a whole number from 1 to 256/],
    ['no minutes', ['simulate', '--minutes', '0'], /--minutes must be a number above 0/],
    ['a seed too large', ['simulate', '--seed', '4294967296'], /--seed must be/],
    ['a flag with a value', ['simulate', '--twice=yes'], /--twice takes no value/],
    ['a system that is none', ['simulate', '--system', 'real'], /--system must be one of simulated, websocket, \w+, published/],
    ['versions of our own client and server', ['simulate', '--versions', 'older'], /--versions goes with --system \w+/],
    ['an adapter that is not there', ['simulate', '--system', './nowhere/adapter.ts'], /--system: \.\/nowhere\/adapter\.ts: no such file/],
    ['a folder for an adapter', ['replay', '7:0', '--system', './examples/toy'], /--system: \.\/examples\/toy: is a folder/],
    ['a file that exports no system', ['show', '7:0', '--system', './cli/verb.ts'], /--system: \.\/cli\/verb\.ts /],
    [
      'a gate of an adapter against something',
      ['gate', '--system', './examples/toy/adapter.ts', '--against', 'x'],
      /--against: of toy there is no/,
    ],
    [
      'packages that are not installed',
      ['simulate', '--system', 'published', '--versions', 'nowhere'],
      /"nowhere" are not installed; npx lockstep published install --client V --name nowhere does that/,
    ],
    [
      'a fault in published packages',
      ['replay', '7:0', '--system', 'published', '--fault', 'x.json'],
      /--fault is for systems whose sources are here/,
    ],
    ['nothing to be done with packages', ['published'], /published knows "install"/],
    ['a set of no name', ['published', 'install', '--name', '../x'], /--name must be letters, digits, dots and dashes/],
    ['a version that is none', ['published', 'install', '--client', 'newest'], /--client must be a version, not "newest"/],
    ['a gate on no day', ['gate', '--date', 'today'], /--date must be a day such as 2026-12-31, not "today"/],
    ['waivers without a day', ['gate', '--waivers', 'package.json'], /--waivers needs --date/],
    [
      'waivers that are none',
      ['gate', '--waivers', 'package.json', '--date', '2026-12-31'],
      /package\.json: there is no field "name", only waivers/,
    ],
    ['a gate of something', ['gate', 'latest'], /gate takes no argument "latest"/],
    ['a gate of our own with versions', ['gate', '--system', 'simulated', '--versions', 'x'], /--versions goes with --system \w+/],
    ['a gate of packages that are not there', ['gate', '--versions', 'nowhere'], /"nowhere" are not installed/],
    ['a gate against what is no revision', ['gate', '--against', 'no-such-tag'], /--against: "no-such-tag" is no revision/],
    ['a release page that cannot be written', ['gate', '--markdown', join(folder, 'no', 'where.md')], /--markdown: .* cannot be written/],
    ['a property that is none', ['simulate', '--only', 'S7', 'S77'], /"S77"; near it is S7; lockstep simulate --help lists all names$/m],
    ['a property like no other', ['simulate', '--only', 'ZZ'], /--only does not know "ZZ"; lockstep simulate --help lists all names$/m],
    ['a theme that is none', ['simulate', '--theme', 'hostil'], /--theme does not know "hostil"; there are hostile, hot$/m],
    [
      'a theme of what the system lacks',
      ['simulate', '--theme', 'hostile', '--system', 'triplit'],
      /--theme: hostile needs what triplit does not have$/m,
    ],
    ['a report that cannot be written', ['simulate', '--json', join(folder, 'no', 'where.json')], /--json: .* cannot be written/],
    ['a JUnit report that cannot be written', ['simulate', '--junit', join(folder, 'no', 'where.xml')], /--junit: .* cannot be written/],
    ['a fault file that is not there', ['simulate', '--fault', nothing], /nothing.json: no such file/],
    ['a fault that does not fit', ['simulate', '--fault', misfit], /occurs \d+ times in sut\/port\/system.ts; it must occur exactly once/],
    ['a fault that is a script', ['simulate', '--fault', laterScript], /a fault has no key "version"/],
    ['a fault that is no JSON', ['replay', '1:1', '--fault', brokenScript], /no valid JSON at line 3, column 1/],
    ['a bail of none', ['simulate', '--bail=0'], /--bail must be a whole number of at least 1, not "0"/],
    ['a resumption of two campaigns', ['resume', 'a', 'b'], /resume takes one folder, not also "b"/],
    ['a resumption of what is no campaign', ['resume', folder], /holds no campaign [(]no journal.jsonl[)]/],
    ['a replay of nothing', ['replay'], /replay needs a FILE or SEED:RUN/],
    ['a replay of two things', ['replay', '1:1', '1:2'], /replay takes one script, not also "1:2"/],
    ['a script that is not there', ['replay', nothing], /nothing.json: no such file/],
    ['a script that is a folder', ['replay', folder], /is a folder, not a file/],
    ['a script that is no JSON', ['replay', brokenScript], /broken.json: no valid JSON at line 3, column 1/],
    ['a stop that is no number', ['replay', goodScript, '--until', 'x'], /--until must be a whole number .* not "x"/],
    ['a stop beyond the last step', ['replay', goodScript, '--until', '2'], /--until must be a whole number from 0 to 1, .* not "2"/],
    ['a stop in a script of a relation', ['replay', relationScript, '--until', '1'], /--until: this is the script of a relation/],
    ['a debugger on a port that is none', ['replay', goodScript, '--inspect=70000'], /--inspect must be a whole number from 0 to 65535/],
    ['a debugger on an empty port', ['replay', goodScript, '--inspect='], /--inspect= needs a value/],
    ['an entry of the corpus with another script', ['replay', brokenEntry], /broken-entry.json: as an entry of the corpus: .*version 99/],
    ['a script in another object', ['replay', wrappedScript], /wrapped.json: as an entry of the corpus: rule: expected a text/],
    ['neither script nor entry', ['replay', misfit], /misfit.json: version: missing [(]is this a script[?][)]/],
    ['a script of another version', ['replay', laterScript], /later.json: .*version 99/],
  ])('%s', async (_, words, complaint) => {
    const { code, out, err } = await lockstep(...words);
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toMatch(/^lockstep: /u);
    expect(err).toMatch(complaint);
  });
});

describe('replay', () => {
  test('of an entry of the corpus plants no fault, prints the trace and both states where it stops', async () => {
    const { code, out, err } = await lockstep('replay', goodEntry, '--trace', '--until', '1');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ +1 +0 +c1 +calls +connect$/mu);
    expect(out).toMatch(/^After step 1 of 1, 0 ms into the run[.]/mu);
    expect(out).toMatch(/^ {4}status +UNINITIALIZED +UNINITIALIZED$/mu);
    expect(out).toMatch(/^EQUAL SO FAR {2}/mu);
  });
});

describe('help', () => {
  test('lists the verbs', async () => {
    const { code, out } = await lockstep('--help');
    expect(code).toBe(0);
    expect(out).toContain('simulate');
    expect(out).toContain('replay');
  });

  test('is there on every verb, with an example', async () => {
    for (const { name } of verbs) {
      const { code, out } = await lockstep(name, '--help');
      expect(code).toBe(0);
      expect(out).toMatch(/^Usage: lockstep /u);
      expect(out).toMatch(/^Examples?: lockstep /mu);
    }
  });

  test('of simulate names all that --only knows', async () => {
    const { out } = await lockstep('simulate', '--help');
    const names = knownNames();
    for (const name of names.filter((one) => !/^[A-Z]\d+$/u.test(one))) expect(out).toContain(name);
    const lastOfLetter = new Map(names.flatMap((name) => (/^[A-Z]\d+$/u.test(name) ? [[name.charAt(0), name] as const] : [])));
    for (const [letter, last] of lastOfLetter) expect(out).toContain(`${letter}1 to ${last}`);
  });

  test('the version', async () => expect((await lockstep('--version')).out).toMatch(/^lockstep \d+\.\d+\.\d+\n$/u));

  test('no verb is bad usage', async () => expect((await lockstep()).code).toBe(2));
});
