/** Stories told from traces by hand: messages paired, bands, what is told by its neighbour, differences. */
import { describe, expect, test } from 'vitest';
import type { ServerInspection, Status } from '../../model/actions.ts';
import type { Step } from '../../properties/scripts/script.ts';
import type { TraceEvent } from '../../properties/trace.ts';
import { differenceOf } from './difference.ts';
import { at, did, rested, scriptOf } from './sample-trace.test-data.ts';
import { tellStory } from './tell.ts';

const on = (connection: number) => ({ client: 'c1', connection });
const write = (sequence: number) => ({ ...on(1), word: { word: 'write', sequence } }) as const;
const updated = (version: number) => ({ ...on(1), word: { word: 'updated', subscriptions: ['q1'], version, rows: [] } }) as const;
const opening: readonly TraceEvent[] = [did(0, { kind: 'attempted', ...on(1) }), did(0, { kind: 'opened', ...on(1) })];

function messagesIn(events: readonly TraceEvent[], steps: readonly Step[] = []): readonly string[] {
  const { messages } = tellStory(scriptOf(steps), [...opening, ...events], null, '');
  return messages.map(
    ({ word, sent, delivered, lost }) => `${word}: ${sent ?? 'nobody'} to ${delivered ?? 'nowhere'}, lost ${lost ?? 'never'}`,
  );
}

describe('messages', () => {
  test('cross one another, each in its own direction', () => {
    expect(
      messagesIn([
        did(0, { kind: 'clientSent', ...write(1) }),
        did(0, { kind: 'serverSent', ...updated(4) }),
        at(0, { event: 'task', label: 'server→c1' }),
        did(0, { kind: 'clientHeard', ...updated(4) }),
        did(0, { kind: 'clientSent', ...write(2) }),
        did(0, { kind: 'serverReceived', ...write(1) }),
      ]),
    ).toEqual(['write 1: 2 to 6, lost never', 'updated q1 at version 4: 3 to 4, lost never', 'write 2: 5 to nowhere, lost never']);
  });

  test('are lost from the cut on, those sent into it at once', () => {
    const cut: Step = { do: 'cut', client: 'c1', how: 'abrupt' };
    expect(
      messagesIn(
        [
          did(0, { kind: 'clientSent', ...write(1) }),
          at(0, { event: 'step', taken: cut }),
          did(0, { kind: 'clientSent', ...write(2) }),
          did(0, { kind: 'clientHeardClose', ...on(1), closing: { reason: null, retry: true } }),
        ],
        [cut],
      ),
    ).toEqual(['write 1: 2 to nowhere, lost 3', 'write 2: 5 to nowhere, lost 5']);
  });

  test('that nobody sent were injected', () => {
    const nonsense = { ...on(1), word: { word: 'nonsense', nonsense: 'notJson' } } as const;
    expect(messagesIn([did(0, { kind: 'clientSent', ...write(1) }), did(0, { kind: 'serverReceived', ...nonsense })])).toEqual([
      'write 1: 2 to nowhere, lost never',
      'nonsense (not json): nobody to 3, lost never',
    ]);
  });

  test('a close is one too, and is confirmed', () => {
    const closing = { reason: 'MANUAL_DISCONNECT', retry: false } as const;
    expect(
      messagesIn([
        did(0, { kind: 'clientClosed', ...on(1), givenUp: false }),
        did(0, { kind: 'serverHeardClose', ...on(1) }),
        did(0, { kind: 'clientHeardClose', ...on(1), closing }),
      ]),
    ).toEqual(['close: 2 to 3, lost never', 'close confirmed: 3 to 4, lost never']);
  });

  test('of the second run of a relation are no matter of the first, though its connections are numbered anew', () => {
    const again = at(-1, { event: 'twin', difference: 'another order' });
    const closing = { reason: null, retry: false };
    const closedByClient = [did(0, { kind: 'clientClosed', ...on(1), givenUp: false }), did(0, { kind: 'serverHeardClose', ...on(1) })];
    const closedByServer = [
      did(0, { kind: 'serverClosed', ...on(1), closing, givenUp: false }),
      did(0, { kind: 'clientHeardClose', ...on(1), closing }),
      did(0, { kind: 'serverHeardClose', ...on(1) }),
    ];
    expect(messagesIn([...closedByClient, again, ...opening, ...closedByServer])).toEqual([
      'close: 2 to 3, lost never',
      'close: 7 to 8, lost never',
      'close confirmed: 8 to 9, lost never',
    ]);
    const crashes = [did(0, { kind: 'clientCrashed', client: 'c1' }), did(0, { kind: 'serverStopped', how: 'crash', kept: [] })];
    for (const crash of crashes) {
      const sent = did(0, { kind: 'clientSent', ...write(1) });
      expect(messagesIn([sent, again, ...opening, sent, crash])).toEqual([
        'write 1: 2 to nowhere, lost never',
        'write 1: 6 to nowhere, lost 7',
      ]);
    }
  });
});

describe('bands', () => {
  test('follow the status shown, from the beginning to the end', () => {
    const status = (shown: Status) => did(0, { kind: 'observed', client: 'c1', observation: { saw: 'status', status: shown } });
    const { statusBands } = tellStory(
      scriptOf([]),
      [...opening, status('CONNECTING'), status('OPEN'), at(0, { event: 'task', label: 'c1 heartbeat timer' })],
      null,
      '',
    );
    expect(statusBands).toEqual([
      { client: 'c1', status: 'UNINITIALIZED', from: 0, to: 1 },
      { client: 'c1', status: 'CONNECTING', from: 2, to: 2 },
      { client: 'c1', status: 'OPEN', from: 3, to: 4 },
      { client: 'c2', status: 'UNINITIALIZED', from: 0, to: 4 },
    ]);
  });

  test('of groups begin with the answer, end with the connection, and believe the inspection', () => {
    const answer = did(0, {
      kind: 'serverSent',
      ...on(1),
      word: { word: 'answered', subscription: 'q1', group: 'g1', version: 1, rows: [] },
    });
    const quiet = (groups: ServerInspection['groups']) => did(0, rested({ server: { version: 1, schema: null, connections: [], groups } }));
    const two = [
      { connection: 'c1', subscription: 'q1' },
      { connection: 'c2', subscription: 'q2' },
    ];
    const trace = [
      ...opening,
      answer,
      quiet([{ id: 'g1', members: two }]),
      did(0, { kind: 'serverHeardClose', ...on(1) }),
      quiet([{ id: 'g1', members: [] }]),
    ];
    expect(tellStory(scriptOf([]), trace, null, '').groupBands).toEqual([
      { group: 'g1', members: ['c1 q1'], from: 2, to: 2 },
      { group: 'g1', members: ['c1 q1', 'c2 q2'], from: 3, to: 3 },
      { group: 'g1', members: ['c2 q2'], from: 4, to: 4 },
      { group: 'g1', members: [], from: 5, to: 5 },
    ]);
  });
});

describe('moments', () => {
  test('what only brings the next event is told by it, and a cost by its commit', () => {
    const trace = [
      at(0, { event: 'task', label: 'server append' }),
      did(0, { kind: 'appendDurable' }),
      did(0, { kind: 'committed', clientId: 'c1-1', sequence: 1, version: 2 }),
      did(0, { kind: 'evaluated', group: 'g1', version: 2 }),
    ];
    const { moments } = tellStory(scriptOf([]), trace, null, '');
    expect(moments.map(({ kind, title }) => `${kind}: ${title}`)).toEqual(['commit: commits write 1 of c1-1 as version 2']);
    expect(moments[0]?.details).toContainEqual(['cost', 'evaluates group g1 for version 2']);
  });

  test('rows stand one on a line, and no line runs out of sight', () => {
    const rows = [
      { id: 'milk', text: 'x '.repeat(300) },
      { id: 'rent', done: true },
    ];
    const results = { client: 'c1', observation: { saw: 'results', subscription: 'q1', rows, fulfilled: true } } as const;
    const [moment] = tellStory(scriptOf([]), [did(0, { kind: 'observed', ...results })], null, '').moments;
    expect(moment?.title).toBe('shows results of q1: milk, rent (fulfilled)');
    const lines = moment?.details.find(([name]) => name === 'rows')?.[1].split('\n') ?? [];
    expect(lines.at(-1)).toBe('rent: done true');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(200);
  });
});

describe('a difference', () => {
  test('is that of the nearest possibility, word by word', () => {
    expect(differenceOf(['status OPEN', 'rows [milk rent visa], unfulfilled'], 'rows [milk visa]')).toEqual([
      { in: 'both', text: 'rows [milk ' },
      { in: 'allowed', text: 'rent ' },
      { in: 'both', text: 'visa]' },
      { in: 'allowed', text: ', unfulfilled' },
    ]);
  });

  test('is empty where nothing is common', () => {
    expect(differenceOf([], 'status CLOSED')).toEqual([]);
    expect(differenceOf(['an attempt to connect'], 'nothing')).toEqual([]);
  });
});
