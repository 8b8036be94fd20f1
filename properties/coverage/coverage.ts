/**
 * Counts what one run explores, by cell. It is asked at every action, so it counts in a table of numbers and names the
 * cells only at the end; the few names that are no cells are counted by themselves.
 */
import type { Action, State } from '../../model/index.ts';
import { clientOfLabel } from '../language/labels.ts';
import type { Step } from '../scripts/script.ts';
import { allowedPrefix, bucketOf } from './allowed.ts';
import type { ActionKind, CallbackKind } from './alphabets.ts';
import { cellNames, familyOf, firstOf, places } from './cells.ts';
import { closeOf } from './closes.ts';
import { milestoneProbes } from './milestones/index.ts';
import { strike, strikeOf, strikeOfAction } from './pairs.ts';
import { createPast, type Moment, type Probe, subjectOf, type Trigger } from './probe.ts';
import { ruleProbes } from './rules/index.ts';
import { placeOfAction, placeOfTimer } from './states.ts';

export interface Coverage {
  /** Something that is no cell, by its name. */
  readonly count: (name: string) => void;
  /** `before`: the model when the step was about to be taken. */
  readonly step: (step: Step, before: State) => void;
  readonly skipped: (step: Step) => void;
  /** A command was issued inside a callback of that kind. */
  readonly callback: (kind: CallbackKind) => void;
  readonly task: (label: string, before: State) => void;
  readonly action: (action: Action, before: State, after: State) => void;
  /** The size of the set that the model allows for a client that is about to show something. */
  readonly allowed: (size: number) => void;
  readonly counts: () => Readonly<Record<string, number>>;
}

export function createCoverage(): Coverage {
  const table = new Uint32Array(cellNames.length);
  const others = new Map<string, number>();
  const past = createPast();
  const bump = (place: number | undefined): void => {
    if (place !== undefined && place >= 0) table[place] = (table[place] ?? 0) + 1;
  };
  const bumpPair = (place: number): void => bump(first.pair + place);
  const count = (name: string): void => void others.set(name, (others.get(name) ?? 0) + 1);

  return {
    count,
    step: (step, before) => {
      bump(places.step[step.do]);
      const struck = strikeOf(step);
      if (struck !== null) strike(struck, before, bumpPair);
    },
    skipped: (step) => bump(places.skipped[step.do]),
    callback: (kind) => bump(places.callback[kind]),
    task: (label, before) => {
      const known = taskOf(label);
      if (known.place === undefined) count(`task:${known.family}`);
      else bump(known.place);
      if (known.timer !== null) bumpState(placeOfTimer(known.timer.client, known.timer.name, before), bump);
    },
    action: (action, before, after) => {
      // The commonest of all, and no probe asks about it.
      if (action.kind === 'taskEnded') return;
      countWords(action, bump);
      if (action.kind === 'quiescent') count('quiescence');
      bumpState(placeOfAction(action, before), bump);
      const close = closeOf(action);
      if (close !== null) bump(places.close[close]);
      const struck = strikeOfAction(action, before);
      if (struck !== null) strike(struck, before, bumpPair);
      const watchers = watchersFor(action);
      if (watchers === undefined || watchers.length === 0) return;
      const own = 'client' in action ? before.clients[action.client] : undefined;
      const ownConnection = 'connection' in action ? before.connections[action.connection] : undefined;
      const moment: Moment = { before, after, past, own, ownConnection };
      for (const { place, trigger } of watchers) if (trigger.holds(action, moment)) bump(place);
    },
    allowed: (size) => count(`${allowedPrefix}${bucketOf(size)}`),
    counts: () => {
      const counts: Record<string, number> = {};
      // There are thousands of cells, and a run meets some dozens.
      table.forEach((times, place) => {
        const name = cellNames[place];
        if (times > 0 && name !== undefined) counts[name] = times;
      });
      for (const [name, times] of others) counts[name] = times;
      return counts;
    },
  };
}

/** Where the families begin of which the place within is known by itself. */
const first = { state: firstOf('state'), pair: firstOf('pair') };

function bumpState(place: number, bump: (place: number) => void): void {
  if (place >= 0) bump(first.state + place);
}

function countWords(action: Action, bump: (place: number | undefined) => void): void {
  switch (action.kind) {
    case 'clientHeard':
      bump(places.heard[action.word.word]);
      if (action.word.word === 'nonsense') bump(places.input[`to client ${action.word.nonsense}`]);
      break;
    case 'serverReceived':
      bump(places.received[action.word.word]);
      if (action.word.word === 'nonsense') bump(places.input[`to server ${action.word.nonsense}`]);
      break;
    case 'strangerHeard':
      bump(places.input[`stranger ${action.said}`]);
      break;
    case 'observed':
      bump(places.saw[action.observation.saw]);
      if (action.observation.saw === 'status') bump(places.status[action.observation.status]);
      break;
    default:
      break;
  }
}

interface Watcher {
  readonly place: number;
  readonly trigger: Trigger;
}

type Watchers = readonly Watcher[];
/** Found by the kind of action, and by what it is about: a probe is asked about little that does not concern it. */
interface Watching {
  readonly always: Watchers;
  readonly about: Readonly<Record<string, Watchers>>;
}

const watching: Readonly<Partial<Record<ActionKind, Watching>>> = watchingOf([
  ...placed(firstOf('rule'), ruleProbes),
  ...placed(firstOf('milestone'), milestoneProbes),
]);

function watchersFor(action: Action): Watchers | undefined {
  const known = watching[action.kind];
  if (known === undefined) return undefined;
  const subject = subjectOf(action);
  return subject === null ? known.always : (known.about[subject] ?? known.always);
}

function placed(begin: number, probes: readonly Probe[]): readonly Watcher[] {
  return probes.flatMap(({ triggers }, index) => triggers.map((trigger) => ({ place: begin + index, trigger })));
}

/** What only notes comes last, so that the past holds no present. */
function watchingOf(all: readonly Watcher[]): typeof watching {
  const ordered = [...all.filter(({ trigger }) => trigger.role === 'counts'), ...all.filter(({ trigger }) => trigger.role === 'notes')];
  const kinds = new Set(ordered.map(({ trigger }) => trigger.kind));
  return Object.fromEntries(
    [...kinds].map((kind): [ActionKind, Watching] => {
      const own = ordered.filter(({ trigger }) => trigger.kind === kind);
      const subjects = new Set(own.flatMap(({ trigger }) => trigger.about ?? []));
      const isAbout =
        (subject: string | null) =>
        ({ trigger }: Watcher) =>
          trigger.about === null || (subject !== null && trigger.about.includes(subject));
      const about = [...subjects].map((subject): [string, Watchers] => [subject, own.filter(isAbout(subject))]);
      return [kind, { always: own.filter(isAbout(null)), about: Object.fromEntries(about) }];
    }),
  );
}

interface KnownTask {
  readonly family: string;
  /** Undefined for a label that no world of ours has. */
  readonly place: number | undefined;
  readonly timer: { readonly client: string; readonly name: string } | null;
}

/** There are few labels, and a run has thousands of tasks: each is read once. */
const knownTasks = new Map<string, KnownTask>();

function taskOf(label: string): KnownTask {
  const known = knownTasks.get(label);
  if (known !== undefined) return known;
  const family = familyOf(label);
  const client = clientOfLabel(label);
  const timer = /^c\d+ (\w+) timer$/u.exec(label)?.[1];
  const read: KnownTask = {
    family,
    place: places.task[family],
    timer: client === undefined || timer === undefined ? null : { client, name: timer },
  };
  knownTasks.set(label, read);
  return read;
}
