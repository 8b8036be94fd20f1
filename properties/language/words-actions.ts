/** What the actions of a run hold, in words: tokens by their labels, rows and writes, in short and exactly. */
import type { TransactionOperation } from '../../model/index.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import { idOf } from './operations.ts';

/** `ann (member, until 1.5 s)` from `ann/member/free until 1.5 s, key-1`; what has not that form stands as it is. */
export function sayTokenLabel(label: string): string {
  const [, user, role, plan, rest] = /^([^/]+)\/([^/]+)\/(\S+) (.+)$/u.exec(label) ?? [];
  if (user === undefined || role === undefined || plan === undefined || rest === undefined) return label;
  // The last part names the key that signed it, which says little.
  const [time = '', ...others] = rest.split(', ').slice(0, -1);
  const parts = [role, plan === 'free' ? '' : plan, time === 'forever' ? 'never expires' : time, ...others.map(spaced)];
  return `${user} (${parts.filter((part) => part !== '').join(', ')})`;
}

/** `wrong signature` from `wrongSignature`. */
export function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
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

export function sayWrite(write: TransactionOperation): string {
  return `${write.do} ${write.collection}/${idOf(write)}`;
}

export function sayWriteExactly(write: TransactionOperation): string {
  switch (write.do) {
    case 'insert':
      return `insert ${write.collection}/${sayRowExactly(write.row)}`;
    case 'update':
      return `${sayWrite(write)} (${sayContent(write.changes)})`;
    case 'delete':
      return sayWrite(write);
  }
}
