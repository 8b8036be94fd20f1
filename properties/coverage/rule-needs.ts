/** What a system must have for a rule to say anything of it: where it lacks one of these, the rule is not applicable. */
import type { Capability } from '../language/capabilities.ts';

/** The numbered rules, then the laws beside them; a test holds this list and the specification together. */
export const ruleNeeds = {
  S1: ['sessions'],
  S2: ['sessions'],
  S3: ['refresh'],
  S4: ['refresh'],
  S5: ['sessions'],
  S6: ['refresh', 'roles'],
  S7: ['refresh'],
  S8: ['sessions'],
  S9: ['sessions'],
  S10: ['sessions'],
  S11: ['sessions'],
  Q1: ['subscriptions'],
  Q2: ['subscriptions'],
  Q3: ['subscriptions'],
  Q4: ['subscriptions'],
  Q5: ['subscriptions', 'writes'],
  Q6: ['subscriptions'],
  Q7: ['bounds', 'subscriptions'],
  H1: ['subscriptions'],
  H2: ['sharingShown'],
  H3: ['sharingShown'],
  H4: ['subscriptions'],
  H5: ['sharingShown'],
  W1: ['writes'],
  W2: ['writes'],
  W3: ['writes'],
  W4: ['transactions'],
  W5: ['writes'],
  W6: ['storageCopies'],
  P1: ['permissions'],
  P2: ['permissions', 'subscriptions'],
  C1: ['schemas'],
  C2: ['schemas'],
  C3: ['schemas'],
  C4: ['schemas'],
  C5: ['schemas', 'permissions'],
  K1: ['clear'],
  K2: ['clientStorage'],
  K3: ['clientStorage'],
  B1: ['malformedFrames'],
  B2: ['strangers'],
  B3: ['bounds', 'writes'],
  B4: ['bounds', 'subscriptions'],
  B5: ['bounds'],
  B6: ['bounds', 'subscriptions'],
  E1: ['sessions'],
  E2: ['sessions'],
  E3: ['sessions'],
  determinism: [],
  liveness: [],
  wire: [],
  world: [],
} as const satisfies Readonly<Record<string, readonly Capability[]>>;

export interface NotApplicable {
  readonly rule: string;
  /** What the system lacks of what the rule needs. */
  readonly lacks: readonly Capability[];
}

/** In the order of the specification. */
export function notApplicableTo(capabilities: readonly Capability[]): readonly NotApplicable[] {
  return Object.entries(ruleNeeds).flatMap(([rule, needs]: readonly [string, readonly Capability[]]) => {
    const lacks = needs.filter((need) => !capabilities.includes(need));
    return lacks.length === 0 ? [] : [{ rule, lacks }];
  });
}
