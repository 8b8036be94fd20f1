/** What an attack must not do to the server, each by figures that differ from good ones in one way. */
import { describe, expect, test } from 'vitest';
import { complaintsAbout, type Measured } from './carry-out.ts';
import type { Figures } from './figures.ts';

const figures: Figures = {
  heapBytes: 10e6,
  peakBytes: 20e6,
  stallMs: 5_000,
  stallCpuMs: 40,
  peakBufferedBytes: 8e6,
  connections: 1,
  keyFetches: 1,
  referenceMs: 60,
  handles: 8,
  errors: [],
  dearest: { comparisons: 0, unitsEncoded: 0, attributesCopied: 0 },
  compared: {},
};
const good: Measured = { slowestHonestMs: 900, losses: 0, before: figures, during: figures, after: figures };
const complaints = (measured: Partial<Measured>, heldMegabytesMost?: number): readonly string[] =>
  complaintsAbout(heldMegabytesMost === undefined ? {} : { heldMegabytesMost }, 2, { ...good, ...measured });

test('slow by the clock alone is not held against it', () => {
  expect(complaints({})).toEqual([]);
});

test('a machine that has more to do is slower at the reference too', () => {
  expect(complaints({ during: { ...figures, stallCpuMs: 170, referenceMs: 85 } })).toEqual([]);
});

describe('each is complained of', () => {
  test.each<readonly [name: string, measured: Partial<Measured>, complaint: RegExp]>([
    ['a connection lost', { losses: 1 }, /lost its connection 1 times/],
    ['too much waits to be sent', { during: { ...figures, peakBufferedBytes: 12e6 } }, /12\.0 MB waited to be sent/],
    ['too much is held for the attacker', { during: { ...figures, heapBytes: 90e6 } }, /held 80\.0 MB/],
    ['the heap is not back', { after: { ...figures, heapBytes: 12.1e6 } }, /heap is at 12\.1 MB, and was at 10\.0/],
    ['a connection is left', { after: { ...figures, connections: 2 } }, /2 connections are left/],
    ['a handle is left', { after: { ...figures, handles: 9 } }, /9 handles are left/],
    ['it stood still', { during: { ...figures, stallCpuMs: 121 } }, /stood still for 121 ms of CPU, not 120 at most/],
    ['it logged an error', { after: { ...figures, errors: ['the socket failed'] } }, /the socket failed/],
  ])('%s', (_name, measured, complaint) => {
    const [only, ...others] = complaints(measured);
    expect(only).toMatch(complaint);
    expect(others).toEqual([]);
  });

  test('an attack says itself how much may be held for it', () => {
    const measured = { during: { ...figures, heapBytes: 15e6 } };
    expect(complaints(measured)).toEqual([]);
    expect(complaints(measured, 4)).toHaveLength(1);
  });
});
