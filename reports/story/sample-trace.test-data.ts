/** Short traces written by hand, for the tests of the stories that they tell. */
import type { Script, Step } from '../../properties/scripts/script.ts';
import type { Failure, Happening, TracedAction, TraceEvent } from '../../properties/trace.ts';

/** During that step. */
export function at(step: number, happening: Happening, atMs = 0): TraceEvent {
  return { step, atMs, ...happening };
}

export function did(step: number, action: TracedAction, atMs = 0): TraceEvent {
  return at(step, { event: 'action', action }, atMs);
}

type Quiescence = Extract<TracedAction, { readonly kind: 'quiescent' }>['quiescence'];

/** Nothing can move; what is not said is empty. */
export function rested(quiescence: Partial<Quiescence>): TracedAction {
  const nothing: Quiescence = { blocked: [], halfOpen: [], statuses: {}, tokens: {}, pendingWrites: {}, schemas: {}, server: null };
  return { kind: 'quiescent', quiescence: { ...nothing, ...quiescence } };
}

export function scriptOf(steps: readonly Step[]): Script {
  const client = { knowsRoles: true, wallClockSkewMs: 0 };
  return {
    version: 1,
    profile: 'by hand',
    configuration: {
      clients: [
        { name: 'c1', ...client },
        { name: 'c2', ...client },
      ],
      authentication: 'HS256',
      claimsPath: null,
      rows: {},
    },
    steps,
  };
}

export function failureOf(change: Partial<Failure>): Failure {
  return {
    class: 'S2 unexpected status CLOSED',
    rule: 'S2',
    property: 'lockstep',
    message: 'c1 showed status CLOSED',
    allowed: ['no change: CONNECTING'],
    shown: 'status CLOSED',
    step: 1,
    ...change,
  };
}
