import { describe, expect, test } from 'vitest';
import { exitCodeOf, isAsRecorded, type JudgedReproduction, type Reproduced, readSaying, recordedOf } from './reproduction-verdict.ts';

const deviates: Reproduced = { outcome: 'said', saying: 'DEVIATES', seen: '' };
const promised: Reproduced = { outcome: 'said', saying: 'as promised', seen: '' };
const broken: Reproduced = { outcome: 'failed to run', why: 'x' };
const judged = (reproduced: Reproduced, recorded: JudgedReproduction['recorded']): JudgedReproduction => ({
  name: 'a',
  rule: 'S1',
  over: 'real sockets',
  reproduced,
  recorded,
});

describe('what a reproduction says', () => {
  test('is its last line; what it saw stands before', () => {
    expect(readSaying('status CLOSED\nDEVIATES\n', 'a warning', 'ended')).toEqual({
      outcome: 'said',
      saying: 'DEVIATES',
      seen: 'status CLOSED',
    });
    expect(readSaying('as promised', '', 'ended')).toEqual({ outcome: 'said', saying: 'as promised', seen: '' });
  });

  test('without a verdict it failed to run, by the first error that it names', () => {
    const stderr = 'node:internal/x:1\n  throw it\n\nError: listen EADDRINUSE: address already in use :::6543\n    at x\n';
    expect(readSaying('DEVIATES\nand more', stderr, 'ended')).toEqual({
      outcome: 'failed to run',
      why: 'Error: listen EADDRINUSE: address already in use :::6543',
    });
    expect(readSaying('', '', 'was ended by SIGKILL')).toEqual({
      outcome: 'failed to run',
      why: 'it was ended by SIGKILL without a verdict',
    });
  });
});

describe('against what is recorded', () => {
  test('versions are those of a record only if all are equal', () => {
    const deviation = { versions: { client: '1.0.0', server: '2.0.0' }, fixedIn: null };
    expect(recordedOf(deviation, { client: '1.0.0', server: '2.0.0', db: '3.0.0' })).toBe('DEVIATES');
    expect(recordedOf(deviation, { client: '1.0.0', server: '2.0.1' })).toBe(null);
  });

  test.each([
    ['1.0.9', 'DEVIATES'],
    ['1.0.8', null],
    ['1.0.10', 'as promised'],
    ['1.0.11', 'as promised'],
    ['1.1.0', 'as promised'],
    ['2.0.0-next.1', 'as promised'],
    ['0.9.99', null],
  ] as const)('what was seen in 1.0.9 and mended in 1.0.10 is, in %s: %s', (client, saying) => {
    expect(recordedOf({ versions: { client: '1.0.9' }, fixedIn: { client: '1.0.10' } }, { client })).toBe(saying);
  });

  test.each([
    ['all as recorded', [judged(deviates, 'DEVIATES')], 0],
    ['nothing recorded', [judged(deviates, null), judged(promised, null)], 0],
    ['one differs', [judged(deviates, 'DEVIATES'), judged(promised, 'DEVIATES')], 1],
    ['one without a verdict', [judged(deviates, 'DEVIATES'), judged(broken, 'DEVIATES')], 3],
    ['one differs, one without a verdict', [judged(promised, 'DEVIATES'), judged(broken, 'DEVIATES')], 1],
    ['no verdict where nothing is recorded', [judged(broken, null)], 0],
  ] as const)('%s', (_, all, code) => expect(exitCodeOf(all)).toBe(code));

  test('a missing verdict is no difference', () => {
    expect(isAsRecorded(judged(broken, 'DEVIATES'))).toBe(true);
    expect(isAsRecorded(judged(promised, 'DEVIATES'))).toBe(false);
  });
});
