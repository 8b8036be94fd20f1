/** Every rule of SPEC.md with what counts as putting it to the test; a test holds the two lists together. */
import type { Probe } from '../probe.ts';
import { authorityRules } from './authority.ts';
import { conductRules } from './conduct.ts';
import { sessionRules } from './sessions.ts';
import { sharingRules } from './sharing.ts';
import { storeAndInputRules } from './store-and-input.ts';
import { subscriptionRules } from './subscriptions.ts';
import { writeRules } from './writes.ts';

export const ruleProbes: readonly Probe[] = [
  ...sessionRules,
  ...subscriptionRules,
  ...sharingRules,
  ...writeRules,
  ...authorityRules,
  ...storeAndInputRules,
  ...conductRules,
];
