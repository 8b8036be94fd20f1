/**
 * What was seen when nothing could move, told as what differs from the last time: most of it never changes, and a line
 * of everything would hide what does.
 */
import { type Fields, fieldsOf, listOf, readDetail, say } from './trace-fields.ts';

/** By name, in the order in which they are told. */
export type Seen = ReadonlyMap<string, string>;

export function seenAt(detail: string): Seen {
  const fields = readDetail(detail);
  const server = fields.get('server');
  return new Map([
    ...ofClients('', fieldsOf(fields.get('statuses'))),
    ...ofClients(' token', fieldsOf(fields.get('tokens'))),
    ['held', sayNames(fields.get('blocked'))],
    ['half-open', sayNames(fields.get('halfOpen'))],
    ...(server === null ? [['server', 'not running'] as const] : ofServer(fieldsOf(server))),
  ]);
}

function ofClients(what: string, byName: Fields): readonly (readonly [string, string])[] {
  return [...byName].map(([name, value]) => [`${name}${what}`, value === null ? 'none' : say(value)]);
}

function ofServer(server: Fields): readonly (readonly [string, string])[] {
  const groups = listOf(server.get('groups')).map((group) => {
    const fields = fieldsOf(group);
    const members = listOf(fields.get('members')).map((member) => {
      const { connection, subscription } = Object.fromEntries(fieldsOf(member));
      return `${say(connection)} ${say(subscription)}`;
    });
    return `${say(fields.get('id'))} {${members.join(', ')}}`;
  });
  const schema = server.get('schema') ?? null;
  return [
    ['server', 'running'],
    ['version', say(server.get('version'))],
    ['schema', schema === null ? 'none' : say(schema)],
    ['connections', sayNames(server.get('connections'))],
    ['groups', groups.join(', ') || 'none'],
  ];
}

function sayNames(value: unknown): string {
  return listOf(value).map(say).join(', ') || 'none';
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
