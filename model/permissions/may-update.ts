/** Whether roles together let an update pass (P1). */

/** What one role says of an update: of the row before it, and of the row after it; null: it has no `postUpdate`. */
export interface RoleVerdict {
  readonly update: boolean;
  readonly postUpdate: boolean | null;
}
export type MayUpdate = (verdicts: readonly RoleVerdict[]) => boolean;

/** `postUpdate` belongs to the `update` of its role: one role lets all of it pass. */
export const mayUpdateByOneRole: MayUpdate = (verdicts) => verdicts.some(({ update, postUpdate }) => update && postUpdate !== false);
