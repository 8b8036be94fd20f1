import { describe, expect, test } from 'vitest';
import type { CommandStep, Script, Step } from '../../scripts/script.ts';
import { withoutTwins, withTwinsTogether, withUnsubscribesOnce } from './twins.ts';

function scriptOf(steps: readonly Step[]): Script {
  return {
    version: 1,
    profile: 'twins',
    configuration: { clients: [], authentication: 'HS256', claimsPath: null, rows: {} },
    steps,
  };
}

function subscribe(subscription: string, collection = 'todos'): CommandStep {
  return { do: 'subscribe', client: 'c1', subscription, query: { collection, where: [], order: [] } };
}

function unsubscribe(subscription: string): CommandStep {
  return { do: 'unsubscribe', client: 'c1', subscription };
}

describe('equal queries of one client', () => {
  test('are subscribed in one breath', () => {
    const { steps } = withTwinsTogether(scriptOf([subscribe('q1'), unsubscribe('q1'), subscribe('q2'), subscribe('q3', 'notes')]));
    expect(steps).toEqual([{ do: 'together', commands: [subscribe('q1'), subscribe('q2')] }, unsubscribe('q1'), subscribe('q3', 'notes')]);
  });

  test('stay where they are once they are together', () => {
    const script = withTwinsTogether(scriptOf([{ do: 'together', commands: [subscribe('q1'), subscribe('q2')] }, subscribe('q3')]));
    expect(withTwinsTogether(script)).toEqual(script);
  });

  test('are left out behind one that is subscribed in a callback', () => {
    const first: Step = { do: 'inCallback', client: 'c1', callback: 'status', command: subscribe('q1') };
    expect(withTwinsTogether(scriptOf([first, subscribe('q2')])).steps).toEqual([first]);
  });

  test('are subscribed once where they are steered around', () => {
    const { steps } = withoutTwins(scriptOf([{ do: 'together', commands: [subscribe('q1'), subscribe('q2')] }]));
    expect(steps).toEqual([{ do: 'together', commands: [subscribe('q1')] }]);
  });

  test('are left once each', () => {
    const { steps } = withUnsubscribesOnce(scriptOf([unsubscribe('q1'), unsubscribe('q2'), unsubscribe('q1')]));
    expect(steps).toEqual([unsubscribe('q1'), unsubscribe('q2')]);
  });
});
