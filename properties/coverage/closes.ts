/** How connections end, at each end: what was heard, said, called and given up. */
import type { Action } from '../../model/index.ts';
import { closeReasons } from './alphabets.ts';

export const closeNames: readonly string[] = [
  ...[...closeReasons, 'network loss'].map((reason) => `client heard ${reason}`),
  ...closeReasons.map((reason) => `server said ${reason}`),
  'client called close',
  'client gave up',
  'server gave up',
  'server heard it',
];

/** By its name; null for what ends no connection. */
export function closeOf(action: Action): string | null {
  switch (action.kind) {
    case 'clientHeardClose':
      return `client heard ${action.closing.reason ?? 'network loss'}`;
    case 'serverClosed':
      return action.givenUp ? 'server gave up' : `server said ${action.closing.reason ?? 'UNKNOWN'}`;
    case 'clientClosed':
      return action.givenUp ? 'client gave up' : 'client called close';
    case 'serverHeardClose':
      return 'server heard it';
    default:
      return null;
  }
}
