/**
 * Nonsense on the wire (B1): what of it there are words for, and that the server answers it. Its answer is an error
 * message on the same connection, in the very breath; the model has no word for it, since by it nothing changes.
 */
import type { Nonsense } from '../../../model/index.ts';
import { isNonsense, nonsense, strangerFrames } from '../../../sut/triplit/nonsense.ts';
import { readMessage } from '../../../sut/triplit/words.ts';
import type { Finding } from '../../checks/check.ts';
import type { Step } from '../../scripts/script.ts';
import type { WorldEvent } from '../../worlds/world.ts';
import { withoutSteps } from './commands.ts';

/** Whether the published packages can be told that. */
export function isSayable(step: Extract<Step, { readonly do: 'inject' | 'stranger' }>): boolean {
  return step.do === 'inject' ? nonsense(step.nonsense) !== null : strangerFrames(step.says).length > 0;
}

/** What is known to be answered, or passed over, at any time. */
const harmless: Readonly<Record<'server' | 'client', readonly Nonsense[]>> = {
  server: ['notJson', 'unknownType', 'badFilter'],
  client: ['unknownType'],
};

export const withHarmlessNonsense = withoutSteps((step) => {
  if (step.do === 'stranger') return step.says !== 'notJson';
  return step.do === 'inject' && !harmless[step.to].includes(step.nonsense);
});

/** Accuses a server that goes on to the next thing without a word. Sees every event of the world before it is translated. */
export function watchNonsense(accuse: (finding: Finding) => void): (event: WorldEvent) => void {
  let unanswered: { readonly connection: number; readonly client: string } | null = null;
  const closed = new Set<number>();
  return (event) => {
    switch (event.event) {
      case 'serverSent':
        if (unanswered?.connection === event.connection && isError(event.data)) unanswered = null;
        return;
      case 'serverClosed':
        closed.add(event.connection);
        if (unanswered?.connection === event.connection) unanswered = null;
        return;
      case 'serverReceived':
      case 'clientHeard':
        if (unanswered !== null) accuse(findingOf(unanswered.client));
        unanswered = event.event === 'serverReceived' && isNonsense(event.data) && !closed.has(event.connection) ? event : null;
        return;
      default:
        return;
    }
  };
}

function isError(data: string): boolean {
  return readMessage(data).type === 'ERROR';
}

function findingOf(client: string): Finding {
  return {
    rule: 'B1',
    shape: 'nonsense unanswered',
    message: `nonsense of ${client} was not answered`,
    allowed: ['an error message'],
    shown: 'nothing',
  };
}
