/** Everything known about an event, by name, in lines that a person reads: a row a line, a group a line. */

import type { Action, ServerWord, Token } from '../../model/actions.ts';
import { sayAttributes, sayQuery } from '../../properties/language/words-query.ts';
import { saySchema } from '../../properties/language/words-schema.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import { wrap } from '../terminal/text.ts';
import { sayMembers, sayOperation, sayToken, spaced } from './words.ts';

export type Detail = readonly [name: string, value: string];

/** Longer lines than this are broken. */
const longestLine = 200;

export function detailsOf(action: Action): readonly Detail[] {
  const { kind: _kind, ...rest } = action;
  return namedEntries(rest)
    .flatMap(([name, value]) => detailOf(name, value, action))
    .map(([name, value]): Detail => [name, broken(value)]);
}

/** What an event that could not be read says, as it stands. */
export function rawDetail(detail: string): readonly Detail[] {
  return detail === '' ? [] : [['detail', broken(detail)]];
}

function namedEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value);
}

function detailOf(name: string, value: unknown, action: Action): readonly Detail[] {
  switch (name) {
    case 'word':
      return 'word' in action ? wordDetails(action.word) : [];
    case 'command':
      return 'command' in action ? commandDetails(action.command) : [];
    case 'observation':
      return 'observation' in action ? plainDetails(action.observation, ['saw']) : [];
    case 'quiescence':
      return action.kind === 'quiescent' ? quietDetails(action.quiescence) : [];
    case 'closing':
    case 'outcome':
    case 'kept':
      return typeof value === 'object' && value !== null ? plainDetails(value, []) : [[name, 'none']];
    case 'token':
      return action.kind === 'refreshAnswered' ? [['token', action.token === null ? 'none' : sayClaims(action.token)]] : [];
    case 'schema':
      return action.kind === 'schemaPushed' ? [['schema', saySchema(action.schema)]] : [];
    default:
      return [[spaced(name), sayPlain(value)]];
  }
}

function wordDetails(word: Extract<Action, { readonly kind: 'clientSent' | 'serverSent' }>['word']): readonly Detail[] {
  if (word.word === 'hello' || word.word === 'updateToken') {
    return [['word', spaced(word.word)], ['token', `${sayToken(word.token)}\n${word.token}`], ...plainDetails(word, ['word', 'token'])];
  }
  if (hasRows(word)) return [['word', word.word], ...plainDetails(word, ['word'])];
  return [['word', spaced(word.word)], ...plainDetails(word, ['word'])];
}

function hasRows(word: { readonly word: string }): word is Extract<ServerWord, { readonly rows: readonly Row[] }> {
  return 'rows' in word;
}

function commandDetails(command: Extract<Action, { readonly kind: 'command' }>['command']): readonly Detail[] {
  switch (command.do) {
    case 'startSession':
    case 'updateSessionToken':
      return [['call', command.do], ['token', sayClaims(command.token)], ...plainDetails(command, ['do', 'token'])];
    case 'subscribe':
      return [
        ['call', command.do],
        ['subscription', command.subscription],
        ['query', sayQuery(command.query)],
      ];
    case 'insert':
      return [
        ['call', command.do],
        ['row', `${command.collection}/${sayRow(command.row)}`],
        ...plainDetails(command, ['do', 'row', 'collection']),
      ];
    case 'update':
      return [
        ['call', command.do],
        ['row', `${command.collection}/${command.id}`],
        ['changes', sayAttributes(command.changes) || 'none'],
        ['promise', command.promise],
      ];
    case 'transact':
      return [
        ['call', command.do],
        ['operations', command.operations.map(sayOperationWhole).join('\n') || 'none'],
        ['promise', command.promise],
      ];
    default:
      return [['call', command.do], ...plainDetails(command, ['do'])];
  }
}

function sayOperationWhole(operation: Parameters<typeof sayOperation>[0]): string {
  switch (operation.do) {
    case 'insert':
      return `insert ${operation.collection}/${sayRow(operation.row)}`;
    case 'update':
      return `update ${operation.collection}/${operation.id}: ${sayAttributes(operation.changes) || 'nothing'}`;
    case 'delete':
      return sayOperation(operation);
  }
}

function quietDetails(quiescence: Extract<Action, { readonly kind: 'quiescent' }>['quiescence']): readonly Detail[] {
  const { statuses, tokens, blocked, halfOpen, server } = quiescence;
  const clients = Object.entries(statuses).map(([client, status]): Detail => {
    const token = tokens[client] ?? null;
    return [client, `${status}, ${token === null ? 'no token' : sayToken(token)}`];
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
    ['groups', server.groups.map(({ id, members }) => `${id}: ${sayMembers(members)}`).join('\n') || 'none'],
    ...held,
  ];
}

function plainDetails(value: object, without: readonly string[]): readonly Detail[] {
  return namedEntries(value).flatMap(([name, held]): readonly Detail[] => (without.includes(name) ? [] : [[spaced(name), sayPlain(held)]]));
}

function sayClaims(token: Token): string {
  const lines = [
    sayToken(token.label),
    `user ${token.user}, role ${token.role}, plan ${token.plan}`,
    token.expiresAtMs === null ? 'never expires' : `expires at ${new Date(token.expiresAtMs).toISOString()}`,
    ...(token.notBeforeMs === null || token.notBeforeMs === undefined ? [] : [`not before ${new Date(token.notBeforeMs).toISOString()}`]),
    ...(token.flaw === 'none' ? [] : [`flaw: ${spaced(token.flaw)}`]),
    ...(token.secret === true ? ['a secret token'] : []),
    `signed by ${token.key}`,
  ];
  return lines.join('\n');
}

function sayRow({ id, ...attributes }: Row): string {
  const words = sayAttributes(attributes);
  return words === '' ? id : `${id}: ${words}`;
}

function sayPlain(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return sayList(value);
  if (typeof value === 'object')
    return (
      Object.entries(value)
        .map(([name, held]) => `${spaced(name)}: ${sayPlain(held)}`)
        .join('\n') || 'none'
    );
  return String(value);
}

function sayList(values: readonly unknown[]): string {
  if (values.length === 0) return 'none';
  return values.map((value) => (isRow(value) ? sayRow(value) : sayPlain(value))).join('\n');
}

function isRow(value: unknown): value is Row {
  return (
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && Object.values(value).every(isValue)
  );
}

function isValue(value: unknown): value is Value {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every(isValue));
}

/** A line of text, or several where it is long: no line runs out of sight. */
export function broken(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => wrap(line, longestLine))
    .join('\n');
}
