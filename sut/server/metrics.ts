/**
 * What an operator's monitoring reads, in the text format of Prometheus 0.0.4: a line that says what it is, one that says of which kind, and
 * the number. No histograms and no labels from outside, so that nothing needs escaping, and no library.
 */
import type { Counters } from './counters.ts';

/** How things stand. */
export interface Gauges {
  /** Those that are not accepted yet included. */
  readonly connections: number;
  readonly accepted: number;
  readonly groups: number;
  readonly subscriptions: number;
  readonly bufferedBytes: number;
  readonly version: number;
  /** Writes and pushes that wait for storage. */
  readonly appendsWaiting: number;
  /** Storage had no space when it was asked last. */
  readonly isStorageFull: boolean;
  readonly isServing: boolean;
}

function family(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  samples: readonly (readonly [labels: string, value: number])[],
): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

const plain = (value: number): readonly (readonly [string, number])[] => [['', value]];

export function metricsText(gauges: Gauges, counters: Readonly<Counters>): string {
  const { appends, batches, entriesRefused, framesSent, evaluations, refusals } = counters;
  const ofBounds = [...refusals].map(([bound, count]) => [`{bound="${bound}"}`, count] as const);
  return [
    family('sync_serving', 'gauge', 'Whether connections are taken.', plain(gauges.isServing ? 1 : 0)),
    family('sync_connections', 'gauge', 'Connections, those that are not accepted yet included.', plain(gauges.connections)),
    family('sync_connections_accepted', 'gauge', 'Connections with an accepted token.', plain(gauges.accepted)),
    family('sync_groups', 'gauge', 'Distinct queries that somebody follows.', plain(gauges.groups)),
    family('sync_subscriptions', 'gauge', 'Subscriptions of all connections.', plain(gauges.subscriptions)),
    family('sync_send_buffer_bytes', 'gauge', 'Bytes that wait to be sent.', plain(gauges.bufferedBytes)),
    family('sync_log_version', 'gauge', 'Version of the log.', plain(gauges.version)),
    family('sync_storage_full', 'gauge', 'Whether storage had no space when it was asked last.', plain(gauges.isStorageFull ? 1 : 0)),
    family('sync_appends_waiting', 'gauge', 'Writes and schemas that wait for storage.', plain(gauges.appendsWaiting)),
    family('sync_appends_total', 'counter', 'Entries that joined a batch for the log.', plain(appends)),
    family('sync_batches_total', 'counter', 'Batches of entries that storage was asked to take.', plain(batches)),
    family('sync_entries_refused_total', 'counter', 'Entries that storage refused for their own sake.', plain(entriesRefused)),
    family('sync_frames_sent_total', 'counter', 'Frames sent.', plain(framesSent)),
    family('sync_evaluations_total', 'counter', 'Results that were computed because of a commit.', plain(evaluations)),
    family('sync_refusals_total', 'counter', 'Writes, queries, frames and connections over a bound.', ofBounds),
  ].join('');
}
