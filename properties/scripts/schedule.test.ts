/** Schedules as data: read, written, told, drawn and shrunk. */
import { describe, expect, test } from 'vitest';
import { scriptOf } from '../generator/generate.ts';
import { scheduleOf } from '../language/configuration.ts';
import { saySchedule } from '../language/words-schedule.ts';
import { keepSteps } from '../shrinking/schedules.ts';
import { isSmaller, shrinkCandidates, shrinkScript } from '../shrinking/shrink.ts';
import { formatScript, parseScript, readScript } from './parse.ts';
import { type ScheduleSpec, type Script, type Step, scriptVersion } from './script.ts';

const hold: Step = { do: 'hold', label: 'server→c1' };
const pass: Step = { do: 'advance', ms: 1000 };
const release: Step = { do: 'release', label: 'server→c1' };

function scriptWith(schedule: ScheduleSpec, steps: readonly Step[] = [hold, pass, release]): Script {
  return {
    version: scriptVersion,
    profile: 'by hand',
    configuration: {
      clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
      authentication: 'HS256',
      claimsPath: null,
      rows: {},
      schedule,
    },
    steps,
  };
}

const chosen = (...choices: readonly string[]): ScheduleSpec => ({ kind: 'chosen', choices });
const priorities: ScheduleSpec = { kind: 'priorities', seed: 12, changePoints: [3, 20] };

describe('reading', () => {
  test.each([priorities, chosen('script', 'c1→server', 'settle', 'server append')])('gives back what was written: %j', (schedule) => {
    const script = scriptWith(schedule);
    expect(parseScript(formatScript(script))).toEqual(script);
  });

  test('fair is what a script without a schedule is', () => {
    const { configuration } = readScript(scriptWith({ kind: 'fair' }));
    expect(configuration).not.toHaveProperty('schedule');
    expect(scheduleOf(configuration)).toEqual({ kind: 'fair' });
  });

  test.each<[unknown, RegExp]>([
    ['fair', /^configuration\.schedule: expected an object$/],
    [{ kind: 'random' }, /^configuration\.schedule\.kind: expected one of fair, priorities, chosen$/],
    [{ kind: 'priorities', seed: 1 }, /^configuration\.schedule\.changePoints: missing$/],
    [{ kind: 'priorities', seed: 1, changePoints: [0] }, /^configuration\.schedule\.changePoints\[0\]: expected a whole number/],
    [{ kind: 'chosen', choices: ['c1'] }, /^configuration\.schedule\.choices\[0\]: expected a label, "script" or "settle"$/],
  ])('%j is refused in one line', (schedule, complaint) => {
    const script = scriptWith({ kind: 'fair' });
    expect(() => readScript({ ...script, configuration: { ...script.configuration, schedule } })).toThrow(complaint);
  });
});

test('words', () => {
  expect(saySchedule({ kind: 'fair' })).toBe('');
  expect(saySchedule(priorities)).toBe('ordered by priorities of seed 12, which change after move 3, 20');
  expect(saySchedule(chosen('script', 'c1→server'))).toBe('in this order: script, c1→server');
});

describe('drawing', () => {
  const drawn = Array.from({ length: 300 }, (_, run) => scriptOf(3, run));

  test('a fifth of the runs is by priorities, says so, and changes them at most three times', () => {
    const ordered = drawn.filter(({ configuration }) => scheduleOf(configuration).kind === 'priorities');
    expect(ordered.length / drawn.length).toBeGreaterThan(0.14);
    expect(ordered.length / drawn.length).toBeLessThan(0.26);
    for (const { profile, configuration } of ordered) {
      expect(profile).toMatch(/, by priorities$/);
      const schedule = scheduleOf(configuration);
      expect(schedule.kind === 'priorities' && schedule.changePoints.length).toBeLessThanOrEqual(3);
    }
  });

  test('the steps do not depend on it', () => {
    for (let run = 0; run < 20; run += 1) {
      expect(scriptOf(3, run, 'priorities').steps).toEqual(scriptOf(3, run, 'fair').steps);
      expect(scheduleOf(scriptOf(3, run, 'fair').configuration).kind).toBe('fair');
      expect(scheduleOf(scriptOf(3, run, 'priorities').configuration).kind).toBe('priorities');
    }
  });
});

describe('shrinking', () => {
  test.each([priorities, chosen('script', 'c1→server', 'script', 'settle')])(
    'offers the fair schedule, then plainer ones: %j',
    (schedule) => {
      const script = scriptWith(schedule, []);
      const offered = [...shrinkCandidates(script)].map(({ configuration }) => scheduleOf(configuration));
      expect(offered[0]).toEqual({ kind: 'fair' });
      expect(offered.length).toBeGreaterThan(3);
      for (const candidate of shrinkCandidates(script)) expect(isSmaller(candidate, script)).toBe(true);
    },
  );

  test('a step that is left out takes its word along', () => {
    const script = scriptWith(chosen('script', 'c1→server', 'script', 'settle', 'script', 'c1 store'));
    const kept = keepSteps(script, [hold, release]);
    expect(kept.steps).toEqual([hold, release]);
    expect(scheduleOf(kept.configuration)).toEqual(chosen('script', 'c1→server', 'settle', 'script', 'c1 store'));
  });

  test('leaves the choices without which it does not fail', async () => {
    const script = scriptWith(chosen('script', 'c1 store', 'script', 'c1→server', 'server append', 'script', 'settle'));
    const needs = (word: string, { configuration }: Script): boolean => {
      const schedule = scheduleOf(configuration);
      return schedule.kind === 'chosen' && schedule.choices.includes(word);
    };
    const fails = async (candidate: Script) => needs('c1→server', candidate) && needs('server append', candidate);
    const shrunk = await shrinkScript(script, fails);
    expect(scheduleOf(shrunk.script.configuration)).toEqual(chosen('c1→server', 'server append'));
    expect(shrunk.script.steps).toEqual([]);
  });

  test('renames clients in choices too', async () => {
    const script = scriptWith(chosen('script', 'c2→server', 'script'), [{ do: 'disconnect', client: 'c2' }]);
    const renamed = {
      ...script,
      configuration: { ...script.configuration, clients: [{ name: 'c2', knowsRoles: true, wallClockSkewMs: 0 }] },
    };
    const fails = async ({ configuration, steps }: Script) => scheduleOf(configuration).kind === 'chosen' && steps.length > 0;
    const shrunk = await shrinkScript(renamed, fails);
    expect(JSON.stringify(shrunk.script)).not.toContain('c2');
  });
});
