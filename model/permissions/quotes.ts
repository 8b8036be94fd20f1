/** Whether a text that goes out quotes a row that its reader may not read (P2): rejections and closes are told in words. */

import type { Row, Value } from '../../vocabulary/values.ts';
import { clientOf } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import { authorityOf } from '../writes/appends.ts';
import { isReadable, readPermit } from './permit.ts';

/** What nobody says by chance: two words at least, of three letters each. Names and numbers stand in a message for reasons of their own. */
function tellingValues(attributes: Readonly<Record<string, Value>>): readonly string[] {
  return Object.values(attributes).filter((value): value is string => typeof value === 'string' && /\S{3,}\s+\S{3,}/u.test(value));
}

/** What the client wrote itself, whatever became of it. */
function ownValues(state: State, { client }: ConnectionState): readonly string[] {
  const { writes, discarded } = clientOf(state, client);
  return [...writes, ...Object.values(discarded).flat()].flatMap(({ changes }) =>
    changes.flatMap((change) => {
      if (change.kind === 'delete') return [];
      return tellingValues(change.kind === 'insert' ? change.row : change.changes);
    }),
  );
}

function isUnreadable(state: State, { accepted }: ConnectionState, key: string, row: Row): boolean {
  if (accepted === null) return true;
  return !isReadable(readPermit(authorityOf(state), accepted, key.slice(0, key.indexOf('/'))), row);
}

/** Judged by the claims of now, whatever version the text is about: what may be read now may be told. */
export function requireNoQuote(state: State, present: ConnectionState, text: string | undefined): void {
  if (text === undefined) return;
  const rows = Object.entries(state.server.versions.at(-1) ?? {});
  const quoted = rows.filter(([, { row }]) => tellingValues(row).some((value) => text.includes(value)));
  if (quoted.length === 0) return;
  const hidden = quoted.filter(([key, { row }]) => isUnreadable(state, present, key, row));
  const known = [
    ...ownValues(state, present),
    ...rows.flatMap(([key, { row }]) => (isUnreadable(state, present, key, row) ? [] : tellingValues(row))),
  ];
  const leaked = hidden.flatMap(([, { row }]) => tellingValues(row)).find((value) => text.includes(value) && !known.includes(value));
  if (leaked !== undefined)
    reject('P2', 'row quoted', `${present.client} was told in words of a row that it may not read`, ['only what may be read'], text);
}
