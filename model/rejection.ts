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
