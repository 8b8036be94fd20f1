/** Close reasons always fit into a close frame, and nothing else is taken for one. */
import { describe, expect, test } from 'vitest';
import { decodeCloseFrame, encodeCloseFrame } from './close-frame.ts';

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
