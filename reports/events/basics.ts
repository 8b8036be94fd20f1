/** Rows and closings in words: short ones for a story, exact ones for a line of a trace. */
import type { Closing, Token } from '../../model/actions.ts';
import { sayRowExactly } from '../../properties/language/words-actions.ts';
import type { Row } from '../../vocabulary/values.ts';

/** Of what may be nothing. */
export function sayAnswer(token: Token | null, words: (label: string) => string): string {
  return token === null ? 'nothing' : words(token.label);
}

/** The rows by their ids; a row says itself in the details. */
export function sayRows(rows: readonly Row[]): string {
  return rows.map((row) => row.id).join(', ') || 'no rows';
}

/** `milk (text "Buy milk", done false); rent` */
export function sayRowsExactly(rows: readonly Row[]): string {
  return rows.map(sayRowExactly).join('; ') || 'no rows';
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
