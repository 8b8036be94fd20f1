import { describe, expect, test } from 'vitest';
import { listedFor } from './subject.ts';

const deviation = { name: 'late', rule: 'S9', title: 'It comes late', fixedIn: null };
const fixedIn = { '@example/client': '1.0.48', '@example/db': '1.1.8' };

describe('what is listed', () => {
  test('is expected as long as nobody has mended it', () => {
    expect(listedFor({ ...deviation, isMended: false })).toEqual({ name: 'late', rule: 'S9', title: 'It comes late', isMended: false });
    expect(listedFor({ ...deviation, fixedIn, isMended: false })).toMatchObject({ title: 'It comes late', isMended: false });
  });

  test('says since when', () => {
    const { title, isMended } = listedFor({ ...deviation, fixedIn, isMended: true });
    expect(title).toBe('It comes late (mended in @example/client 1.0.48, @example/db 1.1.8)');
    expect(isMended).toBe(true);
  });
});
