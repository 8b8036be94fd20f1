/**
 * The moments of a story. A task that only brings what the next event tells is told by that event; what a commit cost
 * is told with the commit; a fault of the script gets a mark on the lane of whom it strikes.
 */

import type { Detail } from '../../properties/language/words-details.ts';
import { markOf } from '../../properties/scripts/words.ts';
import type { Failure } from '../../properties/trace.ts';
import { textOf } from '../../properties/trace-line.ts';
import { titleOf } from '../events/catalogue.ts';
import { isToldBy, taskOf } from '../events/labels.ts';
import type { Names } from '../events/phrase.ts';
import { broken, detailsOf } from './details.ts';
import { namesOf } from './names.ts';
import type { Moment, MomentKind } from './story.ts';
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
    const mark = told[index + 1]?.event.event === 'skip' || one.begins === null ? null : markOf(one.begins);
    if (mark !== null) add({ step, atMs }, draft(mark.process, 'fault', mark.title, []));
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
  return task !== null && isToldBy(task, kind);
}

function draftOf({ event }: Told, names: Names, failure: Failure | null): Draft {
  switch (event.event) {
    case 'action':
      return { ...titleOf(event.action, names), details: detailsOf(event.action) };
    case 'task':
      return { ...taskOf(event.label), details: [['label', event.label]] };
    case 'step':
    case 'twin':
      return draft('world', 'step', textOf(event), []);
    case 'skip':
      return draft('world', 'skip', 'means nothing here, and is passed over', [['kind of step', event.skipped]]);
    case 'cut short':
      return draft('world', 'time', `time stops early, ${textOf(event)}`, []);
    case 'failed':
      return failedDraft(event.class, failure);
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
