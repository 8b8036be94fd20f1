/** Close reasons always fit into a close frame, and nothing else is taken for one. */
import { describe, expect, test } from 'vitest';
import { cutMessage, decodeCloseFrame, encodeCloseFrame } from './close-frame.ts';

const bytesOf = (content: string) => new TextEncoder().encode(content).length;

describe('close frames', () => {
  test('survive the way there and back', () => {
    const frame = { type: 'TOKEN_EXPIRED', retry: false, message: 'too late' } as const;
    expect(decodeCloseFrame(encodeCloseFrame(frame))).toEqual(frame);
    expect(decodeCloseFrame(encodeCloseFrame({ type: 'UNKNOWN', retry: true }))).toEqual({ type: 'UNKNOWN', retry: true });
  });

  test.each(['x'.repeat(500), '😀'.repeat(200), '"\\\n'.repeat(100)])('a message too long gives way', (message) => {
    const encoded = encodeCloseFrame({ type: 'CONNECTION_OVERRIDE', retry: false, message });
    expect(bytesOf(encoded)).toBeLessThanOrEqual(123);
    const decoded = decodeCloseFrame(encoded);
    expect(decoded?.type).toBe('CONNECTION_OVERRIDE');
    expect(message.startsWith(decoded?.message ?? 'nothing left')).toBe(true);
  });

  test.each(['x'.repeat(1_048_576), '"'.repeat(1_048_576), `${'x'.repeat(122)}${'😀'.repeat(500_000)}`])(
    'a message of a megabyte costs no more than a short one',
    (message) => {
      const decoded = decodeCloseFrame(encodeCloseFrame({ type: 'INTERNAL_ERROR', retry: false, message }));
      expect(message.startsWith(decoded?.message ?? 'nothing left')).toBe(true);
    },
  );

  test('a message is cut between characters', () => {
    expect(cutMessage('short')).toBe('short');
    expect(cutMessage(`${'x'.repeat(122)}😀😀`)).toBe('x'.repeat(122));
    expect(cutMessage(`${'x'.repeat(121)}😀😀`)).toBe(`${'x'.repeat(121)}😀`);
  });

  test.each([
    '',
    'going away',
    'null',
    '[]',
    '{"type":"UNAUTHORIZED"}',
    '{"type":"NO_SUCH_TYPE","retry":true}',
    '{"type":"toString","retry":true}',
    '{"type":"UNAUTHORIZED","retry":"no"}',
  ])('%j is none', (reason) => {
    expect(decodeCloseFrame(reason)).toBeNull();
  });
});
