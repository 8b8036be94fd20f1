/**
 * Whether a write may be: operation by operation, in order, first by the schema, then by the permissions and then by the
 * bounds (W4, C3, P1, B3). It is judged when its turn comes, against the rows as the operations before it left them.
 * Bounds come last: who may not write a row does not learn how large it is.
 */
import { type BoundName, type Bounds, limitExceeded, sayBound } from '../protocol/bounds.ts';
import type { Operation } from '../protocol/frames.ts';
import { named } from '../protocol/quoted.ts';
import { boundBrokenByInsert, boundBrokenByUpdate } from '../protocol/row-bounds.ts';
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
  const subject = attribute === null ? `collection ${named(collection)}` : `${named(collection)} ${named(id)}: ${named(attribute)}`;
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

/** Why a write may not be, and where that is a bound, which. */
export interface Refusal {
  readonly error: Rejection;
  readonly bound?: BoundName;
}

function overBound(bound: BoundName, bounds: Bounds): Refusal {
  return { error: { name: limitExceeded, message: sayBound(bound, bounds) }, bound };
}

function judgeByBounds(operation: Operation, edit: RowEdit, bounds: Bounds): Refusal | undefined {
  const broken = boundBrokenBy(operation, edit, bounds);
  return broken === undefined ? undefined : overBound(broken, bounds);
}

function boundBrokenBy(operation: Operation, edit: RowEdit, bounds: Bounds): BoundName | undefined {
  if (edit.kind === 'delete') return undefined;
  return operation.kind === 'update' && edit.kind === 'update'
    ? boundBrokenByUpdate(edit.before, operation.changes, edit.after, bounds)
    : boundBrokenByInsert(edit.after, bounds);
}

function judgeBySchema(schema: PlainSchema, claims: Claims, id: string, edit: RowEdit): Refusal | undefined {
  const [issue] = edit.kind === 'delete' ? [] : rowIssues(schema, edit.collection, edit.after);
  if (issue !== undefined) return { error: { name: 'SchemaViolationError', message: issueText(issue) } };
  if (mayWrite(schema, claims, edit)) return undefined;
  return { error: { name: 'PermissionDeniedError', message: `${edit.kind} of ${named(edit.collection)} ${named(id)} is not permitted` } };
}

export interface Judgement {
  /** null: everything may be written. */
  readonly schema: PlainSchema | null;
  readonly claims: Claims;
  readonly bounds: Bounds;
}

/**
 * The first thing that is wrong with it, undefined if nothing is. `effects` are those of the operations, one by one, made as
 * they are asked for: a write that is refused early costs no more than what came before.
 */
export function judgeWrite(
  { schema, claims, bounds }: Judgement,
  operations: readonly Operation[],
  effects: Iterable<RowChange>,
): Refusal | undefined {
  if (operations.length > bounds.writeOperationsMax) return overBound('writeOperationsMax', bounds);
  let index = 0;
  for (const effect of effects) {
    const operation = operations[index];
    index += 1;
    const edit = operation === undefined ? undefined : editOf(operation, effect);
    if (operation === undefined || edit === undefined) continue;
    const refusal =
      (schema === null ? undefined : judgeBySchema(schema, claims, operation.id, edit)) ?? judgeByBounds(operation, edit, bounds);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
