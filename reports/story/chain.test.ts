/** Chains of events as one reads them: of real runs up to a point, where a failure by hand ends them. */
import { describe, expect, test } from 'vitest';
import type { Status } from '../../model/actions.ts';
import { ruleSentence } from '../../properties/rules.ts';
import type { Step } from '../../properties/scripts/script.ts';
import { runScript } from '../../properties/systems/run-script.ts';
import type { Failure, TraceEvent } from '../../properties/trace.ts';
import { kindOf } from '../../properties/trace-line.ts';
import { at, did, failureOf, scriptOf } from './sample-trace.test-data.ts';
import { sayChain } from './say-chain.ts';
import { tellStory } from './tell.ts';

type Token = Extract<Step, { readonly do: 'startSession' }>['token'];

const ann: Token = { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: null, validFromMs: null, flaw: 'none' };
const start: Step = { do: 'startSession', client: 'c1', token: ann, connect: true, refresh: null };

interface Told {
  readonly chain: readonly string[];
  readonly brief: readonly string[];
}

/** Plays the steps, ends the trace after the last event of that kind in that step, and puts the failure there. */
async function chainOf(
  steps: readonly Step[],
  end: { readonly step: number; readonly kind: string },
  more: readonly TraceEvent[],
  failure: Failure,
): Promise<Told> {
  const script = scriptOf(steps);
  const { trace } = await runScript(script, { world: 'simulated', keepTrace: true });
  const last = trace.findLastIndex((one) => one.step === end.step && kindOf(one) === end.kind);
  const cut = [...trace.slice(0, last + 1), ...more, at(end.step, { event: 'failed', class: failure.class })];
  const sentence = ruleSentence(failure.rule);
  const story = tellStory(script, cut, failure, sentence);
  expect(tellStory(script, cut, failure, sentence)).toEqual(story);
  expect(story.divergence?.moment).toBe(story.moments.length - 1);
  return { chain: story.divergence?.chain.map((link) => link.sentence) ?? [], brief: sayChain(script, cut, failure, sentence) };
}

describe('a chain of events', () => {
  test('tells what came late', async () => {
    const observed = did(1, { kind: 'observed', client: 'c1', observation: { saw: 'status', status: 'CLOSED' } });
    const again: Step = { ...start, token: { ...ann, lifetimeMs: 60_000 } };
    const { chain, brief } = await chainOf([start, again], { step: 1, kind: 'clientHeardClose' }, [observed], failureOf({}));
    expect(chain).toMatchInlineSnapshot(`
      [
        "In step 1, c1 starts a session as ann (member, never expires) – c1 is accepted on connection 1.",
        "In step 2, c1 starts a session as ann (member, 60 s) – c1 closes connection 1, begins connection 2, and then the server hears that connection 1 is closed.",
        "Only then c1 hears that connection 1 is closed (CONNECTION_OVERRIDE), though it is on connection 2 by now.",
        "By S2 (the last call wins) the status of c1 has to stay CONNECTING; but c1 showed status CLOSED.",
      ]
    `);
    expect(brief[0]).toBe('In step 1 c1 is accepted on connection 1.');
  });

  test('tells what waited, and for how long', async () => {
    const refreshed: Step = { ...start, refresh: { intervalMs: 1_000, answers: [{ answer: 'token', token: ann }] } };
    const steps: readonly Step[] = [
      refreshed,
      { do: 'hold', label: 'c1 refresh handler' },
      { do: 'advance', ms: 1_000 },
      { do: 'endSession', client: 'c1' },
      start,
      { do: 'release', label: 'c1 refresh handler' },
    ];
    const word = { word: 'updateToken', request: 1, token: 'ann/member/free forever, secret' } as const;
    const failure = failureOf({
      class: 'S3 update unasked',
      rule: 'S3',
      message: 'c1 sent a token update that is not its next',
      allowed: ['none'],
      shown: 'ann/member/free forever, secret',
      step: 5,
    });
    const { chain } = await chainOf(
      steps,
      { step: 5, kind: 'refreshAnswered' },
      [did(5, { kind: 'clientSent', client: 'c1', connection: 2, word })],
      failure,
    );
    expect(chain).toMatchInlineSnapshot(`
      [
        "In step 1, c1 starts a session as ann (member, never expires), refreshed every 1 s by ann (member, never expires) – c1 is accepted on connection 1.",
        "In step 2, the script holds back the answer of the refresh handler of c1.",
        "In step 3, 1 s pass – c1 asks its refresh handler (call 1).",
        "In step 4, c1 ends its session – c1 closes connection 1 and hears that connection 1 is closed (MANUAL_DISCONNECT).",
        "In step 5, c1 starts a session as ann (member, never expires) – c1 is accepted on connection 2.",
        "In step 6, the script lets the answer of the refresh handler of c1 go on.",
        "The refresh handler of c1 had been asked (step 3) before c1 called endSession and c1 called startSession as ann (member, never expires), but it answers only after that, because the script holds back the answer of the refresh handler of c1 (step 2).",
        "By S3 (updating the token) c1 has no token update to send here; but it sends one to ann (member, never expires).",
      ]
    `);
  });

  test('tells what is owed and did not come', async () => {
    const insert: Step = { do: 'insert', client: 'c1', collection: 'todos', row: { id: 'milk' } };
    const failure = failureOf({
      class: 'W1 owed the acknowledgement of a write',
      rule: 'W1',
      message: 'at quiescence c1 is still owed the acknowledgement of a write',
      allowed: ['the acknowledgement of a write'],
      shown: 'nothing',
    });
    const { chain } = await chainOf([insert, start], { step: 1, kind: 'appendBegan' }, [], failure);
    expect(chain).toMatchInlineSnapshot(`
      [
        "In step 1, c1 inserts todos/milk – the storage of c1 holds write 1.",
        "In step 2, c1 starts a session as ann (member, never expires) – c1 is accepted on connection 1 and sends write 1.",
        "By W1 (exactly once) c1 has to be told what became of its write; but everything has come to rest, and it has not happened.",
      ]
    `);
  });

  test('says what is sent a second time', async () => {
    const insert: Step = { do: 'insert', client: 'c1', collection: 'todos', row: { id: 'milk' } };
    const failure = failureOf({
      class: 'W1 applied again',
      rule: 'W1',
      message: 'write 1 of c1 was not next',
      allowed: ['write 2'],
      shown: 'append of 1',
      step: 3,
    });
    const began = did(3, { kind: 'appendBegan', client: 'c1', clientId: 'c1-1', sequence: 1 });
    const again: Step = { ...start, token: { ...ann, lifetimeMs: 60_000 } };
    const held: Step = { do: 'hold', label: 'server append' };
    const { chain } = await chainOf([start, held, insert, again], { step: 3, kind: 'clientSent' }, [began], failure);
    expect(chain).toMatchInlineSnapshot(`
      [
        "In step 1, c1 starts a session as ann (member, never expires) – c1 is accepted on connection 1.",
        "In step 2, the script holds back the server's storage.",
        "In step 3, c1 inserts todos/milk – the storage of c1 holds write 1, and then c1 sends write 1.",
        "In step 4, c1 starts a session as ann (member, 60 s) – c1 closes connection 1, is accepted on connection 2 and sends write 1 again.",
        "By W1 (exactly once) the next write of c1 to be applied is write 2; but the server begins the append of write 1.",
      ]
    `);
  });

  test('of a relation tells both runs', () => {
    const status = (step: number, shown: Status) =>
      did(step, { kind: 'observed', client: 'c1', observation: { saw: 'status', status: shown } });
    const trace = [
      at(0, { event: 'step', taken: { do: 'connect', client: 'c1' } }),
      status(0, 'OPEN'),
      at(-1, { event: 'twin', difference: 'c1 away after step 1' }),
      at(0, { event: 'step', taken: { do: 'connect', client: 'c1' } }),
      at(1, { event: 'step', taken: { do: 'disconnect', client: 'c1' } }),
      status(1, 'CLOSED'),
    ];
    const failure = failureOf({
      class: 'Q4 reconnected status',
      rule: 'Q4',
      property: 'relations/reconnected',
      message: 'With c1 away after step 1: c1 ended in another status.',
      allowed: ['OPEN'],
      shown: 'CLOSED',
    });
    const chain = tellStory(scriptOf([]), trace, failure, ruleSentence('Q4')).divergence?.chain;
    expect(chain?.map((link) => `${link.moment} ${link.sentence}`)).toMatchInlineSnapshot(`
      [
        "0 The script is run twice, with a difference that must not matter.",
        "1 In the first run c1 comes to this in the end: OPEN.",
        "2 The second run is the same again, with c1 away after step 1.",
        "4 Only there, in step 2, c1 disconnects.",
        "5 In the second run c1 comes to this in the end: CLOSED.",
        "6 By Q4 (subscriptions are independent) both runs have to end alike; but c1 ended in another status (CLOSED and not OPEN).",
      ]
    `);
  });
});
