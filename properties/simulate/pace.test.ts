import { expect, test } from 'vitest';
import { mostPoints, openPace } from './pace.ts';

test('a short simulation is sampled ten times a second, a long one evenly and never more than a bounded number of times', () => {
  for (const seconds of [1, 60, 3_600]) {
    const pace = openPace();
    for (let at = 0; at <= seconds * 50; at += 1) pace.sample(at / 50, () => at * 20);
    const points = pace.points();
    expect(points.length).toBeLessThan(mostPoints);
    expect(points.length).toBeGreaterThanOrEqual(Math.min(10, seconds * 10));
    const gaps = points.slice(1).map((point, index) => point.seconds - (points[index]?.seconds ?? 0));
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(2.5);
    expect(points.at(-1)?.seconds).toBeGreaterThan(seconds * 0.9);
  }
});

test('without a sample there is no point', () => expect(openPace().points()).toEqual([]));
