/** What is said of each call of a client, in all reports. */
import type { Command } from '../../model/actions.ts';
import { sayAttributes } from '../../properties/language/words-query.ts';
import { sayQuery } from '../../properties/scripts/words.ts';
import type { Query } from '../../vocabulary/queries.ts';
import { sayContent, sayOperation, sayOperationExactly, sayRowExactly, sayToken } from './basics.ts';
import { type Detail, plainDetails, sayClaims, sayOperationWhole, sayRow } from './details.ts';
import type { Bodies, Member } from './members.ts';

type Commands = Bodies<'do', Command>;
type CommandOf<Name extends keyof Commands> = Member<'do', Commands, Name>;

interface Said {
  /** Reads on after the name of the call. */
  readonly brief: string;
  /** The same with all that it was given, for a line of a trace; absent: there is no more to it. */
  readonly exact?: string;
  /** By name, for a page; absent: each field as it stands. */
  readonly details?: readonly Detail[];
  /** Whether its client's storage has something to do for it. */
  readonly isStored: boolean;
  /** Whether what was under way when it was called came late for it. */
  readonly makesLate: boolean;
}

const ofSession = { isStored: false, makesLate: true } as const;
const ofData = { isStored: true, makesLate: false } as const;
const nameAlone = { brief: '', ...ofSession } as const;

const table: { readonly [Name in keyof Commands]: (command: CommandOf<Name>) => Said } = {
  startSession: (command) => {
    const { token, connect, refresh } = command;
    const how = connect ? '' : ', without connecting';
    return {
      ...ofSession,
      brief: ` as ${sayToken(token.label)}${how}`,
      exact: ` token ${token.label}${how}${sayRefresh(refresh)}`,
      details: [['token', sayClaims(token)], ...plainDetails(command, ['do', 'token'])],
    };
  },
  updateSessionToken: ({ token, promise }) => ({
    ...ofSession,
    brief: ` to ${sayToken(token.label)}`,
    exact: ` token ${token.label}`,
    details: [['token', sayClaims(token)], ofPromise(promise)],
  }),
  endSession: () => nameAlone,
  connect: () => nameAlone,
  disconnect: () => nameAlone,
  subscribe: ({ subscription, query }) => ({
    isStored: false,
    makesLate: false,
    brief: ` ${subscription}: ${sayQuery(query)}`,
    exact: ` ${subscription}: ${sayQueryExactly(query)}`,
    details: [
      ['subscription', subscription],
      ['query', sayQuery(query)],
    ],
  }),
  unsubscribe: ({ subscription }) => ({ ...ofSession, brief: ` ${subscription}` }),
  insert: ({ collection, row, promise }) => ({
    ...ofData,
    brief: ` ${collection}/${row.id}`,
    exact: ` ${collection}/${sayRowExactly(row)}`,
    details: [['row', `${collection}/${sayRow(row)}`], ofPromise(promise)],
  }),
  update: ({ collection, id, changes, promise }) => ({
    ...ofData,
    brief: ` ${collection}/${id}`,
    exact: ` ${collection}/${id} (${sayContent(changes)})`,
    details: [['row', `${collection}/${id}`], ['changes', sayAttributes(changes) || 'none'], ofPromise(promise)],
  }),
  delete: ({ collection, id }) => ({ ...ofData, brief: ` ${collection}/${id}` }),
  transact: ({ operations, promise }) => ({
    ...ofData,
    brief: `: ${operations.map(sayOperation).join(', ') || 'nothing'}`,
    exact: ` ${operations.map(sayOperationExactly).join('; ') || 'nothing'}`,
    details: [['operations', operations.map(sayOperationWhole).join('\n') || 'none'], ofPromise(promise)],
  }),
  clear: () => ({ brief: '', isStored: true, makesLate: true }),
};

function saidOf<Name extends keyof Commands>(command: CommandOf<Name>): Said {
  return table[command.do](command);
}

/** The call as its user makes it. */
export function sayCommand(command: Command): string {
  return command.do + saidOf(command).brief;
}

/** A call whose promise is observed ends in its name: `→ p3`. */
export function sayCommandExactly(command: Command): string {
  const { brief, exact = brief } = saidOf(command);
  return `${command.do}${exact}${'promise' in command ? ` → ${command.promise}` : ''}`;
}

export function commandDetails(command: Command): readonly Detail[] {
  return [['call', command.do], ...(saidOf(command).details ?? plainDetails(command, ['do']))];
}

export function isStored(command: Command): boolean {
  return saidOf(command).isStored;
}

export function makesLate(command: Command): boolean {
  return saidOf(command).makesLate;
}

function ofPromise(promise: string): Detail {
  return ['promise', promise];
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
