/**
 * What was seen when nothing could move, told as what differs from the last time: most of it never changes, and a line
 * of everything would hide what does.
 */
import type { Quiescence, ServerInspection } from '../../model/actions.ts';
import { sayMembers } from './basics.ts';

/** By name, in the order in which they are told. */
export type Seen = ReadonlyMap<string, string>;

export function seenAt({ statuses, tokens, blocked, halfOpen, server }: Quiescence): Seen {
  return new Map([
    ...Object.entries(statuses),
    ...Object.entries(tokens).map(([client, token]) => [`${client} token`, token ?? 'none'] as const),
    ['held', sayNames(blocked)],
    ['half-open', sayNames(halfOpen)],
    ...(server === null ? [['server', 'not running'] as const] : ofServer(server)),
  ]);
}

function ofServer({ version, schema, connections, groups }: ServerInspection): readonly (readonly [string, string])[] {
  return [
    ['server', 'running'],
    ['version', String(version)],
    ['schema', schema ?? 'none'],
    ['connections', sayNames(connections)],
    ['groups', sayNames(groups.map(({ id, members }) => `${id} {${sayMembers(members)}}`))],
  ];
}

function sayNames(names: readonly string[]): string {
  return names.join(', ') || 'none';
}

/** Schemas are long, and the step that changed one says it: only that it changed is told. */
export function sayDifference(before: Seen | null, now: Seen): string {
  const differing = [...now].filter(([name, value]) => (before === null ? value !== 'none' : before.get(name) !== value));
  const told = differing.map(([name, value]) =>
    name === 'schema' && value !== 'none' ? `${before === null ? 'a' : 'another'} schema` : `${name} ${value}`,
  );
  const gone = before === null ? [] : [...before.keys()].filter((name) => !now.has(name) && name !== 'schema');
  return [...told, ...(gone.length === 0 ? [] : [`unknown: ${gone.join(', ')}`])].join('; ') || 'as before';
}
