/**
 * Whether a write may be: operation by operation, in order, first by the schema, then by the permissions and then by the
 * bounds (W4, C3, P1, B3). It is judged when its turn comes, against the rows as the operations before it left them.
 * Bounds come last: who may not write a row does not learn how large it is.
 */
import type { Attributes } from '../../vocabulary/values.ts';
import { type BoundName, type Bounds, limitExceeded, sayBound } from '../protocol/bounds.ts';
import type { Operation } from '../protocol/frames.ts';
import { named } from '../protocol/quoted.ts';
import { boundBrokenBy, boundBrokenByInsert, bytesOf, createWrittenBytes, keepMeasure, measureUpdate } from '../protocol/row-bounds.ts';
import { changeIssues, rowIssues } from '../schema/conform.ts';
import { type Claims, mayWrite, updatePermit } from '../schema/permissions.ts';
import type { PlainSchema, SchemaIssue } from '../schema/types.ts';
import type { Rejection } from './storage.ts';
import { nameOf, type WriteStep } from './write-steps.ts';

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

/** Why a write may not be, and where that is a bound, which. */
export interface Refusal {
  readonly error: Rejection;
  readonly bound?: BoundName;
}

export interface Judgement {
  /** null: everything may be written. */
  readonly schema: PlainSchema | null;
  readonly claims: Claims;
  readonly bounds: Bounds;
}

/**
 * The first thing that is wrong with it, undefined if nothing is. `count`: of its operations. The steps are made one by one, as they
 * are asked for: a write that is refused early costs no more than what came before.
 */
export function judgeWrite(judgement: Judgement, count: number, steps: Iterable<WriteStep>): Refusal | undefined {
  const { bounds } = judgement;
  if (count > bounds.writeOperationsMax) return overBound('writeOperationsMax', bounds);
  const written = createWrittenBytes();
  for (const step of steps) {
    if (step.isDead) continue;
    const judged = judgeStep(judgement, step);
    if ('error' in judged) return judged;
    if (written.leave(nameOf(step.operation), judged.leaves) > bounds.writeBytesMax) return overBound('writeBytesMax', bounds);
  }
  return undefined;
}

/** A step that may be: how many bytes its row has then. */
interface Leaving {
  readonly leaves: number;
}

/** Makes the step. What is asked of the row before is asked before that. */
function judgeStep(judgement: Judgement, step: WriteStep): Refusal | Leaving {
  const { operation } = step;
  const before = step.before?.attributes;
  switch (operation.kind) {
    case 'insert':
      return judgeInsert(judgement, operation, before, step);
    case 'update':
      return before === undefined ? { leaves: 0 } : judgeUpdate(judgement, operation, before, step);
    case 'delete':
      step.make();
      if (
        before === undefined ||
        mayWrite(judgement.schema, judgement.claims, { kind: 'delete', collection: operation.collection, before })
      )
        return { leaves: 0 };
      return denied(operation);
  }
}

function judgeInsert(
  { schema, claims, bounds }: Judgement,
  operation: Operation,
  before: Attributes | undefined,
  { make }: WriteStep,
): Refusal | Leaving {
  const { collection } = operation;
  const after = make()?.attributes ?? {};
  const [issue] = schema === null ? [] : rowIssues(schema, collection, after);
  if (issue !== undefined) return violation(issue);
  if (!mayWrite(schema, claims, { kind: 'insert', collection, before, after })) return denied(operation);
  const broken = boundBrokenByInsert(after, bounds);
  return broken === undefined ? { leaves: bytesOf(after) } : overBound(broken, bounds);
}

/** The row before fits the schema, as every row does (C3): only what changes can be wrong with it. */
function judgeUpdate(
  { schema, claims, bounds }: Judgement,
  operation: Extract<Operation, { kind: 'update' }>,
  before: Attributes,
  { make }: WriteStep,
): Refusal | Leaving {
  const { collection, id, changes } = operation;
  const mayLeave = updatePermit(schema, claims, collection, before);
  const measured = measureUpdate(before, changes);
  const after = make()?.attributes ?? {};
  keepMeasure(after, measured);
  const [issue] = schema === null ? [] : changeIssues(schema, collection, id, changes);
  if (issue !== undefined) return violation(issue);
  if (!mayLeave(after)) return denied(operation);
  const broken = boundBrokenBy(measured, bounds);
  return broken === undefined ? { leaves: measured.after.bytes } : overBound(broken, bounds);
}

function violation(issue: SchemaIssue): Refusal {
  return { error: { name: 'SchemaViolationError', message: issueText(issue) } };
}

function denied({ kind, collection, id }: Operation): Refusal {
  return { error: { name: 'PermissionDeniedError', message: `${kind} of ${named(collection)} ${named(id)} is not permitted` } };
}

function overBound(bound: BoundName, bounds: Bounds): Refusal {
  return { error: { name: limitExceeded, message: sayBound(bound, bounds) }, bound };
}
