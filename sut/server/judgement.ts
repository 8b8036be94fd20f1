/**
 * Whether a write may be: operation by operation, in order, first by the schema and then by the permissions (W4, C3, P1).
 * It is judged when its turn comes, against the rows as the operations before it left them.
 */
import type { Operation } from '../protocol/frames.ts';
import { rowIssues } from '../schema/conform.ts';
import { type Claims, mayWrite, type RowEdit } from '../schema/permissions.ts';
import type { PlainSchema, SchemaIssue } from '../schema/types.ts';
import type { Rejection, RowChange } from './database.ts';

const problemTexts: Readonly<Record<SchemaIssue['problem'], string>> = {
  missing: 'is missing',
  null: 'may not be null',
  type: 'is of another type',
  value: 'is not one of the values listed',
  unknown: 'is not in the schema',
};

/** For messages. */
export function issueText({ collection, id, attribute, problem }: SchemaIssue): string {
  const subject = attribute === null ? `collection ${collection}` : `${collection} ${id}: ${attribute}`;
  return `${subject} ${problemTexts[problem]}`;
}

/** Undefined where the operation does nothing: its generation is dead. An insert always makes a row that was not there before. */
function editOf({ kind }: Operation, { collection, before, after }: RowChange): RowEdit | undefined {
  if (before === after) return undefined;
  if (kind === 'insert' && after !== undefined) {
    return { kind, collection, before: before?.attributes, after: after.attributes };
  }
  if (before === undefined) return undefined;
  if (after === undefined) return { kind: 'delete', collection, before: before.attributes };
  return { kind: 'update', collection, before: before.attributes, after: after.attributes };
}

function judgeEdit(schema: PlainSchema, claims: Claims, id: string, edit: RowEdit): Rejection | undefined {
  const [issue] = edit.kind === 'delete' ? [] : rowIssues(schema, edit.collection, edit.after);
  if (issue !== undefined) return { name: 'SchemaViolationError', message: issueText(issue) };
  if (mayWrite(schema, claims, edit)) return undefined;
  return { name: 'PermissionDeniedError', message: `${edit.kind} of ${edit.collection} ${id} is not permitted` };
}

/** The first thing that is wrong with it, undefined if nothing is. `effects` are those of the operations, one by one. */
export function judgeWrite(
  schema: PlainSchema,
  claims: Claims,
  operations: readonly Operation[],
  effects: readonly RowChange[],
): Rejection | undefined {
  for (const [index, operation] of operations.entries()) {
    const effect = effects[index];
    const edit = effect === undefined ? undefined : editOf(operation, effect);
    const rejection = edit === undefined ? undefined : judgeEdit(schema, claims, operation.id, edit);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}
