import { describe, expect, test } from 'vitest';
import { endlessSeed, failingSeed } from './fixtures/fake-workings.test-data.ts';
import { simulateWith } from './fixtures/simulate-fakes.test-data.ts';
import type { Recorded, RecordedShrink, Recorder, Segment, Sighting } from './recording.ts';
import { endOf } from './segments.ts';
import { type Simulation, verdictOf } from './simulation.ts';

interface Memory extends Recorder {
  readonly segments: Segment[];
  readonly sightings: Sighting[];
  readonly shrinks: RecordedShrink[];
}

function openMemory(onSegment: (segment: Segment) => void = () => {}): Memory {
  const segments: Segment[] = [];
  const sightings: Sighting[] = [];
  const shrinks: RecordedShrink[] = [];
  const ran = (segment: Segment): void => {
    segments.push(segment);
    onSegment(segment);
  };
  return {
    segments,
    sightings,
    shrinks,
    corpusRan: () => {},
    ran,
    saw: (sighting) => void sightings.push(sighting),
    shrank: (shrink) => void shrinks.push(shrink),
  };
}

function recordedIn(memories: readonly Memory[]): Recorded {
  const segments = memories.flatMap((memory) => memory.segments);
  return { corpus: new Map(), segments, shrinks: memories.flatMap(({ shrinks }) => shrinks), seconds: 1 };
}

/** All that does not depend on the machine. */
function comparable({ seconds: _, shrinkSeconds: __, pace: ___, workers: ____, ...rest }: Simulation): object {
  return rest;
}

const failing = { seed: failingSeed, runs: 200 };

describe('what a simulation tells while it goes on', () => {
  test('holds every run in order, each class when it is met, and each shrunk script', async () => {
    const memory = openMemory();
    const simulation = await simulateWith(failing, { recorder: memory });
    expect(memory.segments.map(({ from }) => from)[0]).toBe(0);
    expect(memory.segments.every((segment, place) => endOf(segment) === (memory.segments[place + 1]?.from ?? 200))).toBe(true);
    expect(memory.segments.flatMap(({ ends }) => ends)).toHaveLength(40);
    for (const { class: name } of simulation.failures) {
      const ofClass = memory.sightings.filter(({ failure }) => failure.class === name);
      expect(ofClass[0]).toMatchObject({ stage: 'found', shrunkFrom: 8 });
      expect(ofClass.at(-1)).toMatchObject({ stage: 'shrunk' });
      expect(ofClass.at(-1)?.script.steps).toHaveLength(1);
    }
    expect(comparable(simulation)).toEqual(comparable(await simulateWith(failing)));
  });

  test('what was begun goes on from there, and comes to the same', async () => {
    const whole = await simulateWith(failing);
    const interruption = new AbortController();
    const first = openMemory(() => interruption.abort());
    const interrupted = await simulateWith({ ...failing, workers: 1 }, { recorder: first, signal: interruption.signal });
    expect(interrupted).toMatchObject({ end: 'interrupted' });
    expect(interrupted.runs).toBeLessThan(200);
    const rest = openMemory();
    const resumed = await simulateWith(failing, { recorder: rest, recorded: recordedIn([first]) });
    expect(comparable(resumed)).toEqual(comparable(whole));
    expect(rest.segments[0]?.from).toBe(interrupted.runs);
  });

  test('four parts become one that is that of one process', async () => {
    const parts = await Promise.all(
      [0, 50, 100, 150].map(async (firstRun) => {
        const memory = openMemory();
        const part = await simulateWith({ ...failing, firstRun, runs: 50, workers: 1 }, { recorder: memory });
        expect(part).toMatchObject({ runs: 50, firstRun });
        return memory;
      }),
    );
    const again = openMemory();
    const merged = await simulateWith(failing, { recorded: recordedIn(parts), recorder: again });
    expect(comparable(merged)).toEqual(comparable(await simulateWith(failing)));
    expect(again.segments).toEqual([]);
  });
});

describe('an interruption', () => {
  test('loses no failure, not even one behind a run that never came', async () => {
    const interruption = new AbortController();
    const memory = openMemory();
    const stop = (sighting: Sighting): void => {
      memory.saw(sighting);
      if (sighting.failure.class === 'S2 fake') interruption.abort();
    };
    const simulation = await simulateWith(failing, { recorder: { ...memory, saw: stop }, signal: interruption.signal });
    expect(verdictOf(simulation)).toBe('failed');
    expect(simulation.failures.map(({ class: name }) => name)).toContain('S2 fake');
  });

  test('tells the smallest script that shrinking beside the runs came to', async () => {
    const memory = openMemory();
    const stop = new AbortController();
    const saw = (sighting: Sighting): void => {
      memory.saw(sighting);
      if (sighting.stage === 'smaller') stop.abort();
    };
    const hooks = { recorder: { ...memory, saw }, signal: stop.signal };
    const simulation = await simulateWith({ seed: endlessSeed, runs: 5 }, hooks);
    expect(simulation.failures[0]?.script.steps).toHaveLength(7);
    expect(simulation.failures[0]).toMatchObject({ class: 'S2 fake', shrinking: { brokenOff: 'interrupted' }, shrunkFrom: 8, attempts: 1 });
  });
});

test('so many classes of failure end it, in the order of the runs', async () => {
  const one = await simulateWith({ ...failing, bail: 1 });
  expect(one).toMatchObject({ runs: 5, end: 'bailed', firstRun: 0 });
  const two = await simulateWith({ ...failing, bail: 2 });
  expect(two).toMatchObject({ runs: 8, end: 'bailed' });
  expect(two.failures).toHaveLength(2);
  expect(await simulateWith({ ...failing, runs: 20, bail: 3 })).toMatchObject({ runs: 20, end: 'complete' });
});
