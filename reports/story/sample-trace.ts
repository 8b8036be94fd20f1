/** Short traces written by hand, for the tests of the stories that they tell. */
import type { Script, Step } from '../../properties/scripts/script.ts';
import type { Failure, TraceEvent } from '../../properties/trace.ts';

/** An event of a step, numbered as in traces; the detail is text, or is written down as JSON. */
export function event(step: number, process: string, kind: string, detail: string | object): TraceEvent {
  return { step, atMs: 0, process, event: kind, detail: typeof detail === 'string' ? detail : JSON.stringify(detail) };
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
