/** Which session phases, faults and subscription phases never meet, and why. */
import {
  type FaultName,
  faults,
  faultsOfConnections,
  type Phase,
  phases,
  phasesWithoutConnection,
  type SubscriptionPhase,
  subscriptionPhases,
} from './pairs.ts';

export interface PairReason {
  readonly why: string;
  readonly covers: (name: string) => boolean;
}

/** An empty list stands for all. */
function pairs(phase: readonly Phase[], fault: readonly FaultName[], subscription: readonly SubscriptionPhase[], why: string): PairReason {
  const named = new Set<string>();
  for (const one of phase.length > 0 ? phase : phases)
    for (const other of fault.length > 0 ? fault : faults)
      for (const third of subscription.length > 0 ? subscription : subscriptionPhases) named.add(`${one}×${other}×${third}`);
  return { why, covers: (name) => named.has(name) };
}

export const unreachablePairs: readonly PairReason[] = [
  pairs(['none'], [], ['live'], 'no subscription is fulfilled without a session (Q6)'),
  pairs(phasesWithoutConnection, faultsOfConnections, [], 'the session has no connection to strike'),
  pairs(['closing'], ['injection to server', 'injection to client'], [], 'the end of the client is open no more'),
];
