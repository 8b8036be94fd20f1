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

const places: Readonly<Record<string, number>> = Object.fromEntries(closeNames.map((name, place) => [name, place]));

/** −1 for what ends no connection. */
export function placeOfClose(action: Action): number {
  switch (action.kind) {
    case 'clientHeardClose':
      return places[`client heard ${action.closing.reason ?? 'network loss'}`] ?? -1;
    case 'serverClosed':
      return places[action.givenUp ? 'server gave up' : `server said ${action.closing.reason ?? 'UNKNOWN'}`] ?? -1;
    case 'clientClosed':
      return places[action.givenUp ? 'client gave up' : 'client called close'] ?? -1;
    case 'serverHeardClose':
      return places['server heard it'] ?? -1;
    default:
      return -1;
  }
}
