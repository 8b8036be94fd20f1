/** What is made of the lines of strace. */
import { describe, expect, test } from 'vitest';
import { complaintAbout, flushesIn } from './flushes.ts';

const accepted = String.raw`11 writev(25, [{iov_base="\201Y", iov_len=2}, {iov_base="{\"type\":\"accepted\",\"version\":0}", iov_len=80}], 2) = 82`;
const acknowledged = String.raw`11 write(25, "\201.{\"type\":\"acknowledged\",\"sequence\":1,\"version\":1}", 48) = 48`;
const twoAtOnce = `${acknowledged}${acknowledged}`;
const flushed = '12 fdatasync(19)                     = 0';
const begun = '12 fdatasync(19 <unfinished ...>';
const ended = '12 <... fdatasync resumed>)             = 0';
const failed = '12 fdatasync(19)                     = -1 EIO (Input/output error)';

describe('flushes', () => {
  test.each([
    [
      'each before its acknowledgement',
      [accepted, flushed, acknowledged, flushed, acknowledged],
      { flushes: 2, acknowledgements: 2, early: 0 },
    ],
    ['that take their time', [accepted, begun, ended, acknowledged], { flushes: 1, acknowledgements: 1, early: 0 }],
    ['that have only begun', [accepted, begun, acknowledged, ended], { flushes: 1, acknowledgements: 1, early: 1 }],
    ['that failed', [accepted, failed, acknowledged], { flushes: 0, acknowledgements: 1, early: 1 }],
    ['for two acknowledgements in one packet', [accepted, flushed, twoAtOnce], { flushes: 1, acknowledgements: 2, early: 1 }],
    [
      'that two connections share',
      [accepted, accepted.replace('25', '26'), flushed, acknowledged, acknowledged.replace('25', '26')],
      { flushes: 1, acknowledgements: 2, early: 0 },
    ],
    [
      'of somebody else, before its own acknowledgement',
      [accepted, flushed, acknowledged, acknowledged],
      { flushes: 1, acknowledgements: 2, early: 1 },
    ],
    ['from before anybody was accepted', [flushed, flushed, accepted, acknowledged], { flushes: 0, acknowledgements: 1, early: 1 }],
  ])('%s', (_what, lines, expected) => {
    expect(flushesIn(lines)).toEqual(expected);
  });

  test('too few acknowledgements are no proof', () => {
    expect(complaintAbout({ flushes: 0, acknowledgements: 0, early: 0 })).toMatchObject({ rule: 'W1' });
    expect(complaintAbout({ flushes: 99, acknowledgements: 100, early: 1 })).toMatchObject({ rule: 'W2' });
    expect(complaintAbout({ flushes: 29, acknowledgements: 100, early: 0 })).toBeNull();
  });
});
