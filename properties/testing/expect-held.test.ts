import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scriptOf } from '../generator/generate.ts';
import { formatScript, parseScript } from '../scripts/parse.ts';
import { type Script, scriptVersion } from '../scripts/script.ts';
import type { Outcome } from '../trace.ts';
import { expectHeld, expectSameTrace } from './expect-held.test-tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-held-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script: Script = {
  version: scriptVersion,
  profile: 'by hand',
  configuration: {
    clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
    authentication: 'HS256',
    claimsPath: null,
    rows: {},
  },
  steps: [{ do: 'connect', client: 'c1' }],
};
const failed: Outcome = {
  outcome: 'failed',
  failure: {
    class: 'S1 unexpected status OPEN',
    rule: 'S1',
    property: 'lockstep',
    message: 'c1 showed status OPEN',
    allowed: ['no change: UNINITIALIZED', 'status CONNECTING'],
    shown: 'status OPEN',
    step: 0,
  },
};

function messageOf(call: () => void): string {
  try {
    call();
  } catch (error) {
    return (error instanceof Error ? error.message : String(error))
      .replaceAll(folder, 'FOLDER')
      .replace(/-[\da-f]{8}[.]json/u, '-HASH.json');
  }
  return 'nothing was thrown';
}

describe('a run in a test', () => {
  test('that held says nothing and leaves nothing', () => {
    expectHeld(script, { outcome: { outcome: 'held' } }, { folder });
    expectSameTrace(script, { traceHash: 'a' }, { traceHash: 'a' }, { folder });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that failed says what broke and the command that runs it again', () => {
    expect(`\n${messageOf(() => expectHeld(script, { outcome: failed }, { folder }))}\n`).toMatchInlineSnapshot(`
      "
      S1  One session, one status: A client has at most one session, and its status is UNINITIALIZED (no session), CONNECTING, OPEN, CLOSING or CLOSED; a status callback fires exactly once for each change.

        c1 showed status OPEN

        allowed  no change: UNINITIALIZED
             or  status CONNECTING
        shown    status OPEN
        when     in step 1 of 1: c1 connects
        class    S1 unexpected status OPEN, found by lockstep

      Replay it:  npx lockstep replay FOLDER/s1-unexpected-status-open-HASH.json
      "
    `);
    const [file = ''] = readdirSync(folder);
    expect(parseScript(readFileSync(join(folder, file), 'utf8'))).toEqual(script);
  });

  test('leaves the script of another test that failed in the same class', () => {
    const another: Script = { ...script, steps: [{ do: 'disconnect', client: 'c1' }] };
    for (const one of [another, script, another]) messageOf(() => expectHeld(one, { outcome: failed }, { folder }));
    const kept = readdirSync(folder).map((file) => formatScript(parseScript(readFileSync(join(folder, file), 'utf8'))));
    expect(kept.sort()).toEqual([another, script].map(formatScript).sort());
  });

  test('names the system that it ran on', () => {
    expect(messageOf(() => expectHeld(script, { outcome: failed }, { folder, world: 'websocket' }))).toMatch(/json --system websocket$/u);
  });

  test('is named by its seed, where replay would draw the very script', () => {
    const drawn = scriptOf(5, 2);
    const said = (source: string): string => messageOf(() => expectHeld(drawn, { outcome: failed }, { folder, source }));
    expect(said('5:2')).toMatch(/replay 5:2$/u);
    expect(said('5:19')).toMatch(/replay FOLDER\/s1-unexpected-status-open-HASH[.]json$/u);
    expect(said('properties/corpus/x.json')).toMatch(/replay properties\/corpus\/x[.]json$/u);
  });

  test('that was not decided, or not the same twice, is told with its script too', () => {
    const unknown: Outcome = { outcome: 'unknown', why: 'more than 20000 tasks' };
    expect(messageOf(() => expectHeld(script, { outcome: unknown }, { folder }))).toMatch(
      /more than 20000 tasks[\s\S]*undecided-HASH[.]json$/u,
    );
    expect(messageOf(() => expectSameTrace(script, { traceHash: 'a' }, { traceHash: 'b' }, { folder }))).toMatch(
      /a and b[\s\S]*determinism-HASH[.]json$/u,
    );
  });
});
