/** The details of an action, by name, in the order in which it holds them. */
import type { Quiescence } from '../../model/actions.ts';
import { callDetails } from '../../properties/commands/call-words.ts';
import { sayTokenLabel, spaced } from '../../properties/language/words-actions.ts';
import { type Detail, namedEntries, plainDetails, sayClaims, sayPlain } from '../../properties/language/words-details.ts';
import { saySchema } from '../../properties/language/words-schema.ts';
import type { TracedAction } from '../../properties/trace.ts';
import { sayMembers } from '../events/basics.ts';
import { wordDetails } from '../events/words.ts';
import { wrap } from '../terminal/text.ts';

/** Longer lines than this are broken. */
const longestLine = 200;

export function detailsOf(action: TracedAction): readonly Detail[] {
  const { kind: _kind, ...rest } = action;
  return namedEntries(rest)
    .flatMap(([name, value]) => detailOf(name, value, action))
    .map(([name, value]): Detail => [name, broken(value)]);
}

function detailOf(name: string, value: unknown, action: TracedAction): readonly Detail[] {
  if (name === 'word' && 'word' in action) return wordDetails(action.word);
  if (action.kind === 'command' && name === 'command') return callDetails(action.command);
  if (action.kind === 'observed' && name === 'observation') return plainDetails(action.observation, ['saw']);
  if (action.kind === 'quiescent') return quietDetails(action.quiescence);
  if (action.kind === 'refreshAnswered' && name === 'token') return [['token', action.token === null ? 'none' : sayClaims(action.token)]];
  if (action.kind === 'schemaPushed' && name === 'schema') return [['schema', saySchema(action.schema)]];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return plainDetails(value, []);
  return [[spaced(name), sayPlain(value)]];
}

function quietDetails({ statuses, tokens, blocked, halfOpen, server }: Quiescence): readonly Detail[] {
  const clients = Object.entries(statuses).map(([client, status]): Detail => {
    const token = tokens[client] ?? null;
    return [client, `${status}, ${token === null ? 'no token' : sayTokenLabel(token)}`];
  });
  const held: readonly Detail[] = [
    ...(blocked.length === 0 ? [] : [['held', blocked.join('\n')] as const]),
    ...(halfOpen.length === 0 ? [] : [['half-open', halfOpen.join(', ')] as const]),
  ];
  if (server === null) return [...clients, ['server', 'reads its log'], ...held];
  return [
    ...clients,
    ['version', `${server.version}`],
    ['connections', server.connections.join(', ') || 'none'],
    ['groups', server.groups.map(({ id, members }) => `${id}: ${sayMembers(members) || 'nobody'}`).join('\n') || 'none'],
    ...held,
  ];
}

/** A line of text, or several where it is long: no line runs out of sight. */
export function broken(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => wrap(line, longestLine))
    .join('\n');
}
