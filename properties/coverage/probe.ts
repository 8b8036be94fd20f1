/**
 * What counts under a name: a sentence for people, and triggers that look at an action and at the model before and
 * after it. What a trigger must remember of the run it notes in the past, after all triggers of that action were asked.
 */
import type { Action, Command, Observation, State } from '../../model/index.ts';
import type { ActionKind } from './alphabets.ts';

export interface Moment {
  readonly before: State;
  readonly after: State;
  readonly past: Past;
  /** The client that the action is about, and its connection, as they were before. */
  readonly own: State['clients'][string] | undefined;
  readonly ownConnection: State['connections'][number] | undefined;
}

/** What was noted of this run so far. */
export interface Past {
  readonly note: (word: string) => void;
  readonly forget: (word: string) => void;
  readonly has: (word: string) => boolean;
}

export interface Trigger {
  readonly kind: ActionKind;
  /** Only for actions about one of these: words, kinds of commands, what was seen. Null: all. */
  readonly about: readonly string[] | null;
  readonly role: 'counts' | 'notes';
  /** Asked only about actions of that kind and about that: a method, so that a question may say so in its type. */
  holds(action: Action, moment: Moment): boolean;
}

export interface Probe {
  readonly name: string;
  /** What counts, in one sentence. */
  readonly sentence: string;
  readonly triggers: readonly Trigger[];
}

type ActionOf<Kind extends ActionKind> = Extract<Action, { readonly kind: Kind }>;
type WordOf<Kind extends ActionKind> = ActionOf<Kind> extends { readonly word: infer Word } ? Word : never;
type SpokenAction = 'clientHeard' | 'clientSent' | 'serverReceived' | 'serverSent';
type Spoken<Kind extends SpokenAction> = WordOf<Kind> extends { readonly word: infer Name extends string } ? Name : never;
type SpokenOf<Kind extends SpokenAction, Name extends string> = ActionOf<Kind> & {
  readonly word: Extract<WordOf<Kind>, { readonly word: Name }>;
};
type CommandOf<Name extends Command['do']> = ActionOf<'command'> & { readonly command: Extract<Command, { readonly do: Name }> };
type SeenOf<Name extends string> = ActionOf<'observed'> & { readonly observation: Extract<Observation, { readonly saw: Name }> };
type Question<Of> = (action: Of, moment: Moment) => boolean;

/** What an action is about, by which triggers are found; null where its kind says it all. */
export function subjectOf(action: Action): string | null {
  switch (action.kind) {
    case 'clientHeard':
    case 'clientSent':
    case 'serverReceived':
    case 'serverSent':
      return action.word.word;
    case 'command':
      return action.command.do;
    case 'observed':
      return action.observation.saw;
    default:
      return null;
  }
}

/** Counts where an action of the kind satisfies the question. */
export function on<Kind extends ActionKind>(kind: Kind, holds: Question<ActionOf<Kind>>): Trigger {
  return { kind, about: null, role: 'counts', holds };
}

/** Counts where one of the words that is sent or arrives satisfies the question. */
export function onWord<Kind extends SpokenAction, Name extends Spoken<Kind>>(
  kind: Kind,
  about: readonly Name[],
  holds: Question<SpokenOf<Kind, Name>>,
): Trigger {
  return { kind, about, role: 'counts', holds };
}

export function onCommand<Name extends Command['do']>(about: readonly Name[], holds: Question<CommandOf<Name>>): Trigger {
  return { kind: 'command', about, role: 'counts', holds };
}

export function onSeen<Name extends Observation['saw']>(name: Name, holds: Question<SeenOf<Name>>): Trigger {
  return { kind: 'observed', about: [name], role: 'counts', holds };
}

type Note<Of> = (action: Of, moment: Moment) => void;

/** Counts nothing, but notes something of an action for later. */
export function noting<Kind extends ActionKind>(kind: Kind, note: Note<ActionOf<Kind>>): Trigger {
  return notingAbout(kind, null, note);
}

export function notingWord<Kind extends SpokenAction, Name extends Spoken<Kind>>(
  kind: Kind,
  about: readonly Name[],
  note: Note<SpokenOf<Kind, Name>>,
): Trigger {
  return notingAbout(kind, about, note);
}

export function notingCommand<Name extends Command['do']>(about: readonly Name[], note: Note<CommandOf<Name>>): Trigger {
  return notingAbout('command', about, note);
}

function notingAbout<Of extends Action>(kind: ActionKind, about: Trigger['about'], note: Note<Of>): Trigger {
  const holds = (action: Of, moment: Moment): boolean => {
    note(action, moment);
    return false;
  };
  return { kind, about, role: 'notes', holds };
}

/** By name: the sentence, then the triggers. */
type ProbeTable = Readonly<Record<string, readonly [sentence: string, ...triggers: readonly Trigger[]]>>;

export function probes(table: ProbeTable): readonly Probe[] {
  return Object.entries(table).map(([name, [sentence, ...triggers]]) => ({ name, sentence, triggers }));
}

export function createPast(): Past {
  const words = new Set<string>();
  return {
    note: (word) => void words.add(word),
    forget: (word) => void words.delete(word),
    has: (word) => words.has(word),
  };
}
