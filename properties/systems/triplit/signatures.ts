/**
 * Signatures: how a known deviation shows in the trace of a run. A failure class says only in which shape a run went wrong;
 * many mistakes share one. A signature names what set the deviation off and what it did then, of the same client and the same
 * connection, so that other damage of the same class is not taken for it.
 *
 * A run is known by a signature when its failure is of one of `classes`, `shown` and `message` (regular expressions) and `failure` (a
 * pattern, for what those do not say, such as what was allowed; `shownRows` and `allowedRows` are the rows there, as data) fit it, `configuration` fits the script's, and its trace holds `events` in that order, others between them. Of each event there may
 * be said, as patterns (`patterns.ts` has their language):
 *
 * - `event`, `process`, `step`, `detail`: as in a line of the trace. What an action carries is met as data, another detail as a text.
 * - `atMs`: the world's milliseconds since the run began. `wallMs`: what the clock of that process showed, comparable with `exp`.
 *
 * Besides these, `without` lists events that must not lie between the one matched before (or the beginning) and this one, and
 * `"last": true` asks for the event that showed the failure: the last one before it. Variables keep their values from event to
 * event; what is said of the failure is looked at last and may take them in.
 */
import type { Configuration } from '../../scripts/script.ts';
import type { Failure, TraceEvent } from '../../trace.ts';
import { detailOf, kindOf, processOf } from '../../trace-line.ts';
import { wallEpochMs } from '../../worlds/clocks.ts';
import type { FailedRun } from '../plugin.ts';
import { type Bindings, expressionOf, type Json, type JsonObject, waysToMeet } from './patterns.ts';

export interface Signature {
  readonly classes: readonly string[];
  /** A regular expression. */
  readonly shown: string | null;
  /** A regular expression. */
  readonly message: string | null;
  readonly failure: Json | null;
  readonly configuration: Json | null;
  /** At least one. */
  readonly events: readonly EventPattern[];
}

export interface EventPattern {
  /** Of the fields of an event. */
  readonly fields: JsonObject;
  readonly without: readonly EventPattern[];
  readonly last: boolean;
}

/** Events compared with patterns until a search is given up: what is not found by then is not known. */
const comparisonsMost = 50_000;

/** A run, made ready to be compared with many signatures. */
export interface Subject {
  readonly failure: Failure;
  readonly configuration: Configuration;
  readonly events: readonly SeenEvent[];
}

interface SeenEvent {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function subjectOf({ failure, trace, configuration }: FailedRun): Subject {
  const end = trace.findLastIndex(({ event }) => event === 'failed');
  const before = trace.slice(0, Math.max(0, end));
  return { failure: inOrder(failure), configuration, events: seen(isLost(before.at(-1)) ? before.slice(0, -1) : before, configuration) };
}

/** A rejection that nobody handles is the failure itself, and not what led to it. */
function isLost(event: FailedRun['trace'][number] | undefined): boolean {
  return event?.event === 'action' && event.action.kind === 'rejectionLost';
}

/** Rows in the texts of a failure have their attributes in one order, so that equal ones are equal texts. */
function inOrder(failure: Failure): Failure {
  return { ...failure, shown: rowsInOrder(failure.shown), allowed: failure.allowed.map(rowsInOrder) };
}

function rowsInOrder(text: string): string {
  const rows = rowsIn(text);
  return rows === null ? text : text.slice(0, text.indexOf(': [') + 2) + JSON.stringify(rows);
}

/** Null where the text tells of no rows. */
function rowsIn(text: string): unknown {
  const start = text.indexOf(': [') + 2;
  if (start < 2) return null;
  try {
    return JSON.parse(text.slice(start), attributesInOrder);
  } catch {
    return null;
  }
}

function attributesInOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const place = (name: string): string => (name === 'id' ? '' : name);
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (place(one) < place(other) ? -1 : 1)));
}

export function isShownBy(signature: Signature, subject: Subject): boolean {
  if (!signature.classes.includes(subject.failure.class)) return false;
  const search: Search = { signature, subject, comparisonsLeft: comparisonsMost, vain: new Set() };
  const ways = signature.configuration === null ? [{}] : waysToMeet(signature.configuration, subject.configuration, {});
  return ways.some((bindings) => isFoundFrom(search, { place: 0, from: 0, bindings }));
}

interface Search {
  readonly signature: Signature;
  readonly subject: Subject;
  comparisonsLeft: number;
  /** Where nothing came of it before. */
  readonly vain: Set<string>;
}
interface Standing {
  /** Of the next event of the signature. */
  readonly place: number;
  /** Of the first event of the trace that may be it. */
  readonly from: number;
  readonly bindings: Bindings;
}

function isFoundFrom(search: Search, { place, from, bindings }: Standing): boolean {
  const { signature, subject } = search;
  const pattern = signature.events[place];
  if (pattern === undefined) return fitsFailure(signature, subject.failure, bindings);
  const key = `${place} ${from} ${JSON.stringify(bindings)}`;
  if (search.vain.has(key)) return false;
  const first = pattern.last ? Math.max(from, subject.events.length - 1) : from;
  for (let index = first; index < subject.events.length; index += 1) {
    for (const way of waysOf(search, pattern, index, bindings)) {
      if (isFree(search, pattern.without, from, index, way) && isFoundFrom(search, { place: place + 1, from: index + 1, bindings: way })) {
        return true;
      }
    }
  }
  search.vain.add(key);
  return false;
}

function waysOf(search: Search, { fields }: EventPattern, index: number, bindings: Bindings): readonly Bindings[] {
  const event = search.subject.events[index];
  if (event === undefined || search.comparisonsLeft <= 0) return [];
  if (typeof fields.event === 'string' && fields.event !== event.event) return [];
  search.comparisonsLeft -= 1;
  return waysToMeet(fields, event.fields, bindings);
}

/** A search that was given up has not seen that nothing lies between. */
function isFree(search: Search, without: readonly EventPattern[], from: number, to: number, bindings: Bindings): boolean {
  for (const pattern of without) {
    for (let index = from; index < to; index += 1) {
      if (waysOf(search, pattern, index, bindings).length > 0) return false;
    }
  }
  return search.comparisonsLeft > 0;
}

function fitsFailure({ shown, message, failure: pattern }: Signature, failure: Failure, bindings: Bindings): boolean {
  const fits = (expression: string | null, text: string): boolean =>
    expression === null || expressionOf(expression, bindings)?.test(text) === true;
  if (!fits(shown, failure.shown) || !fits(message, failure.message)) return false;
  return pattern === null || waysToMeet(pattern, withRows(failure), bindings).length > 0;
}

/** `shownRows`: those that were shown; `allowedRows`: those of each result that was allowed. */
function withRows(failure: Failure): object {
  return { ...failure, known: null, shownRows: rowsIn(failure.shown), allowedRows: failure.allowed.map(rowsIn) };
}

function seen(trace: readonly TraceEvent[], { clients }: Configuration): readonly SeenEvent[] {
  const aheadMs = new Map(clients.map(({ name, wallClockSkewMs }) => [name, wallClockSkewMs]));
  return trace.map((event) => {
    const { step, atMs } = event;
    const process = processOf(event);
    if (event.event === 'action' && event.action.kind === 'wallJumped')
      aheadMs.set(process, (aheadMs.get(process) ?? 0) + event.action.byMs);
    const wallMs = wallEpochMs + atMs + (aheadMs.get(process) ?? 0);
    const kind = kindOf(event);
    return { event: kind, fields: { step, atMs, wallMs, process, event: kind, detail: detailOf(event) } };
  });
}
