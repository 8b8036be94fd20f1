/** One run of an exploration: the set-up, a path of choices that is known, then new ones for as long as they lead to new states. */
import { Undecided } from '../interpreter/schedule.ts';
import type { Move, Point, Strategy } from '../interpreter/strategies.ts';
import { scriptWord, settleWord } from '../language/configuration.ts';
import { type Script, type Step, scriptVersion } from '../scripts/script.ts';
import { afterStep, afterTask, beginning, type History, keyOf } from './history.ts';
import type { Scope } from './scope.ts';

/** Where a schedule stands. */
export interface Place {
  readonly history: History;
  /** Steps taken of each thread. */
  readonly taken: readonly number[];
  readonly faultLeft: boolean;
  readonly ended: boolean;
}

/** One of the moves that are possible at a place: a task, the next step of a thread, the fault, or the end. */
export interface Choice {
  readonly name: string;
  readonly move: Move;
  readonly after: Place;
}

export interface Tour extends Strategy {
  /** What was taken so far, as a script with its schedule. */
  readonly script: () => Script;
  /** Whether it was broken off because everything that followed was known. */
  readonly brokenOff: () => boolean;
}

/** `decide` picks among the choices at a new place; undefined breaks the tour off. */
export function createTour(
  scope: Scope,
  path: readonly string[],
  decide: (choices: readonly Choice[], path: readonly string[]) => Choice | undefined,
): Tour {
  const setup = setupMoves(scope);
  const steps: Step[] = [];
  const choices: string[] = [];
  const names: string[] = [];
  let place = beginningOf(scope);
  let isBrokenOff = false;

  const take = (move: Move): Move => {
    if (move.move === 'step' && move.step !== undefined) steps.push(move.step);
    const word = wordOf(move);
    if (word !== undefined) choices.push(word);
    return move;
  };

  return {
    next: (point) => {
      const prepared = setup.shift();
      if (prepared !== undefined) return take(prepared);
      const possible = choicesAt(scope, place, point);
      const known = path[names.length];
      const choice = known === undefined ? decide(possible, names) : possible.find(({ name }) => name === known);
      if (choice === undefined) {
        isBrokenOff = known === undefined;
        throw new Undecided(known === undefined ? 'all that follows is known' : `the choice ${known} was not there a second time`);
      }
      names.push(choice.name);
      place = choice.after;
      return take(choice.move);
    },
    brokenOff: () => isBrokenOff,
    script: () => scriptOf(scope, steps, choices),
  };
}

export function beginningOf(scope: Scope): Place {
  return { history: beginning(scope.clients), taken: scope.threads.map(() => 0), faultLeft: scope.fault !== undefined, ended: false };
}

/** Equal keys: the same state. What was taken of the threads follows from the history. */
export function keyOfPlace({ history, ended }: Place): string {
  return ended ? `${keyOf(history)} ended` : keyOf(history);
}

function choicesAt(scope: Scope, place: Place, { tasks }: Point): readonly Choice[] {
  const isStill = tasks.length === 0;
  const ofTasks = tasks.map((task): Choice => {
    const after = { ...place, history: afterTask(place.history, task) };
    return { name: task.label, move: { move: 'task', label: task.label }, after };
  });
  const ofThreads = scope.threads.flatMap((thread, index): readonly Choice[] => {
    const step = thread[place.taken[index] ?? 0];
    if (step === undefined || (step.do === 'advance' && !isStill)) return [];
    const taken = place.taken.map((count, at) => (at === index ? count + 1 : count));
    const after = { ...place, history: afterStep(place.history, step), taken };
    return [{ name: `thread ${index}`, move: { move: 'step', step }, after }];
  });
  const isDone = isStill && ofThreads.length === 0;
  const end: readonly Choice[] = isDone ? [{ name: 'end', move: { move: 'end' }, after: { ...place, ended: true } }] : [];
  return [...ofTasks, ...ofThreads, ...end, ...faultAt(scope, place)];
}

function faultAt({ fault }: Scope, place: Place): readonly Choice[] {
  if (fault === undefined || !place.faultLeft) return [];
  const after = { ...place, history: afterStep(place.history, fault), faultLeft: false };
  return [{ name: 'fault', move: { move: 'step', step: fault }, after }];
}

/** An advance that ends the set-up leaves what then falls due to the race. */
function setupMoves({ setup }: Scope): Move[] {
  return setup.flatMap((step, index): Move[] => {
    const isLeft = step.do === 'advance' && index === setup.length - 1;
    return isLeft ? [{ move: 'step', step }] : [{ move: 'step', step }, { move: 'settle' }];
  });
}

function wordOf(move: Move): string | undefined {
  switch (move.move) {
    case 'task':
      return move.label;
    case 'step':
      return scriptWord;
    case 'settle':
      return settleWord;
    case 'end':
      return undefined;
  }
}

export function scriptOf(
  { name, clients, rows, schema, schemasOfClients, logEntriesMax }: Scope,
  steps: readonly Step[],
  choices: readonly string[],
): Script {
  return {
    version: scriptVersion,
    profile: `all schedules of ${name}`,
    configuration: {
      clients: clients.map((client) => {
        const builtWith = schemasOfClients?.[client];
        return { name: client, knowsRoles: true, wallClockSkewMs: 0, ...(builtWith === undefined ? {} : { schema: builtWith }) };
      }),
      authentication: 'HS256',
      claimsPath: null,
      rows,
      ...(schema === undefined ? {} : { schema }),
      ...(logEntriesMax === undefined ? {} : { logEntriesMax }),
      schedule: { kind: 'chosen', choices },
    },
    steps,
  };
}
