/** All kinds of events, and what is said of each. All reports of a run ask here, so that they say the same. */
import type { Happening, TracedAction } from '../../properties/trace.ts';
import { processOfAction } from '../../properties/trace-line.ts';
import type { MomentKind } from '../story/story.ts';
import { calls } from './calls.ts';
import type { Names, Phrase, PhraseDraft, PhraseMatter } from './phrase.ts';
import type { ActionKind, ActionOf, EventWord, Saying, Sayings } from './saying.ts';
import { server } from './server.ts';
import { storage } from './storage.ts';
import { wire } from './wire.ts';
import { world } from './world.ts';

const { time, ...aroundAll } = world;
const sayings: Sayings<ActionKind> = { time, ...calls, ...wire, ...storage, ...server, ...aroundAll };

/** In the order of the legend of a trace. */
const words: Readonly<Record<ActionKind | Exclude<Happening['event'], 'action'>, EventWord>> = {
  step: { word: 'step', meaning: 'the script takes its next step' },
  skip: { word: 'skip', meaning: 'the step means nothing here and is passed over' },
  task: { word: 'task', meaning: 'the world lets something happen: a delivery (c1→server), a timer, a completion' },
  time,
  'cut short': { word: 'cut-short', meaning: 'time stops early, after very many tasks' },
  twin: { word: 'twin', meaning: 'the second run of a relation begins' },
  ...calls,
  ...wire,
  ...storage,
  ...server,
  ...aroundAll,
  failed: { word: 'FAILED', meaning: 'the first divergence; the event that showed it is marked ›' },
};
const places = new Map([...new Set(Object.values(words).map(({ word }) => word))].map((word, place) => [word, place]));

export function wordOf(happening: Happening): EventWord {
  return words[happening.event === 'action' ? happening.action.kind : happening.event];
}

/** The words that occur, each once, in the order of the table above. */
export function wordsThatOccur(happenings: readonly Happening[]): readonly EventWord[] {
  const occurring = new Map(happenings.map((happening) => [wordOf(happening).word, wordOf(happening)]));
  return [...occurring.values()].sort((left, right) => (places.get(left.word) ?? 0) - (places.get(right.word) ?? 0));
}

function sayingOf<Kind extends ActionKind>(action: ActionOf<Kind>): Saying<Kind> {
  return sayings[action.kind];
}

/** The rest of its line in a trace. */
export function sayExactly<Kind extends ActionKind>(action: ActionOf<Kind>): string {
  return sayingOf(action).exact(action);
}

function sayTitle<Kind extends ActionKind>(action: ActionOf<Kind>, names: Names): string {
  return sayingOf(action).title(action, names);
}

function phraseDraft<Kind extends ActionKind>(action: ActionOf<Kind>, matter: PhraseMatter): PhraseDraft | null {
  const { phrase } = sayingOf(action);
  return typeof phrase === 'number' ? { weight: phrase } : (phrase?.(action, matter) ?? null);
}

export interface Title {
  readonly process: string;
  readonly kind: MomentKind;
  readonly title: string;
}

export function titleOf(action: TracedAction, names: Names): Title {
  return { process: processOfAction(action), kind: sayings[action.kind].drawn, title: sayTitle(action, names) };
}

/** Null where it goes without saying. */
export function phraseOf(action: TracedAction, matter: PhraseMatter): Phrase | null {
  const draft = phraseDraft(action, matter);
  if (draft === null) return null;
  const process = processOfAction(action);
  return { who: process === 'server' ? 'the server' : process, does: sayTitle(action, matter.names), ...draft };
}
