/** What a check, or a run itself, found wrong. */
export interface Finding {
  readonly rule: string;
  /** Stable under shrinking; with the rule it makes the failure class. */
  readonly shape: string;
  readonly message: string;
  readonly allowed: readonly string[];
  readonly shown: string;
}
