/** The verbs by name. Each is loaded when it is called for, so that help and complaints come at once. */
import type { Verb } from './verb.ts';

export interface VerbEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Verb>;
}

export const verbs: readonly VerbEntry[] = [
  {
    name: 'simulate',
    summary: 'draws scripts, runs them in lockstep with the model, shrinks what fails',
    load: async () => (await import('./verbs/simulate.ts')).simulateVerb,
  },
  {
    name: 'replay',
    summary: 'runs one script and tells the first divergence',
    load: async () => (await import('./verbs/replay.ts')).replayVerb,
  },
  {
    name: 'show',
    summary: 'writes the page about one script: what happened, message by message',
    load: async () => (await import('./verbs/show.ts')).showVerb,
  },
  {
    name: 'keep',
    summary: 'puts a failing script into the corpus, shrunk',
    load: async () => (await import('./verbs/keep.ts')).keepVerb,
  },
  {
    name: 'published',
    summary: 'installs versions of a system that comes in several, to be run as the system under test',
    load: async () => (await import('./verbs/published.ts')).publishedVerb,
  },
  {
    name: 'gate',
    summary: 'tells the verdict for a release: what is new, known and fixed',
    load: async () => (await import('./verbs/gate.ts')).gateVerb,
  },
];
