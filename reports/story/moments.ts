/**
 * The moments of a story. A task that only brings what the next event tells is told by that event; what a commit cost
 * is told with the commit; a fault of the script gets a mark on the lane of whom it strikes.
 */
import type { Step } from '../../properties/scripts/script.ts';
import type { Failure } from '../../properties/trace.ts';
import { broken, type Detail, detailsOf, rawDetail } from './details.ts';
import { namesOf } from './names.ts';
import type { Moment, MomentKind } from './story.ts';
import { type Names, titleOf } from './titles.ts';
import type { Told } from './told.ts';

export interface Moments {
  readonly moments: readonly Moment[];
  /** The moment that tells each event of the trace, by the place of the event. */
  readonly momentOf: readonly number[];
}

type Draft = Omit<Moment, 'index' | 'step' | 'atMs'>;

export function momentsOf(told: readonly Told[], failure: Failure | null): Moments {
  const names = namesOf(told);
  const moments: Moment[] = [];
  const momentOf: number[] = [];
  const add = (place: Pick<Moment, 'step' | 'atMs'>, draft: Draft): void => {
    moments.push({ index: moments.length, step: place.step, atMs: place.atMs, ...inOneLine(draft) });
  };
  for (const [index, one] of told.entries()) {
    const { step, atMs } = one.event;
    if (isCost(one)) {
      momentOf.push(Math.max(0, moments.length - 1));
      addToLast(moments, draftOf(one, names, failure).title);
      continue;
    }
    momentOf.push(moments.length);
    if (isToldByNext(one, told[index + 1])) continue;
    add({ step, atMs }, draftOf(one, names, failure));
    const strike = told[index + 1]?.event.event === 'skip' || one.begins === null ? null : strikeOf(one.begins);
    if (strike !== null) add({ step, atMs }, strike);
  }
  if (failure !== null && moments.at(-1)?.kind !== 'failed') {
    add({ step: failure.step, atMs: moments.at(-1)?.atMs ?? 0 }, failedDraft(failure.class, failure));
  }
  return { moments, momentOf };
}

/** Longer titles are cut; the details have them whole. */
const longestTitle = 140;

function inOneLine(draft: Draft): Draft {
  const { title } = draft;
  if (title.length <= longestTitle) return draft;
  const end = title.lastIndexOf(' ', longestTitle);
  return { ...draft, title: `${title.slice(0, end < 0 ? longestTitle : end)} …`, details: [['in full', broken(title)], ...draft.details] };
}

/** Of what it cost to commit, the commit tells. */
function isCost({ action }: Told): boolean {
  return action?.kind === 'evaluated' || action?.kind === 'encoded';
}

function addToLast(moments: Moment[], cost: string): void {
  const last = moments.at(-1);
  if (last !== undefined) moments[last.index] = { ...last, details: [...last.details, ['cost', cost]] };
}

function isToldByNext({ task, action }: Told, next: Told | undefined): boolean {
  const kind = next?.action?.kind;
  if (kind === undefined) return false;
  if (action?.kind === 'appendDurable') return ['committed', 'refused', 'schemaCommitted'].includes(kind);
  return task !== null && tellersOf(task).includes(kind);
}

/** The events that tell all that a task of that label did. */
function tellersOf(label: string): readonly string[] {
  if (label.includes('→')) return ['serverReceived', 'clientHeard', 'clientHeardClose', 'serverHeardClose'];
  if (label.endsWith(' opening')) return ['opened'];
  if (label.endsWith(' store')) return ['stored', 'notStored', 'cleared'];
  if (label.endsWith(' refresh handler')) return ['refreshAnswered'];
  if (label === 'server append') return ['appendDurable', 'appendFailed'];
  if (label === 'server load') return ['recovered'];
  return label === 'server key set fetch' ? ['keysFetched'] : [];
}

function draftOf(one: Told, names: Names, failure: Failure | null): Draft {
  const { event, action } = one;
  if (action !== null) return { process: event.process, ...titleOf(action, names), details: detailsOf(action) };
  switch (event.event) {
    case 'task':
      return taskDraft(event.detail);
    case 'step':
      return draft('world', 'step', event.detail, []);
    case 'skip':
      return draft('world', 'skip', 'means nothing here, and is passed over', [['kind of step', event.detail]]);
    case 'cut short':
      return draft('world', 'time', `time stops early, ${event.detail}`, []);
    case 'twin':
      return draft('world', 'step', event.detail, []);
    case 'failed':
      return failedDraft(event.detail, failure);
    default:
      return draft(event.process, 'completion', event.event, rawDetail(event.detail));
  }
}

function draft(process: string, kind: MomentKind, title: string, details: readonly Detail[]): Draft {
  return { process, kind, title, details };
}

function failedDraft(failureClass: string, failure: Failure | null): Draft {
  const details: readonly Detail[] =
    failure === null
      ? []
      : [
          ['allowed', failure.allowed.join('\n') || 'nothing'],
          ['shown', failure.shown],
          ['found by', failure.property],
        ];
  return draft('world', 'failed', failure?.message ?? failureClass, [['class', failureClass], ...details]);
}

function taskDraft(label: string): Draft {
  const process = processOf(label);
  if (label.includes(' timer')) return draft(process, 'timer', `${nameOfTimer(label)} falls due`, [['label', label]]);
  if (label.includes('→')) return draft(process, 'received', 'something arrives that nobody hears any more', [['label', label]]);
  if (label.endsWith(' opening')) return draft(process, 'opening', 'its attempt to connect fails', [['label', label]]);
  const verified = /^server verify of (.+)$/u.exec(label)?.[1];
  if (verified !== undefined) return draft(process, 'completion', `has verified a token of ${verified}`, [['label', label]]);
  return draft(process, 'completion', `${label} comes back`, [['label', label]]);
}

/** A link ends where its arrow points; all other labels begin with their process. */
function processOf(label: string): string {
  const words = label.includes('→') ? label.slice(label.indexOf('→') + 1) : label;
  return words.split(' ')[0] ?? 'world';
}

/** `its refresh timer`, `its expiry timer of c1`. */
function nameOfTimer(label: string): string {
  return `its ${label.split(' ').slice(1).join(' ')}`;
}

/** The mark of a fault; null where an action of the model tells it anyhow, or where it is none. */
function strikeOf(step: Step): Draft | null {
  switch (step.do) {
    case 'cut':
      return step.how === 'halfOpen'
        ? null
        : draft(step.client, 'fault', `its connection is ${step.how === 'clean' ? 'closed by the network' : 'lost'}`, []);
    case 'refuseConnections':
      return draft(step.client, 'fault', 'its connections are refused from now on', []);
    case 'acceptConnections':
      return draft(step.client, 'fault', 'its connections are accepted again', []);
    case 'failStorage':
      return draft(step.process, 'fault', 'its storage will fail once', []);
    case 'inject':
      return draft(step.to === 'server' ? 'server' : step.client, 'fault', 'nonsense is put among what is on its way to it', []);
    default:
      return null;
  }
}
