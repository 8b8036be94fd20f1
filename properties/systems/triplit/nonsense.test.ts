import { describe, expect, test } from 'vitest';
import { nonsense } from '../../../sut/triplit/nonsense.ts';
import type { Finding } from '../../checks/check.ts';
import type { WorldEvent } from '../../worlds/world.ts';
import { watchNonsense } from './nonsense.ts';

const text = nonsense('unknownType') ?? '';
const heard: WorldEvent = { event: 'serverReceived', client: 'c1', connection: 1, data: text };
const ping: WorldEvent = { event: 'serverReceived', client: 'c2', connection: 2, data: '{"type":"PING","payload":{}}' };
const closed: WorldEvent = { event: 'serverClosed', client: 'c1', connection: 1, code: 1008, reason: '', givenUp: false };

function sent(connection: number, type: string): WorldEvent {
  return { event: 'serverSent', client: `c${connection}`, connection, data: JSON.stringify({ type, payload: {} }) };
}

function shapesAfter(...events: readonly WorldEvent[]): readonly string[] {
  const findings: Finding[] = [];
  const watch = watchNonsense((finding) => findings.push(finding));
  for (const event of events) watch(event);
  return findings.map(({ rule, shape }) => `${rule} ${shape}`);
}

describe('nonsense', () => {
  test('is to be answered before anything else is heard', () => {
    expect(shapesAfter(heard, sent(1, 'ERROR'), ping)).toEqual([]);
    expect(shapesAfter(heard, ping)).toEqual(['B1 nonsense unanswered']);
  });

  test('is answered by an error on its own connection, or by a close', () => {
    expect(shapesAfter(heard, sent(1, 'PONG'), ping)).toEqual(['B1 nonsense unanswered']);
    expect(shapesAfter(heard, sent(2, 'ERROR'), ping)).toEqual(['B1 nonsense unanswered']);
    expect(shapesAfter(heard, closed, ping)).toEqual([]);
  });

  test('asks for no answer where the server has closed', () => {
    expect(shapesAfter(closed, heard, ping)).toEqual([]);
  });
});
