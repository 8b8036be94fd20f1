/**
 * Cells that cannot be visited, each with the reason why. A cell is expected unless it is listed here; one that is
 * listed and visited all the same fails the gate too, for then the reason is wrong.
 */
import { closeReasons, serverWords } from './alphabets.ts';
import { type FamilyName, families } from './cells.ts';
import { type FaultName, faultsOfConnections, type Phase, phasesWithoutConnection, type SubscriptionPhase } from './pairs.ts';

export interface Reason {
  readonly family: FamilyName;
  /** One line, to be read beside the cell. */
  readonly why: string;
  readonly covers: (name: string) => boolean;
}

/** Of `status×event`: the statuses and events that do not meet. */
function states(statuses: readonly string[], events: readonly string[], why: string): Reason {
  const named = new Set(statuses.flatMap((status) => events.map((event) => `${status}×${event}`)));
  return { family: 'state', why, covers: (name) => named.has(name) };
}
function names(family: FamilyName, all: readonly string[], why: string): Reason {
  return { family, why, covers: (name) => all.includes(name) };
}

/** Of session phases, faults and subscription phases; an empty list stands for all. */
function pairs(phase: readonly Phase[], fault: readonly FaultName[], subscription: readonly SubscriptionPhase[], why: string): Reason {
  const isIn = (list: readonly string[], one = ''): boolean => list.length === 0 || list.includes(one);
  const covers = (name: string): boolean => {
    const [one, other, third] = name.split('×');
    return isIn(phase, one) && isIn(fault, other) && isIn(subscription, third);
  };
  return { family: 'pair', why, covers };
}

const unconnected = ['UNINITIALIZED', 'CLOSED'];
const every = [...unconnected, 'CONNECTING', 'OPEN', 'CLOSING'];
const allBut = (...left: readonly string[]): readonly string[] => every.filter((status) => !left.includes(status));
const heard = serverWords.map((word) => `heard ${word}`);
const heardBeforeOpen = ['heard accepted', 'heard schemaAsked', 'heard nonsense'];
const closes = closeReasons.map((reason) => `close ${reason}`);

export const reasons: readonly Reason[] = [
  states([...unconnected, 'CLOSING'], heard, 'there is no connection of a session: what is heard is late'),
  states(
    ['CONNECTING'],
    heard.filter((word) => !heardBeforeOpen.includes(word)),
    'the acceptance comes before all else',
  ),
  states(['OPEN'], ['heard accepted', 'heard schemaAsked'], 'said once, before OPEN'),
  states(unconnected, [...closes, 'network loss'], 'there is no connection of a session: what is heard is late'),
  states(
    ['CLOSING'],
    closes.filter((close) => close !== 'close MANUAL_DISCONNECT'),
    'counted as a close that overtakes, since its reason changes nothing',
  ),
  states(allBut('CLOSING'), ['close that overtakes', 'close MANUAL_DISCONNECT', 'closing timer'], 'only disconnect() waits for a close'),
  states(['CONNECTING', 'OPEN'], ['close CONNECTION_OVERRIDE'], 'said to a replaced connection, whose close is late'),
  states(['CONNECTING'], ['close SLOW_READER'], 'who is behind hears the acceptance first'),
  states(['OPEN'], ['close UNAUTHORIZED'], 'after the acceptance a token is refused in-band'),
  states(['CONNECTING'], ['close ROLES_MISMATCH'], 'only an update can bring other roles, and updates wait for OPEN'),
  states(['UNINITIALIZED'], ['refresh timer'], 'no timer outlives its session'),
  states(['CLOSING'], ['refresh timer'], 'disconnect() ends it, and an attempt that asks anew begins before the handler is asked again'),
  states(allBut('CLOSED'), ['reconnect timer'], 'it runs between two attempts'),
  states(allBut('CONNECTING', 'OPEN'), ['heartbeat timer'], 'it beats for the connection of a session'),
  states(allBut('CONNECTING'), ['opened'], 'a socket of the session opens while CONNECTING'),
  states(['UNINITIALIZED'], ['handler gave a token', 'handler gave nothing'], 'without a session every answer is late'),
  names(
    'input',
    ['badFilter', 'unfitValue', 'helloAgain', 'subscribedTwice', 'writeGap', 'requestGap', 'oversized'].map((kind) => `to client ${kind}`),
    'of what only a server hears',
  ),
  names('close', ['server said MANUAL_DISCONNECT', 'server said CONNECTION_OVERRIDE'], 'only clients say so'),
  pairs(['none'], [], ['live'], 'no subscription is fulfilled without a session (Q6)'),
  pairs(phasesWithoutConnection, faultsOfConnections, [], 'the session has no connection to strike'),
  pairs(['closing'], ['injection to server', 'injection to client'], [], 'the end of the client is open no more'),
];

/** By cell, `state:OPEN×…`, the reason why it cannot be visited. */
export const unreachable: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(({ family, why, covers }) => families[family].filter(covers).map((name): [string, string] => [`${family}:${name}`, why])),
);
