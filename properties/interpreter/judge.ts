/**
 * The bench before which a run stands: every action is recorded, told to the model and to each check; the first finding
 * is kept and ends the run. Actions come in while system code runs, so nothing here throws through it.
 */
import type { Action, ModelConfiguration, State } from '../../model/index.ts';
import { allowedSequences } from '../../model/index.ts';
import { noteAt } from '../../tools/pulse.ts';
import type { Finding, Remains, Watch } from '../checks/check.ts';
import { checks } from '../checks/index.ts';
import { beginLockstep } from '../checks/lockstep.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Failure } from '../trace.ts';
import { createIdLabels } from './id-labels.ts';
import type { Recorder } from './recorder.ts';

export interface Judge {
  /** A task of the world begins: what is told from here to `taskEnded` follows from it. */
  readonly begin: (label: string) => void;
  readonly tell: (action: Action) => void;
  readonly settled: () => void;
  readonly ended: (remains: Remains) => void;
  /** Something that no check foresaw (the world's guard, an undescribable frame) ends the run as well. */
  readonly accuse: (finding: Finding, property: string) => void;
  readonly failure: () => Failure | null;
  readonly state: () => State;
  /** A witness stands in the place of the model, whose state is that of the beginning throughout. */
  readonly isWitnessed: boolean;
  /** Nothing more is told to anybody but what is about conduct: the run is over, what follows is tidying up. */
  readonly adjourn: () => void;
  /** Where the run stands, for the trace. */
  readonly at: (step: number) => void;
  readonly step: () => number;
}

export interface JudgeOptions {
  readonly configuration: ModelConfiguration;
  readonly recorder: Recorder;
  readonly coverage: Coverage;
  readonly now: () => number;
  /** In the place of the model and of all checks. */
  readonly witness?: Watch | undefined;
}

export function createJudge({ configuration, recorder, coverage, now, witness }: JudgeOptions): Judge {
  const lockstep = beginLockstep(configuration);
  const labelIds = createIdLabels();
  const watches: readonly { readonly name: string; readonly watch: Watch }[] =
    witness === undefined ? checks.map((check) => ({ name: check.name, watch: check.begin() })) : [{ name: 'witness', watch: witness }];
  const model = { state: lockstep.state };
  let failure: Failure | null = null;
  let step = -1;
  let isAdjourned = false;
  noteAt(step);

  function accuse(finding: Finding, property: string): void {
    if (failure !== null) return;
    failure = {
      class: `${finding.rule} ${finding.shape}`,
      property,
      step,
      rule: finding.rule,
      message: finding.message,
      allowed: finding.allowed,
      shown: finding.shown,
    };
    recorder.record({ step, atMs: now(), event: 'failed', class: failure.class });
  }

  function tell(told: Action): void {
    const action = labelIds(told);
    if (failure !== null || (isAdjourned && !isConduct(action))) return;
    if (action.kind !== 'taskEnded' && action.kind !== 'over') recorder.record({ step, atMs: now(), event: 'action', action });
    const before = lockstep.state();
    if (action.kind === 'observed') countAllowed(before, action.client, coverage);
    const finding = witness === undefined || isConduct(action) ? lockstep.tell(action) : null;
    if (finding !== null) {
      accuse(finding, 'lockstep');
      return;
    }
    if (witness === undefined) coverage.action(action, before, lockstep.state());
    for (const { name, watch } of watches) {
      judgeLast(watch.onAction?.(action, model), name);
    }
  }

  return {
    begin: (label) => {
      if (failure === null && !isAdjourned) recorder.record({ step, atMs: now(), event: 'task', label });
    },
    tell,
    accuse,
    settled: () => {
      for (const { name, watch } of watches) judgeLast(watch.onSettled?.(model), name);
    },
    ended: (remains) => {
      for (const { name, watch } of watches) judgeLast(watch.onEnd?.(remains), name);
    },
    failure: () => failure,
    state: lockstep.state,
    isWitnessed: witness !== undefined,
    adjourn: () => {
      isAdjourned = true;
    },
    at: (index) => {
      step = index;
      noteAt(index);
    },
    step: () => step,
  };

  function judgeLast(found: Finding | null | undefined, name: string): void {
    if (found !== null && found !== undefined) accuse(found, name);
  }
}

/** The rules of conduct (E) hold of processes that nobody judges by anything else, too: of twins, and of those that are being closed. */
function isConduct({ kind }: Action): boolean {
  return kind === 'over' || kind === 'rejectionLost' || kind === 'processLost';
}

/** The size of the set that the model allows for a client that is about to show something. */
function countAllowed(state: State, name: string, coverage: Coverage): void {
  const client = state.clients[name];
  if (client !== undefined) coverage.allowed(allowedSequences(client));
}
