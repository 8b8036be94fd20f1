/**
 * Which writes a message of the published packages holds. It names rows and what they are assigned, several writes of one row
 * as one: the writes are known by what they make together.
 */
import { canonicalText, type State } from '../../../model/index.ts';
import type { SaidAttributes, SaidChanges } from '../../../sut/triplit/words.ts';
import { compareLabels } from '../../worlds/labels.ts';

type Write = State['clients'][string]['writes'][number];
type Change = Write['changes'][number];

/**
 * The longest run of writes that wait, oldest first, that together make just these changes. Where there is none, the client sent
 * what it must not: then the writes are told that the message is made of, be they acknowledged or one that waits left out.
 */
export function batchOf(client: string, all: readonly Write[], changes: SaidChanges): readonly number[] {
  const writes = all.filter(({ isRolledBack }) => !isRolledBack);
  const said = textOfMessage(changes);
  const waiting = writes.filter(({ acknowledged }) => !acknowledged);
  const batch = runsFrom(waiting, 0).find((run) => makes(run, said)) ?? strayBatch(writes, changes, said);
  if (batch === undefined) throw new Error(`a message of ${client} holds what nobody wrote: ${said}`);
  return batch.map(({ sequence }) => sequence);
}

/** The latest run among the writes that concern no other row than the message does. */
function strayBatch(writes: readonly Write[], changes: SaidChanges, said: string): readonly Write[] | undefined {
  const isNamed = ({ collection, id }: Change): boolean => {
    const { set = {}, deleted = [] } = changes[collection] ?? {};
    return set[id] !== undefined || deleted.includes(id);
  };
  const concerned = writes.filter((write) => write.changes.every(isNamed));
  return concerned.map((_, start) => runsFrom(concerned, start).find((run) => makes(run, said))).findLast((run) => run !== undefined);
}

/** Longest first. */
function runsFrom(writes: readonly Write[], start: number): readonly (readonly Write[])[] {
  return Array.from({ length: writes.length - start }, (_, less) => writes.slice(start, writes.length - less));
}

function makes(batch: readonly Write[], said: string): boolean {
  const changes = batch.flatMap((write) => write.changes);
  return textOfWrites(changes) === said || textOfWrites(changes.filter((change) => !assignsEmptySetsAlone(change))) === said;
}

/** Such an update is lost there where the attribute had no value, which is a deviation, and to be told as one. */
function assignsEmptySetsAlone(change: Change): boolean {
  return change.kind === 'update' && Object.values(change.changes).every((value) => Array.isArray(value) && value.length === 0);
}

function textOfMessage(changes: SaidChanges): string {
  const rows = Object.entries(changes).flatMap(([collection, { set, deleted }]) => [
    ...Object.entries(set).map(([id, attributes]) => textOfRow(`${collection}/${id}`, attributes)),
    ...deleted.filter((id) => set[id] === undefined).map((id) => textOfRow(`${collection}/${id}`, null)),
  ]);
  return rows.sort(compareLabels).join(', ');
}

/** null: the row is deleted. */
function textOfRow(row: string, attributes: SaidAttributes | null): string {
  return attributes === null ? `${row} deleted` : `${row} set to ${canonicalText(attributes)}`;
}

/** What a row is told once: what several writes make of it together. */
function textOfWrites(changes: readonly Change[]): string {
  const rows = new Map<string, SaidAttributes | null>();
  for (const change of changes) {
    const row = `${change.collection}/${change.id}`;
    if (change.kind === 'delete') rows.set(row, null);
    else rows.set(row, { ...rows.get(row), ...withSortedSets(change.kind === 'insert' ? change.row : change.changes) });
  }
  return [...rows]
    .map(([row, attributes]) => textOfRow(row, attributes))
    .sort(compareLabels)
    .join(', ');
}

function withSortedSets(attributes: SaidAttributes): SaidAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, Array.isArray(value) ? value.map(String).sort() : value]),
  );
}
