/** The verbs by name, each a module. It is loaded when it is called for, so that help and complaints come at once. */
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
    load: () => import('./verbs/simulate.ts'),
  },
  { name: 'resume', summary: 'goes on with a campaign that was ended', load: () => import('./verbs/resume.ts') },
  { name: 'merge', summary: 'unites the shards of a campaign into one result', load: () => import('./verbs/merge.ts') },
  { name: 'replay', summary: 'runs one script and tells the first divergence', load: () => import('./verbs/replay.ts') },
  { name: 'show', summary: 'writes the page about one script: what happened, message by message', load: () => import('./verbs/show.ts') },
  { name: 'keep', summary: 'puts a failing script into the corpus, shrunk', load: () => import('./verbs/keep.ts') },
  {
    name: 'published',
    summary: 'installs versions of a system that comes in several, to be run as the system under test',
    load: () => import('./verbs/published.ts'),
  },
  { name: 'gate', summary: 'tells the verdict for a release: what is new, known and fixed', load: () => import('./verbs/gate.ts') },
  { name: 'list', summary: 'lists rules, planted faults, the corpus, failures, systems …', load: () => import('./verbs/list.ts') },
  { name: 'explain', summary: 'tells a rule in full, or whatever else has that name', load: () => import('./verbs/explain.ts') },
];
