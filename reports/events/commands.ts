/** What is said of each call of a client, wherever it is told. */
import type { Command } from '../../model/actions.ts';
import { sayQuery } from '../../properties/scripts/words.ts';
import { sayAttributes } from '../../properties/scripts/words-query.ts';
import type { Query } from '../../vocabulary/queries.ts';
import { sayContent, sayOperation, sayOperationExactly, sayRowExactly, sayToken } from './basics.ts';
import { type Detail, plainDetails, sayClaims, sayOperationWhole, sayRow } from './details.ts';
import type { Bodies, Member } from './members.ts';

type Commands = Bodies<'do', Command>;
type CommandOf<Name extends keyof Commands = keyof Commands> = Member<'do', Commands, Name>;

interface CommandWords<Name extends keyof Commands> {
  /** Reads on after the name of the call. */
  readonly brief: (command: CommandOf<Name>) => string;
  /** The same with all that it was given, for a line of a trace; null: there is no more to it. */
  readonly exact: ((command: CommandOf<Name>) => string) | null;
  /** By name, for a page; null: each field as it stands. */
  readonly details: ((command: CommandOf<Name>) => readonly Detail[]) | null;
  /** Whether its client's storage has something to do for it. */
  readonly isStored: boolean;
  /** Whether what was under way when it was called came late for it. */
  readonly makesLate: boolean;
}

const nothing = (): string => '';
const plain = { brief: nothing, exact: null, details: null } as const;
const session = { isStored: false, makesLate: true } as const;
const write = { isStored: true, makesLate: false } as const;

const table: { readonly [Name in keyof Commands]: CommandWords<Name> } = {
  startSession: {
    brief: ({ token, connect }) => ` as ${sayToken(token.label)}${withoutConnecting(connect)}`,
    exact: ({ token, connect, refresh }) => ` token ${token.label}${withoutConnecting(connect)}${sayRefresh(refresh)}`,
    details: (command) => [['token', sayClaims(command.token)], ...plainDetails(command, ['do', 'token'])],
    ...session,
  },
  updateSessionToken: {
    brief: ({ token }) => ` to ${sayToken(token.label)}`,
    exact: ({ token }) => ` token ${token.label}`,
    details: (command) => [['token', sayClaims(command.token)], ...plainDetails(command, ['do', 'token'])],
    ...session,
  },
  endSession: { ...plain, ...session },
  connect: { ...plain, ...session },
  disconnect: { ...plain, ...session },
  subscribe: {
    brief: ({ subscription, query }) => ` ${subscription}: ${sayQuery(query)}`,
    exact: ({ subscription, query }) => ` ${subscription}: ${sayQueryExactly(query)}`,
    details: ({ subscription, query }) => [
      ['subscription', subscription],
      ['query', sayQuery(query)],
    ],
    isStored: false,
    makesLate: false,
  },
  unsubscribe: { ...plain, brief: ({ subscription }) => ` ${subscription}`, ...session },
  insert: {
    brief: ({ collection, row }) => ` ${collection}/${row.id}`,
    exact: ({ collection, row }) => ` ${collection}/${sayRowExactly(row)}`,
    details: ({ collection, row, promise }) => [
      ['row', `${collection}/${sayRow(row)}`],
      ['promise', promise],
    ],
    ...write,
  },
  update: {
    brief: ({ collection, id }) => ` ${collection}/${id}`,
    exact: ({ collection, id, changes }) => ` ${collection}/${id} (${sayContent(changes)})`,
    details: ({ collection, id, changes, promise }) => [
      ['row', `${collection}/${id}`],
      ['changes', sayAttributes(changes) || 'none'],
      ['promise', promise],
    ],
    ...write,
  },
  delete: { ...plain, brief: ({ collection, id }) => ` ${collection}/${id}`, ...write },
  transact: {
    brief: ({ operations }) => `: ${operations.map(sayOperation).join(', ') || 'nothing'}`,
    exact: ({ operations }) => ` ${operations.map(sayOperationExactly).join('; ') || 'nothing'}`,
    details: ({ operations, promise }) => [
      ['operations', operations.map(sayOperationWhole).join('\n') || 'none'],
      ['promise', promise],
    ],
    ...write,
  },
  clear: { ...plain, isStored: true, makesLate: true },
};

function wordsOf<Name extends keyof Commands>(command: CommandOf<Name>): CommandWords<Name> {
  return table[command.do];
}

/** The call as its user makes it. */
export function sayCommand<Name extends keyof Commands>(command: CommandOf<Name>): string {
  return command.do + wordsOf(command).brief(command);
}

/** A call whose promise is observed ends in its name: `→ p3`. */
export function sayCommandExactly<Name extends keyof Commands>(command: CommandOf<Name>): string {
  const { brief, exact } = wordsOf(command);
  return `${command.do}${(exact ?? brief)(command)}${'promise' in command ? ` → ${command.promise}` : ''}`;
}

export function commandDetails<Name extends keyof Commands>(command: CommandOf<Name>): readonly Detail[] {
  return [['call', command.do], ...(wordsOf(command).details?.(command) ?? plainDetails(command, ['do']))];
}

export function isStored(command: Command): boolean {
  return table[command.do].isStored;
}

export function makesLate(command: Command): boolean {
  return table[command.do].makesLate;
}

function withoutConnecting(connect: boolean): string {
  return connect ? '' : ', without connecting';
}

function sayRefresh(refresh: CommandOf<'startSession'>['refresh']): string {
  if (refresh === null) return '';
  return `, with a refresh handler${refresh.intervalMs === null ? '' : ` every ${refresh.intervalMs} ms`}`;
}

/** As it was given, spelling included. */
function sayQueryExactly({ collection, where, order, after, limit }: Query): string {
  const parts = [
    collection,
    ...(where.length === 0 ? [] : [`where ${JSON.stringify(where)}`]),
    ...(order.length === 0 ? [] : [`order ${JSON.stringify(order)}`]),
    ...(after === undefined ? [] : [`after ${JSON.stringify(after)}`]),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
  ];
  return parts.join(' ');
}
