/** Without the model: a status callback tells a change, and only along the arrows that S1 draws. */
import { profileOf } from '../../model/index.ts';
import type { Check, Watch } from './check.ts';

const arrows: Readonly<Record<string, readonly string[]>> = {
  UNINITIALIZED: ['CONNECTING', 'CLOSED'],
  CONNECTING: ['OPEN', 'CLOSING', 'CLOSED', 'UNINITIALIZED'],
  OPEN: ['CONNECTING', 'CLOSING', 'CLOSED', 'UNINITIALIZED'],
  CLOSING: ['CONNECTING', 'CLOSED', 'UNINITIALIZED'],
  CLOSED: ['CONNECTING', 'UNINITIALIZED'],
};

function begin(): Watch {
  const last = new Map<string, string>();
  return {
    onAction: (action, model) => {
      if (action.kind === 'clientCrashed') last.delete(action.client);
      if (action.kind !== 'observed' || action.observation.saw !== 'status') return null;
      const from = last.get(action.client) ?? 'UNINITIALIZED';
      const { status } = action.observation;
      last.set(action.client, status);
      const closing = profileOf(model.state()).tellsReplacedClosing && from !== 'CLOSING' ? ['CLOSING'] : [];
      const allowed = [...(arrows[from] ?? []), ...closing];
      if (allowed.includes(status)) return null;
      return {
        rule: 'S1',
        shape: `${from} to ${status}`,
        message: `${action.client} went from ${from} to ${status}`,
        allowed,
        shown: status,
      };
    },
  };
}

export const statuses: Check = {
  name: 'statuses',
  sentence: 'The status of a client moves only along the arrows of S1.',
  rules: ['S1'],
  begin,
};
