/** What the packages have, and the adapter has words for. */
import type { Capability } from '../../language/capabilities.ts';

export const capabilities: readonly Capability[] = [
  'sessions',
  'refresh',
  'roles',
  'claimsPath',
  'subscriptions',
  'limits',
  'cursors',
  'writes',
  'transactions',
  'clear',
  'schemas',
  'permissions',
  'malformedFrames',
  'strangers',
];
