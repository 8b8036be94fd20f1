import { describe, expect, test } from 'vitest';
import { scriptOf } from '../../properties/generator/generate.ts';
import { runScript } from '../../properties/systems/run-script.ts';
import type { TraceEvent } from '../../properties/trace.ts';
import { at, did, rested } from '../story/sample-trace.test-data.ts';
import { columnsOf } from './columns.ts';
import { plainStyle, styleOf } from './style.ts';
import { traceText } from './trace.ts';

const on = { client: 'c1', connection: 1 };
const subscribe = { do: 'subscribe', subscription: 'q1', query: { collection: 'todos', where: [], order: [], limit: 2 } } as const;
const milk = { id: 'milk', text: 'Buy 牛乳', done: false };
const quiet = { statuses: { c1: 'UNINITIALIZED' }, tokens: { c1: null } } as const;
const server = { version: 1, schema: null, connections: ['c1'], groups: [] };

const trace: readonly TraceEvent[] = [
  did(-1, { kind: 'recovered', version: 1 }),
  did(-1, rested({ ...quiet, server: { ...server, connections: [] } })),
  at(0, { event: 'step', taken: { ...subscribe, client: 'c1' } }),
  did(0, { kind: 'command', client: 'c1', command: subscribe }),
  did(0, { kind: 'clientSent', ...on, word: { word: 'hello', token: 'ann/member', clientId: 'c1-0d7c', schema: 'a'.repeat(64) } }),
  at(0, { event: 'task', label: 'c1→server' }),
  did(0, { kind: 'serverReceived', ...on, word: { word: 'subscribe', subscription: 'q1' } }),
  did(0, { kind: 'serverSent', ...on, word: { word: 'answered', subscription: 'q1', group: 'g1', version: 1, rows: [milk] } }),
  did(0, { kind: 'observed', client: 'c1', observation: { saw: 'settled', promise: 'p1', error: 'TokenExpiredError' } }),
  did(
    0,
    rested({
      ...quiet,
      statuses: { c1: 'OPEN' },
      blocked: ['c1 store'],
      server: { ...server, groups: [{ id: 'g1', members: [{ connection: 'c1', subscription: 'q1' }] }] },
    }),
  ),
  at(1, { event: 'step', taken: { do: 'advance', ms: 1_000 } }),
  did(1, { kind: 'time', nowMs: 1_000 }, 1_000),
  at(1, { event: 'skip', skipped: 'release' }, 1_000),
  did(1, { kind: 'serverClosed', ...on, closing: { reason: 'TOKEN_EXPIRED', retry: false, explained: true }, givenUp: false }, 1_000),
  did(2, { kind: 'observed', client: 'c1', observation: { saw: 'status', status: 'CLOSED' } }, 1_000),
  at(2, { event: 'failed', class: 'S1 unexpected status CLOSED' }, 1_000),
];
const piped = { style: plainStyle, widthColumns: null, steps: 2 };

describe('a trace', () => {
  test('is a legend and one line an event, in fixed columns', () => {
    expect(`\n${traceText(trace, piped)}\n`).toMatchInlineSnapshot(`
      "
      # columns
      # step       of the script, from 1; - before the first, end after the last, while the world heals
      # time       virtual milliseconds since the run began
      # process    whose event it is: a client, the server, or the world around them
      # detail     #3 is the third connection of the run, p3 the third promise that a call gave
      # events
      # step       the script takes its next step
      # skip       the step means nothing here and is passed over
      # task       the world lets something happen: a delivery (c1→server), a timer, a completion
      # time       time moves on
      # calls      the user of the client calls it
      # shows      a callback is called, or a promise settles
      # sends      a frame goes out
      # hears      a frame comes in
      # closes     this end closes the connection
      # recovered  the server goes on from that version
      # quiet      nothing can move; what differs from the last time is told
      # FAILED     the first divergence; the event that showed it is marked ›

      step  time  process  event      detail
         -     0  server   recovered  at version 1
         -     0  world    quiet      c1 UNINITIALIZED; server running; version 1
         1     0  world    step       c1 subscribes q1: todos, at most 2
         1     0  c1       calls      subscribe q1: todos limit 2
         1     0  c1       sends      #1 hello, token ann/member, client id c1-0d7c, schema aaaaaaaaaaaa
         1     0  world    task       c1→server
         1     0  server   hears      #1 from c1 subscribe q1
         1     0  server   sends      #1 to c1 answer to q1 in group g1 at version 1: milk (text "Buy 牛乳", done false)
         1     0  c1       shows      p1 rejects with TokenExpiredError
         1     0  world    quiet      c1 OPEN; held c1 store; connections c1; groups g1 {c1 q1}
         2     0  world    step       1 s pass
         2  1000  world    time       1000 ms
         2  1000  world    skip       release
         2  1000  server   closes     #1 of c1 TOKEN_EXPIRED, no retry, explained
      ›end  1000  c1       shows      status CLOSED
       end  1000  world    FAILED     S1 unexpected status CLOSED
      "
    `);
  });

  test('has four columns without spaces, for awk', () => {
    const events = traceText(trace, piped).split('\n').slice(-trace.length);
    const words = events.map((line) => line.trim().split(/ +/u).slice(0, 4).join(' '));
    expect(words[0]).toBe('- 0 server recovered');
    expect(words.slice(-2)).toEqual(['›end 1000 c1 shows', 'end 1000 world FAILED']);
  });

  test('is cut on a terminal to its width, wide characters counted, and never in a pipe', () => {
    for (const widthColumns of [40, 60, 80]) {
      const lines = traceText(trace, { ...piped, widthColumns })
        .split('\n')
        .slice(-trace.length);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(widthColumns);
      expect(lines.some((line) => line.endsWith('…'))).toBe(true);
    }
    expect(traceText(trace, piped)).not.toContain('…');
  });

  test('marks the event that failed in colour, where there are colours', () => {
    const style = styleOf({ isTTY: true }, { TERM: 'xterm' });
    const failing = traceText(trace, { ...piped, style })
      .split('\n')
      .at(-2);
    expect(failing).toBe(style.bad(style.bold('›end  1000  c1       shows      status CLOSED')));
    expect(styleOf({ isTTY: true }, { NO_COLOR: '1' })).toBe(plainStyle);
  });

  test('has words for everything that happens in drawn runs', async () => {
    for (let run = 0; run < 5; run += 1) {
      const script = scriptOf(11, run);
      const { trace: drawn } = await runScript(script, { world: 'simulated', keepTrace: true });
      const text = traceText(drawn, { ...piped, steps: script.steps.length });
      expect(text).not.toMatch(/ {2}\{"|[ #]\?/u);
    }
  });

  test('of nothing is a legend', () => expect(traceText([], piped)).toContain('# columns'));
});
