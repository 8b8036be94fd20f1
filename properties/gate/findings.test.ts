import { describe, expect, test } from 'vitest';
import type { Script } from '../scripts/script.ts';
import type { Failure, Outcome } from '../trace.ts';
import { type Answered, findingsOf, questionsFor } from './findings.ts';
import type { Sighting, Sightings } from './sightings.ts';

const script: Script = {
  version: 1,
  profile: 'by hand',
  configuration: { clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }], authentication: 'HS256', claimsPath: null, rows: {} },
  steps: [{ do: 'connect', client: 'c1' }],
};
const listed = [{ name: 'deviation', rule: 'S3', title: 'does what it should not', isMended: false }];
const held: Outcome = { outcome: 'held' };
const unknown: Outcome = { outcome: 'unknown', why: 'the worker died' };

function failed(failureClass: string): Outcome {
  const failure: Failure = { class: failureClass, rule: 'S1', property: 'lockstep', message: 'm', allowed: [], shown: 's', step: 0 };
  return { outcome: 'failed', failure };
}

function sighting(name: string, runs: number, ...scripts: readonly string[]): Sighting {
  return { name, isKnown: name === 'deviation', rule: 'S1', message: 'm', runs, scripts, script };
}

function side(seen: readonly Sighting[], outcomes: Readonly<Record<string, Outcome>> = {}, isWhole = true): Sightings {
  return { byName: new Map(seen.map((one) => [one.name, one])), outcomes: new Map(Object.entries(outcomes)), isWhole };
}

function answer(name: string, where: 'here' | 'there', outcome: Outcome): Answered {
  return { name, side: where, script, outcome };
}

describe('questions', () => {
  test('what shows on one side alone is asked for on the other', () => {
    const here = side([sighting('S1 a', 2), sighting('S1 both', 1)]);
    const there = side([sighting('S1 both', 1), sighting('S1 b', 3)]);
    expect(questionsFor(here, there).map((question) => [question.name, question.side])).toEqual([
      ['S1 b', 'here'],
      ['S1 a', 'there'],
    ]);
  });

  test('its own script, which shows it, was run on both sides', () => {
    expect(questionsFor(side([sighting('deviation', 2, 'deviation')]), side([]))).toEqual([]);
    expect(questionsFor(side([sighting('deviation', 2)]), side([]))).toHaveLength(1);
  });

  test('nothing is asked of a side that was broken off', () => {
    expect(questionsFor(side([sighting('S1 a', 2)]), side([], {}, false))).toEqual([]);
  });
});

describe('findings', () => {
  const one = (...given: Parameters<typeof findingsOf>) => findingsOf(...given)[0];

  test('take rule and title from the list', () => {
    const found = one(listed, side([sighting('deviation', 4, 'deviation')]), null, []);
    expect(found).toMatchObject({
      rule: 'S3',
      title: 'does what it should not',
      isKnown: true,
      here: { sight: 'shows', runs: 4, scripts: 1 },
      there: null,
    });
  });

  test('what was mended is not expected any more', () => {
    const mended = listed.map((one) => ({ ...one, isMended: true }));
    expect(one(mended, side([sighting('deviation', 4)]), null, [])).toMatchObject({ isKnown: false, here: { sight: 'shows' } });
  });

  test.each<[string, Outcome, string]>([
    ['holds', held, 'absent'],
    ['fails otherwise', failed('S1 other'), 'hidden'],
    ['gives no result', unknown, 'undecided'],
  ])('a listed script that %s', (_, outcome, sight) => {
    expect(one(listed, side([], { deviation: outcome }), null, [])?.here.sight).toBe(sight);
  });

  test.each<[string, Outcome, string]>([
    ['holds', held, 'absent'],
    ['fails so', failed('S1 a'), 'shows'],
    ['fails otherwise', failed('S1 other'), 'hidden'],
    ['gives no result', unknown, 'undecided'],
  ])('an answer that %s', (_, outcome, sight) => {
    const found = one([], side([sighting('S1 a', 1)]), side([]), [answer('S1 a', 'there', outcome)]);
    expect(found).toMatchObject({ isKnown: false, title: 'm', here: { sight: 'shows' }, there: { sight } });
  });

  test('an answer counts before the script of the list', () => {
    const there = side([], { deviation: failed('S1 other') });
    expect(one(listed, side([sighting('deviation', 1)]), there, [answer('deviation', 'there', held)])?.there?.sight).toBe('absent');
  });

  test('nothing is called absent of a side that was broken off', () => {
    const found = one(listed, side([sighting('deviation', 1)]), side([], { deviation: held }, false), []);
    expect(found?.there?.sight).toBe('undecided');
  });
});
