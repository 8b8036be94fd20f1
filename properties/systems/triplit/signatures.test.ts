import { describe, expect, test } from 'vitest';
import type { Failure, Happening, TracedAction, TraceEvent } from '../../trace.ts';
import { wallEpochMs } from '../../worlds/clocks.ts';
import { classified } from './classify.ts';
import type { Deviation } from './deviations.ts';
import { waysToMeet } from './patterns.ts';
import { readSignatures } from './read-signatures.ts';
import { isShownBy, subjectOf } from './signatures.ts';

const failure: Failure = {
  class: 'S1 CLOSING to OPEN',
  rule: 'S1',
  property: 'statuses',
  message: 'c1 went from CLOSING to OPEN',
  allowed: [],
  shown: 'OPEN',
  step: 2,
};
const configuration = {
  clients: [
    { name: 'c1', knowsRoles: true, wallClockSkewMs: 30_000 },
    { name: 'c2', knowsRoles: true, wallClockSkewMs: 0 },
  ],
  authentication: 'HS256',
  claimsPath: 'app',
  rows: {},
} as const;

type Told = Happening & { readonly atMs?: number };

function traceOf(events: readonly Told[]): readonly TraceEvent[] {
  const failed: Told = { event: 'failed', class: failure.class };
  return [...events, failed].map((told) => ({ step: 0, atMs: 0, ...told }));
}

/** Whether a run with these events is known by a signature with those. */
function isKnown(events: readonly Told[], patterns: unknown, rest: object = {}, changes: Partial<Failure> = {}): boolean {
  const [signature] = readSignatures([{ classes: [failure.class], ...rest, events: patterns }], 'test');
  if (signature === undefined) throw new Error('no signature');
  return isShownBy(signature, subjectOf({ failure: { ...failure, ...changes }, trace: traceOf(events), configuration }));
}

const did = (action: TracedAction): Told => ({ event: 'action', action });
const attempted = (connection: number, client = 'c1'): Told => did({ kind: 'attempted', client, connection });
const opened = (connection: number, client = 'c1'): Told => did({ kind: 'opened', client, connection });
const disconnects = did({ kind: 'command', client: 'c1', command: { do: 'disconnect' } });
const task = (label: string): Told => ({ event: 'task', label });

describe('events', () => {
  test('stand in their order, others between them', () => {
    const patterns = [{ event: 'attempted' }, { event: 'opened' }];
    expect(isKnown([attempted(1), disconnects, opened(1)], patterns)).toBe(true);
    expect(isKnown([opened(1), attempted(1)], patterns)).toBe(false);
    expect(isKnown([attempted(1)], [{ event: 'attempted' }, { event: 'attempted' }])).toBe(false);
  });

  test('are tied by variables, and every way to tie them is tried', () => {
    const patterns = [
      { event: 'attempted', detail: { client: '$client', connection: '$connection' } },
      { event: 'opened', process: '$client', detail: { connection: '$connection' } },
    ];
    expect(isKnown([attempted(1), attempted(2), opened(2)], patterns)).toBe(true);
    expect(isKnown([attempted(1), attempted(2, 'c2'), opened(2)], patterns)).toBe(false);
    expect(isKnown([attempted(1), opened(3)], patterns)).toBe(false);
  });

  test('may be kept from having others before them', () => {
    const patterns = [
      { event: 'attempted', detail: { connection: '$connection' } },
      { event: 'command', without: [{ event: 'opened' }] },
    ];
    expect(isKnown([attempted(1), disconnects], patterns)).toBe(true);
    expect(isKnown([attempted(1), opened(1), disconnects], patterns)).toBe(false);
    expect(isKnown([attempted(1), opened(1), attempted(2), disconnects], patterns)).toBe(true);
    expect(isKnown([opened(1), disconnects], [{ event: 'command', without: [{ event: 'opened' }] }])).toBe(false);
    const ofThatConnection = [{ event: 'opened', detail: { connection: '$connection' } }];
    const tied = [
      { event: 'attempted', detail: { connection: '$connection' } },
      { event: 'command', without: ofThatConnection },
    ];
    expect(isKnown([attempted(1), opened(2), disconnects], tied)).toBe(true);
  });

  test('may have to be the last before the failure', () => {
    const last = [{ event: 'opened', last: true }];
    expect(isKnown([attempted(1), opened(1)], last)).toBe(true);
    expect(isKnown([opened(1), attempted(1)], last)).toBe(false);
  });

  test('have the time of their own process, jumps included', () => {
    const shown = (wallMs: number, process: string) => isKnown([{ ...attempted(1, process), atMs: 500 }], [{ event: 'attempted', wallMs }]);
    expect(shown(wallEpochMs + 30_500, 'c1')).toBe(true);
    expect(shown(wallEpochMs + 500, 'c2')).toBe(true);
    expect(shown(wallEpochMs + 500, 'c1')).toBe(false);
    const jumped = did({ kind: 'wallJumped', process: 'c1', byMs: -20_000 });
    expect(isKnown([jumped, { ...opened(1), atMs: 7 }], [{ event: 'opened', wallMs: wallEpochMs + 10_007 }])).toBe(true);
  });
});

describe('patterns', () => {
  const meets = (detail: object | string, pattern: unknown): boolean => {
    const [signature] = readSignatures([{ classes: ['x'], events: [{ detail: pattern }] }], 'test');
    return waysToMeet(signature?.events[0]?.fields.detail ?? null, detail, {}).length > 0;
  };

  test.each<[object | string, unknown, boolean]>([
    [{ a: 1, b: 2 }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{}, { a: null }, true],
    [{ a: [1, 2] }, { a: [1, 2] }, true],
    [{ a: [1, 2] }, { a: [1] }, false],
    [{ a: [1, 2] }, { a: { $has: 2 } }, true],
    [{ a: [1, 2] }, { a: { $has: 3 } }, false],
    [{ a: { b: 1 } }, { a: { $not: null } }, true],
    [{ a: null }, { a: { $not: null } }, false],
    [{ a: undefined }, { a: null }, true],
    [{ a: { b: 1, c: undefined }, d: { b: 1 } }, { a: '$x', d: '$x' }, true],
    [{ a: 1 }, { a: { $any: [2, 1] } }, true],
    [{ a: 3 }, { a: { $any: [2, 1] } }, false],
    [{ a: 1, b: 1 }, { a: '$x', b: '$x' }, true],
    [{ a: 1, b: 2 }, { a: '$x', b: '$x' }, false],
    [{ a: [1, 2], b: 2 }, { a: { $has: '$x' }, b: '$x' }, true],
    [{ a: 1, b: 2 }, { a: '$x', b: { $not: '$x' } }, true],
    [{ a: 10, b: 260 }, { a: '$x', b: { $is: { $sum: ['$x', 250] } } }, true],
    [{ a: 10, b: 259 }, { a: '$x', b: { $atLeast: { $sum: ['$x', 250] } } }, false],
    [{ a: 10, b: 10 }, { a: '$x', b: { $above: '$x' } }, false],
    [{ a: 10, b: 10 }, { a: '$x', b: { $atMost: '$x' } }, true],
    [{ a: 10, b: 10 }, { a: '$x', b: { $below: 11 } }, true],
    [{ a: null, b: 10 }, { a: '$x', b: { $above: '$x' } }, false],
    [{ a: 'row 7', b: '7' }, { a: { $text: 'row (?<x>.)' }, b: '$x' }, true],
    [{ a: 'row 7', b: '8' }, { a: { $text: 'row (?<x>.)' }, b: '$x' }, false],
    [{ a: 12 }, { a: { $all: ['$x', { $above: 11 }] } }, true],
    ['c1 refresh timer', 'c1 refresh timer', true],
    ['c1 refresh timer', { $text: '^c[0-9] refresh' }, true],
    ['c1 refresh timer', { a: 1 }, false],
  ])('%j meets %j: %s', (detail, pattern, expected) => expect(meets(detail, pattern)).toBe(expected));

  test('a text takes variables in, as they are', () => {
    const patterns = [
      { event: 'attempted', process: '$client' },
      { event: 'task', detail: `\${client} refresh timer` },
    ];
    expect(isKnown([attempted(1), task('c1 refresh timer')], patterns)).toBe(true);
    expect(isKnown([attempted(1), task('c2 refresh timer')], patterns)).toBe(false);
    const dotted = { a: '$x', b: { $text: `^\${x}$` } };
    expect(meets({ a: 'a.c', b: 'a.c' }, dotted)).toBe(true);
    expect(meets({ a: 'a.c', b: 'abc' }, dotted)).toBe(false);
  });
});

describe('a signature', () => {
  const anything = [{ event: 'attempted', process: '$client' }];

  test('asks for the class', () => {
    expect(isKnown([attempted(1)], anything)).toBe(true);
    expect(isKnown([attempted(1)], anything, {}, { class: 'S1 OPEN to OPEN' })).toBe(false);
  });

  test('asks what was shown, and for the configuration', () => {
    expect(isKnown([attempted(1)], anything, { shown: '^OPEN$', message: `^\${client} went` })).toBe(true);
    expect(isKnown([attempted(1, 'c2')], anything, { message: `^\${client} went` })).toBe(false);
    expect(isKnown([attempted(1)], anything, { shown: '^CLOSED$' })).toBe(false);
    const notAllowed = { failure: { allowed: { $not: { $has: { $text: `\${client}` } } } } };
    expect(isKnown([attempted(1)], anything, notAllowed, { allowed: ['c2 opens'] })).toBe(true);
    expect(isKnown([attempted(1)], anything, notAllowed, { allowed: ['c1 opens'] })).toBe(false);
    const stale = { failure: { shown: { $text: '(?<row>\\{"id":"x"[^}]*\\})' }, allowed: { $not: { $has: { $text: `\${row}` } } } } };
    const rows = (text: string) => `rows [x]: [{"text":"${text}","id":"x"},{"id":"y"}]`;
    expect(isKnown([attempted(1)], anything, stale, { shown: rows('old'), allowed: [rows('new')] })).toBe(true);
    expect(isKnown([attempted(1)], anything, stale, { shown: rows('new'), allowed: ['rows [x]: [{"id":"x","text":"new"}]'] })).toBe(false);
    expect(isKnown([attempted(1)], anything, { configuration: { claimsPath: { $not: null } } })).toBe(true);
    expect(isKnown([attempted(1)], anything, { configuration: { claimsPath: null } })).toBe(false);
  });

  test('is not met where looking for it takes too long', () => {
    const many = Array.from({ length: 120 }, (_, index) => attempted(index));
    const patterns = ['$a', '$b', '$c', '$d'].map((connection) => ({ event: 'attempted', detail: { connection } }));
    expect(isKnown(many, patterns)).toBe(true);
    expect(isKnown(many, [...patterns, { event: 'opened', last: true }])).toBe(false);
  });

  test('makes the first deviation by name part of the class', () => {
    const signatures = readSignatures([{ classes: [failure.class], events: anything }], 'test');
    const known = {
      rule: 'S1',
      title: 't',
      package: 'p',
      severity: 'low',
      isSecurity: false,
      change: null,
      versions: {},
      fixedIn: null,
      signatures,
      cause: 'c',
      script: null,
    } as const;
    const deviations: readonly Deviation[] = [
      { ...known, name: 'one', signatures: [] },
      { ...known, name: 'other' },
    ];
    const told = classified(deviations, { failure, trace: traceOf([attempted(1)]), configuration });
    expect(told).toMatchObject({ class: 'S1 CLOSING to OPEN [other]', known: 'other' });
    expect(told.class).toBe(`${failure.class} [other]`);
    expect(classified(deviations, { failure, trace: traceOf([]), configuration })).toBe(failure);
  });
});

test.each<[unknown, string]>([
  [[], 'test: expected at least one signature'],
  [[{ classes: [], events: [] }], 'test[0].classes: expected at least one class'],
  [[{ classes: ['x'], events: [] }], 'test[0].events: expected at least one event'],
  [[{ classes: ['x'], events: [{}] }], 'test[0].events[0]: expected something said of the event'],
  [[{ classes: ['x'], events: [{ evnt: 'x' }] }], 'test[0].events[0].evnt: unknown key'],
  [[{ classes: ['x'], events: [{ event: 'x', last: true }, { event: 'y' }] }], 'test[0].events: expected "last" with the last event only'],
  [[{ classes: ['x'], events: [{ event: { $one: [] } }] }], 'test[0].events[0].event.$one: unknown operator'],
  [[{ classes: ['x'], events: [{ event: { $text: '(' } }] }], 'test[0].events[0].event.$text: expected a regular expression'],
  [[{ classes: ['x'], events: [{ detail: { a: { $not: 1, b: 2 } } }] }], 'test[0].events[0].detail.a: expected $not alone in its object'],
  [[{ classes: ['x'], events: [{ atMs: { $above: '$then' } }] }], 'test[0].events[0].atMs.$above: $then has no value yet'],
  [[{ classes: ['x'], shown: `\${client}`, events: [{ event: 'x' }] }], 'test[0].shown: $client has no value yet'],
  [
    [{ classes: ['x'], events: [{ detail: { $any: [{ a: '$x' }, { b: '$y' }] } }, { detail: `\${x}` }] }],
    'test[0].events[1].detail: $x has no value yet',
  ],
])('%j is refused: %s', (value, complaint) => {
  expect(() => readSignatures(value, 'test')).toThrow(complaint);
});
