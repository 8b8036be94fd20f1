/** The status of each session over the moments, from what its client showed. */
import type { StatusBand } from './story.ts';
import type { Told } from './told.ts';

const beginning = 'UNINITIALIZED';

export function statusBandsOf(
  clients: readonly string[],
  told: readonly Told[],
  momentOf: readonly number[],
  momentCount: number,
): readonly StatusBand[] {
  return clients.flatMap((client) => bandsOfClient(client, changesOf(client, told, momentOf), momentCount));
}

interface Change {
  readonly at: number;
  readonly status: string;
}

function changesOf(client: string, told: readonly Told[], momentOf: readonly number[]): readonly Change[] {
  return told.flatMap(({ action, event }, index): Change[] => {
    const at = momentOf[index] ?? 0;
    if (event.event === 'twin') return [{ at, status: beginning }];
    if (action?.kind === 'clientCrashed' && action.client === client) return [{ at, status: beginning }];
    if (action?.kind !== 'observed' || action.client !== client || action.observation.saw !== 'status') return [];
    return [{ at, status: action.observation.status }];
  });
}

function bandsOfClient(client: string, changes: readonly Change[], momentCount: number): readonly StatusBand[] {
  const bands: StatusBand[] = [];
  let open: Change = { at: 0, status: beginning };
  const close = (before: number): void => {
    if (before > open.at) bands.push({ client, status: open.status, from: open.at, to: before - 1 });
  };
  for (const change of changes) {
    if (change.status === open.status) continue;
    close(change.at);
    open = change;
  }
  close(momentCount);
  return bands;
}
