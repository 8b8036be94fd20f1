import { describe, expect, test } from 'vitest';
import { listedFor } from './subject.ts';

const deviation = { name: 'late', rule: 'S9', title: 'It comes late', fixedIn: null };
const fixedIn = { '@example/client': '1.0.48', '@example/db': '1.1.8' };

describe('what is listed', () => {
  test('is expected as long as nobody has mended it', () => {
    expect(listedFor(deviation, { '@example/client': '1.0.50' })).toEqual({
      name: 'late',
      rule: 'S9',
      title: 'It comes late',
      isMended: false,
    });
  });

  test.each<[string, string, boolean]>([
    ['1.0.48', '1.1.8', true],
    ['1.0.50', '1.1.10', true],
    ['1.0.47', '1.1.10', false],
    ['1.0.50', '1.1.7', false],
  ])('with client %s and db %s was mended: %s', (client, db, isMended) => {
    expect(listedFor({ ...deviation, fixedIn }, { '@example/client': client, '@example/db': db }).isMended).toBe(isMended);
  });

  test('says since when', () => {
    const { title } = listedFor({ ...deviation, fixedIn }, { '@example/client': '1.0.48', '@example/db': '1.1.8' });
    expect(title).toBe('It comes late (mended in @example/client 1.0.48, @example/db 1.1.8)');
  });
});
