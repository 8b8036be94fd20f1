/** What the server decides, does with its log, and suffers. */
import type { KeptEntry } from '../../model/actions.ts';
import { spaced } from '../../properties/language/words-actions.ts';
import { sayClosing, sayClosingExactly } from './basics.ts';
import { type ActionOf, event, nothing, type SomeSayings } from './saying.ts';

const appends = event('appends', 'commit', 'the server appends a write to its log');
const commits = event('commits', 'commit', 'a write takes effect, as that version');

type Decided = Pick<ActionOf<'committed'>, 'clientId' | 'sequence' | 'version'>;
const decided = ({ clientId, sequence, version }: Decided): string => `write ${sequence} of ${clientId} as version ${version}`;
const ofGroup = ({ group, version }: ActionOf<'evaluated' | 'encoded'>): string => `group ${group} at version ${version}`;

const saySpent = ({
  comparisons,
  unitsEncoded,
  attributesCopied,
}: Pick<ActionOf<'commitSpent'>, 'comparisons' | 'unitsEncoded' | 'attributesCopied'>): string =>
  `${comparisons} comparisons, ${unitsEncoded} characters encoded, ${attributesCopied} attributes copied`;
const spends = event('spent', 'commit', 'what a commit or an answer took');

export const server = {
  appendBegan: {
    ...appends,
    exact: ({ client, clientId, sequence }) => `write ${sequence} of ${clientId} (${client})`,
    title: ({ client, sequence }) => `begins to append write ${sequence} of ${client}`,
    phrase: 1,
  },
  batchSealed: {
    ...event('batch', 'completion', "the server's storage is asked to take a batch"),
    exact: ({ entries }) => sayKinds(entries),
    title: ({ entries }) => `hands its storage a batch: ${sayKinds(entries)}`,
  },
  appendDurable: {
    ...event('durable', 'completion', "the server's storage holds what was being appended"),
    exact: nothing,
    title: () => 'its storage holds what was being appended',
  },
  appendFailed: {
    ...event('not-durable', 'fault', "the server's storage failed the append"),
    exact: ({ kept }) => sayKept(kept),
    title: ({ kept }) => `its storage fails to append${kept.length === 0 ? '' : `, and yet keeps ${sayKinds(kept)}`}`,
    phrase: ({ kept }) => ({
      weight: 2.5,
      who: "the server's storage",
      does: `fails to append${kept.length === 0 ? ' (the batch is lost)' : ` (and yet holds ${sayKinds(kept)})`}`,
    }),
  },
  batchRefused: {
    ...event('refused-by-storage', 'fault', "the server's storage can never take an entry of the batch"),
    exact: ({ index }) => `entry ${index + 1}; nothing of it kept`,
    title: ({ index }) => `its storage refuses entry ${index + 1} of the batch, and keeps nothing of it`,
    phrase: ({ index }) => ({ weight: 2.5, who: "the server's storage", does: `refuses entry ${index + 1} of the batch` }),
  },
  batchUnplaced: {
    ...event('no-space', 'fault', "the server's storage has no space for the batch"),
    exact: nothing,
    title: () => 'its storage has no space for the batch, and keeps nothing of it',
    phrase: () => ({ weight: 2.5, who: "the server's storage", does: 'has no space for the batch' }),
  },
  committed: {
    ...commits,
    exact: decided,
    title: (action, { clientOf }) => `commits ${decided({ ...action, clientId: clientOf(action.clientId) })}`,
    phrase: 2.2,
  },
  refused: {
    ...event('rejects', 'commit', 'a write is rejected, as that version'),
    exact: (action) => `${decided(action)}, ${action.error}`,
    title: (action, { clientOf }) => `rejects ${decided({ ...action, clientId: clientOf(action.clientId) })}: ${action.error}`,
    phrase: ({ clientId, sequence, error }, { names }) => ({
      weight: 2.5,
      does: `rejects write ${sequence} of ${names.clientOf(clientId)} (${error})`,
    }),
  },
  evaluated: {
    ...event('evaluates', 'commit', 'a sharing group is evaluated for a commit'),
    exact: ofGroup,
    title: ({ group, version }) => `evaluates group ${group} for version ${version}`,
    phrase: ({ group }, { subject }) => (subject.rule === 'H2' ? { weight: 2.5, does: `evaluates group ${group}` } : null),
  },
  encoded: {
    ...event('encodes', 'commit', 'the update of a sharing group is encoded'),
    exact: ofGroup,
    title: ({ group, version }) => `encodes the update of group ${group} for version ${version}`,
    phrase: ({ group }, { subject }) => (subject.rule === 'H2' ? { weight: 2.5, does: `encodes an update for group ${group}` } : null),
  },
  looked: {
    ...event('looks', 'commit', 'all rows of a collection are looked through for a sharing group'),
    exact: ({ group, collection, rows }) => `${rows} rows of ${collection} for group ${group}`,
    title: ({ group, collection, rows }) => `looks through ${rows} rows of ${collection} for group ${group}`,
    phrase: ({ group, rows }, { subject }) =>
      subject.rule === 'H5' ? { weight: 2.5, does: `looks through ${rows} rows for group ${group}` } : null,
  },
  commitSpent: {
    ...spends,
    exact: ({ version, ...spent }) => `on version ${version}: ${saySpent(spent)}`,
    title: ({ version, ...spent }) => `spends on version ${version}: ${saySpent(spent)}`,
  },
  answerSpent: {
    ...spends,
    exact: ({ client, subscription, ...spent }) => `on the answer to ${subscription} of ${client}: ${saySpent(spent)}`,
    title: ({ client, subscription, ...spent }) => `spends on the answer to ${subscription} of ${client}: ${saySpent(spent)}`,
  },
  keyFetchBegan: {
    ...event('fetches', 'sent', 'the server asks for the key set'),
    exact: ({ fetch }) => `fetch ${fetch}`,
    title: () => 'asks for the key set',
  },
  keyFetchEnded: {
    ...event('fetched', 'received', 'what the server is answered when it asks for the key set'),
    exact: ({ fetch, keys }) => `fetch ${fetch}: ${keys === null ? 'nothing' : sayKeys(keys)}`,
    title: ({ keys }) => (keys === null ? 'gets no key set' : `gets a key set: ${sayKeys(keys)}`),
    phrase: ({ keys }) => (keys === null || keys.length === 0 ? { weight: 1.8, does: 'gets no key to judge by' } : null),
  },
  keysFetched: {
    ...event('keys', 'completion', 'the keys that the server goes by from now on'),
    exact: ({ keys }) => sayKeys(keys),
    title: ({ keys }) => `goes by the keys: ${sayKeys(keys)}`,
  },
  schemaPushed: {
    ...event('push', 'command', 'overrideSchema is called'),
    exact: ({ push, schema }) => `${push}: ${sayCollections(schema)}`,
    title: ({ push }) => `its owner calls overrideSchema (${push})`,
  },
  schemaAppendBegan: { ...appends, exact: () => 'a schema', title: () => 'begins to append the schema' },
  schemaRefused: {
    ...event('refuses', 'commit', 'a push is refused, since rows forbid it'),
    exact: () => 'a schema',
    title: () => 'refuses the schema',
  },
  schemaCommitted: {
    ...commits,
    exact: ({ version }) => `a schema as version ${version}`,
    title: ({ version }) => `has the new schema as version ${version}`,
    phrase: ({ version }) => ({ weight: 2.2, who: 'the new schema', does: `is in force as version ${version}` }),
  },
  pushSettled: {
    ...event('pushed', 'shown', 'overrideSchema settles'),
    exact: ({ push, outcome }) => `${push} ${outcome.outcome}${sayCompatible(outcome)}${sayIssues(outcome, ': ')}`,
    title: ({ push, outcome }) => `${push} comes to its end: ${outcome.outcome}${sayIssues(outcome, ', with issues: ')}`,
    phrase: ({ push, outcome }) => ({ weight: 2, who: `overrideSchema (${push})`, does: `comes to its end: ${outcome.outcome}` }),
  },
  compactionBegan: {
    ...event('compacts', 'completion', "the server's storage is asked to put a snapshot in the place of the entries"),
    exact: ({ version }) => `up to version ${version}`,
    title: ({ version }) => `asks for a snapshot of version ${version}`,
  },
  compacted: {
    ...event('compacted', 'completion', 'a snapshot stands for the first entries of the log'),
    exact: nothing,
    title: () => 'has a snapshot',
  },
  compactionFailed: {
    ...event('not-compacted', 'fault', "the server's storage failed at a snapshot"),
    exact: nothing,
    title: () => 'its storage fails at a snapshot',
    phrase: () => ({ weight: 2, who: "the server's storage", does: 'fails at a snapshot' }),
  },
  recoveryBegan: {
    ...event('recovers', 'commit', 'the server reads its log anew'),
    exact: nothing,
    title: () => 'reads its log anew',
    phrase: 1.5,
  },
  recovered: {
    ...event('recovered', 'commit', 'the server goes on from that version'),
    exact: ({ version }) => `at version ${version}`,
    title: ({ version }) => `goes on from version ${version}`,
    phrase: 1.5,
  },
  serverStopping: {
    ...event('stopping', 'fault', 'the server is being closed'),
    exact: nothing,
    title: () => 'is being stopped',
  },
  serverStopped: {
    ...event('stopped', 'fault', 'the process of the server is gone'),
    exact: ({ how, kept }) => `${how}, ${sayKept(kept)}`,
    title: ({ how }) => (how === 'crash' ? 'crashes' : 'has stopped'),
    phrase: ({ how }) => ({ weight: 1.2, does: how === 'crash' ? 'crashes' : 'stops' }),
  },
  incarnationKept: {
    ...event('begins', 'completion', "the server's log holds the beginning of an incarnation"),
    exact: ({ id, version }) => `${id} at version ${version}`,
    title: ({ id, version }) => `begins ${id} at version ${version}`,
  },
  logCopied: {
    ...event('log copied', 'fault', "the server's log is copied"),
    exact: ({ copy }) => `as ${copy}`,
    title: ({ copy }) => `its log is copied as ${copy}`,
    phrase: ({ copy }) => ({ weight: 2, who: 'the log of the server', does: `is copied as ${copy}` }),
  },
  logReplaced: {
    ...event('log replaced', 'fault', "the server's log is replaced"),
    exact: ({ copy }) => (copy === null ? 'by an empty one' : `by ${copy}`),
    title: ({ copy }) => `its log is replaced by ${copy === null ? 'an empty one' : `the copy ${copy}`}`,
    phrase: ({ copy }) => ({
      weight: 2.5,
      who: 'the log of the server',
      does: `is replaced by ${copy === null ? 'an empty one' : `the copy ${copy}`}`,
    }),
  },
  strangerHeard: {
    ...event('stranger', 'received', 'what the server makes of somebody unknown'),
    exact: ({ said, closing }) => `said ${said}: ${closing === null ? 'left open' : `closed, ${sayClosingExactly(closing)}`}`,
    title: ({ said, closing }) =>
      `hears a stranger (${spaced(said)}): ${closing === null ? 'nothing comes of it' : `closed, ${sayClosing(closing)}`}`,
    phrase: ({ closing }) => ({
      weight: 2,
      does: closing === null ? 'leaves the stranger connected' : `closes the stranger's connection (${sayClosing(closing)})`,
    }),
  },
} satisfies SomeSayings;

function sayKeys(keys: readonly string[]): string {
  return keys.join(', ') || 'none that can verify';
}

function sayKinds(entries: readonly KeptEntry[]): string {
  return entries.map((entry) => (entry.kind === 'rejection' ? `a rejection (${entry.error})` : `a ${entry.kind}`)).join(', ') || 'nothing';
}

function sayKept(kept: readonly KeptEntry[]): string {
  return kept.length === 0 ? 'nothing of it kept' : `kept: ${sayKinds(kept)}`;
}

type PushOutcome = ActionOf<'pushSettled'>['outcome'];

function sayCompatible(outcome: PushOutcome): string {
  return !('issues' in outcome) ? '' : `, ${outcome.compatible ? '' : 'not '}compatible`;
}

function sayIssues(outcome: PushOutcome, before: string): string {
  return !('issues' in outcome) || outcome.issues.length === 0 ? '' : before + outcome.issues.join('; ');
}

/** `todos (text, done); notes (title)`: what is in them the step says. */
function sayCollections({ collections }: ActionOf<'schemaPushed'>['schema']): string {
  const said = Object.entries(collections).map(([name, { attributes }]) => `${name} (${Object.keys(attributes).join(', ')})`);
  return said.join('; ') || 'no collections';
}
