/** Tokens, rows, operations and closings in words: short ones for a story, exact ones for a line of a trace. */
import type { Closing, Token, TransactionOperation } from '../../model/actions.ts';
import type { Row, Value } from '../../vocabulary/values.ts';

/** `ann (member, until 1.5 s)` from `ann/member/free until 1.5 s, key-1`; what has not that form stands as it is. */
export function sayToken(label: string): string {
  const [, user, role, plan, rest] = /^([^/]+)\/([^/]+)\/(\S+) (.+)$/u.exec(label) ?? [];
  if (user === undefined || role === undefined || plan === undefined || rest === undefined) return label;
  // The last part names the key that signed it, which says little.
  const [time = '', ...others] = rest.split(', ').slice(0, -1);
  const parts = [role, plan === 'free' ? '' : plan, time === 'forever' ? 'never expires' : time, ...others.map(spaced)];
  return `${user} (${parts.filter((part) => part !== '').join(', ')})`;
}

/** Of what may be nothing. */
export function sayAnswer(token: Token | null, words: (label: string) => string): string {
  return token === null ? 'nothing' : words(token.label);
}

/** `wrong signature` from `wrongSignature`. */
export function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}

/** The rows by their ids; a row says itself in the details. */
export function sayRows(rows: readonly Row[]): string {
  return rows.map((row) => row.id).join(', ') || 'no rows';
}

/** `milk (text "Buy milk", done false); rent` */
export function sayRowsExactly(rows: readonly Row[]): string {
  return rows.map(sayRowExactly).join('; ') || 'no rows';
}

export function sayRowExactly({ id, ...content }: Row): string {
  const words = sayContent(content);
  return words === '' ? id : `${id} (${words})`;
}

/** `text "Buy milk", done false` */
export function sayContent(content: Readonly<Record<string, Value>>): string {
  return Object.entries(content)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');
}

export function sayOperation(operation: TransactionOperation): string {
  return `${operation.do} ${operation.collection}/${operation.do === 'insert' ? operation.row.id : operation.id}`;
}

export function sayOperationExactly(operation: TransactionOperation): string {
  switch (operation.do) {
    case 'insert':
      return `insert ${operation.collection}/${sayRowExactly(operation.row)}`;
    case 'update':
      return `${sayOperation(operation)} (${sayContent(operation.changes)})`;
    case 'delete':
      return sayOperation(operation);
  }
}

export function sayClosing({ reason, retry }: Closing): string {
  return reason === null ? 'without a reason' : `${reason}${retry ? ', to be tried again' : ''}`;
}

export function sayClosingExactly({ reason, retry, explained }: Closing): string {
  return `${reason ?? 'no reason'}, ${retry ? 'retry' : 'no retry'}${explained === true ? ', explained' : ''}`;
}

/** `c1 q1, c2 q3` */
export function sayMembers(members: readonly { readonly connection: string; readonly subscription: string }[]): string {
  return members.map(({ connection, subscription }) => `${connection} ${subscription}`).join(', ');
}
