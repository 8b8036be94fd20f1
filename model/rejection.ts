/** How the model says no: the rule that was broken, what it would have allowed, and what was shown instead. */

export interface Rejected {
  /** `S7`, `Q2` … */
  readonly rule: string;
  /** Names the kind of divergence, stable under shrinking: rule and shape together are the failure class. */
  readonly shape: string;
  readonly message: string;
  readonly allowed: readonly string[];
  readonly shown: string;
}

/** Thrown inside the model only; `step` catches it and answers with the value. */
export class Rejection extends Error {
  readonly rejected: Rejected;
  constructor(rejected: Rejected) {
    super(`${rejected.rule}: ${rejected.message}`);
    this.name = 'Rejection';
    this.rejected = rejected;
  }
}

export function reject(rule: string, shape: string, message: string, allowed: readonly string[], shown: string): never {
  throw new Rejection({ rule, shape, message, allowed, shown });
}

/** What a client showed and should not have. After a late event the cause is that it was not ignored (S2), whatever the channel. */
export function unexpected(
  { name, late }: { readonly name: string; readonly late: boolean },
  rule: string,
  shown: string,
  allowed: readonly string[],
): never {
  return reject(late ? 'S2' : rule, `unexpected ${shown}`, `${name} showed ${shown}`, allowed, shown);
}
