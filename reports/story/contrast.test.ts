/** What has to be beside what was, in words, for each family of failures. */
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../properties/trace.ts';
import { sayContrast } from './contrast.ts';
import { did, failureOf, rested } from './sample-trace.test-data.ts';
import { readTrace } from './told.ts';

const law = 'The title: the law.';
const say = (change: Partial<Failure>, told: Parameters<typeof sayContrast>[2] = []): string => sayContrast(failureOf(change), law, told);

describe('a contrast', () => {
  test.each<[string, Partial<Failure>, string]>([
    ['status', {}, 'By S2 (the title) the status of c1 has to stay CONNECTING; but c1 showed status CLOSED.'],
    [
      'promise',
      {
        class: 'S2 unexpected updateSessionToken resolved',
        message: 'c1 showed updateSessionToken resolved',
        allowed: ['not settled yet'],
      },
      'By S2 (the title) updateSessionToken of c1 must not settle yet; but c1 showed updateSessionToken resolved.',
    ],
    [
      'debt in the end',
      {
        class: 'S9 never an attempt to connect',
        rule: 'S9',
        message: 'after the world had healed, c1 still waited for an attempt to connect',
        allowed: ['an attempt to connect'],
        shown: 'nothing',
      },
      'By S9 (the title) c1 has to try to connect by now; but even after the world has healed it has not happened.',
    ],
    [
      'rows told apart by their ids',
      {
        class: 'Q1 wrong results',
        rule: 'Q1',
        message: 'q1 of c1 showed what no version holds',
        allowed: ['rows [milk]: [{"id":"milk"}]'],
        shown: 'rows []: []',
      },
      'By Q1 (the title) q1 of c1 has to show milk; but it shows no rows.',
    ],
    [
      'rows told apart by what they hold',
      {
        class: 'Q2 wrong results',
        rule: 'Q2',
        message: 'q1 of c1 showed what no version holds',
        allowed: ['rows [milk]: [{"id":"milk","done":true}]'],
        shown: 'rows [milk]: [{"id":"milk"}]',
      },
      'By Q2 (the title) q1 of c1 has to show milk (done true); but it shows milk (nothing else).',
    ],
    [
      'cost',
      { class: 'H2 2 encodings', rule: 'H2', message: 'a commit cost group g1 2 encodings', allowed: ['1 to 1'], shown: '2' },
      'By H2 (the title) a commit has to encode the update of group g1 exactly once, however many are in it; but this one does so 2 times.',
    ],
    [
      'tokens by their labels',
      {
        class: 'S3 token differs',
        rule: 'S3',
        message: 'the token that c1 holds differs',
        allowed: ['ann/member/free until 1.5 s, tampered, secret'],
        shown: 'none',
      },
      'By S3 (the title) c1 has to hold the token ann (member, until 1.5 s, tampered); but it holds none.',
    ],
    [
      'a law without a number',
      { class: 'world boom', rule: 'world', message: 'boom', allowed: ['only what the ports allow'], shown: 'boom' },
      'Client and server reach the world through their ports only, and throw nothing into it; but boom.',
    ],
    [
      'a shape without words of its own',
      {
        class: 'W2 recovery unasked',
        rule: 'W2',
        message: 'the server reads its log anew, though no append failed',
        allowed: ['it goes on'],
        shown: 'recovery',
      },
      'By W2 (the title) what has to be here is: it goes on; but the server reads its log anew, though no append failed (recovery).',
    ],
  ])('%s', (_name, change, sentence) => {
    expect(say(change)).toBe(sentence);
  });

  test('a group that nobody is in', () => {
    const server = { version: 0, schema: null, connections: [], groups: [{ id: 'g1', members: [] }] };
    const quiet = did(0, rested({ server }));
    const told = readTrace([quiet]);
    expect(say({ class: 'H3 partition', rule: 'H3', message: 'the groups differ', allowed: [], shown: '' }, told)).toBe(
      'By H3 (the title) no group is to be left, since nobody is subscribed; but the server has g1 with nobody in it.',
    );
  });
});
