import { describe, expect, test } from 'vitest';
import * as labels from '../../properties/language/labels.ts';
import { sayLabel } from '../../properties/language/words-labels.ts';
import { wordsThatOccur } from './catalogue.ts';
import { taskOf } from './labels.ts';
import type { Sayings } from './saying.ts';
import { wire } from './wire.ts';

describe('the catalogue', () => {
  test('is whole: a kind of action without its entry does not compile', () => {
    // @ts-expect-error The entry of `opened` is missing.
    const incomplete: Sayings<'attempted' | 'opened'> = { attempted: wire.attempted };
    // @ts-expect-error An entry says all that is to be said.
    const silent: Sayings<'opened'> = { opened: { word: 'opened', meaning: '', exact: () => '', drawn: 'opening', phrase: null } };
    expect([incomplete, silent]).toHaveLength(2);
  });

  test('names both ends of the wire alike, each word once, in the order of the legend', () => {
    const on = { client: 'c1', connection: 1 };
    const words = wordsThatOccur([
      { event: 'failed', class: 'x' },
      { event: 'action', action: { kind: 'serverHeardClose', ...on } },
      { event: 'action', action: { kind: 'clientHeardClose', ...on, closing: { reason: null, retry: true } } },
      { event: 'action', action: { kind: 'time', nowMs: 1 } },
    ]);
    expect(words.map(({ word }) => word)).toEqual(['time', 'closed', 'FAILED']);
  });
});

describe('labels', () => {
  const { toServer, toClient, openingOf, refreshHandlerOf, storeOf, verifyOf, refreshTimerOf, expiryTimerOf } = labels;
  const all = [toServer, toClient, openingOf, refreshHandlerOf, storeOf, verifyOf, refreshTimerOf, expiryTimerOf].map((of) => of('c1'));

  test('all have words of their own', () => {
    expect([...all, labels.append, labels.load, labels.keySetFetch].map(sayLabel)).toEqual([
      'what c1 sends to the server',
      'what the server sends to c1',
      'the opening of connections of c1',
      'the answer of the refresh handler of c1',
      'the storage of c1',
      "the server's judging of the tokens of c1",
      'the refresh timer of c1',
      "the server's expiry timer for c1",
      "the server's storage",
      "the server's reading of its log",
      "the server's fetching of the key set",
    ]);
  });

  test('name the process whose task it is, and what is not known is told as it stands', () => {
    expect(all.map((label) => taskOf(label).process)).toEqual(['server', 'c1', 'c1', 'c1', 'c1', 'server', 'c1', 'server']);
    expect(taskOf(expiryTimerOf('c2')).title).toBe('its expiry timer of c2 falls due');
    expect(taskOf('c1 dream of sheep')).toEqual({ process: 'c1', kind: 'completion', title: 'c1 dream of sheep comes back' });
    expect(sayLabel('c1 dream of sheep')).toBe('c1 dream of sheep');
  });
});
