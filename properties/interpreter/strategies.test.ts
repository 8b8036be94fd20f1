import { describe, expect, test } from 'vitest';
import type { Task } from '../worlds/world.ts';
import { byChoices, byPriorities, type Move, type Point, roundRobin, type Strategy } from './strategies.ts';

const tasks = (...labels: readonly string[]): readonly Task[] => labels.map((label) => ({ label, held: false }));
const sayMove = (move: Move): string => (move.move === 'task' ? move.label : move.move);

/** The moves of a strategy where always the same could move. */
function movesAt(strategy: Strategy, point: Point, count: number): readonly string[] {
  return Array.from({ length: count }, () => sayMove(strategy.next(point)));
}

test('round robin goes on behind the label that ran last', () => {
  const order = roundRobin();
  expect([order(['a', 'c']), order(['a', 'b', 'c']), order(['a', 'b', 'c']), order(['a']), order([])]).toEqual([
    'a',
    'b',
    'c',
    'a',
    undefined,
  ]);
});

describe('priorities', () => {
  const all: Point = { tasks: tasks('a', 'b', 'c'), script: true };

  test('the highest moves again and again', () => {
    expect(new Set(movesAt(byPriorities(7, []), all, 5)).size).toBe(1);
  });

  test('they differ with the seed, and every participant is the highest under some', () => {
    const highest = Array.from({ length: 60 }, (_, seed) => movesAt(byPriorities(seed, []), all, 1)[0]);
    expect([...new Set(highest)].sort()).toEqual(['a', 'b', 'c', 'step']);
  });

  test('at a change point the one that just moved falls below all others, later ones below earlier ones', () => {
    const moves = movesAt(byPriorities(7, [2, 3, 4, 5]), all, 8);
    expect(moves[0]).toBe(moves[1]);
    expect([...moves.slice(1, 5)].sort()).toEqual(['a', 'b', 'c', 'step']);
    expect(moves.slice(5)).toEqual([moves[1], moves[1], moves[1]]);
  });

  test('what settles in between counts among the moves', () => {
    const strategy = byPriorities(7, [2]);
    const first = strategy.order?.(['a', 'b']);
    expect(strategy.order?.(['a', 'b'])).toBe(first);
    expect(strategy.order?.(['a', 'b'])).not.toBe(first);
  });

  test('where nothing can move it is the end', () => {
    expect(movesAt(byPriorities(7, []), { tasks: [], script: false }, 1)).toEqual(['end']);
  });
});

describe('choices', () => {
  test('are taken in order, and passed over where they are not enabled', () => {
    const strategy = byChoices(['b', 'x', 'script', 'a', 'settle']);
    expect(movesAt(strategy, { tasks: tasks('a', 'b'), script: true }, 4)).toEqual(['b', 'step', 'a', 'settle']);
  });

  test('then everything settles before the next step', () => {
    const strategy = byChoices([]);
    expect(sayMove(strategy.next({ tasks: tasks('a'), script: true }))).toBe('settle');
    expect(sayMove(strategy.next({ tasks: [], script: true }))).toBe('step');
    expect(sayMove(strategy.next({ tasks: [], script: false }))).toBe('end');
  });
});
