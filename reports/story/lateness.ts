/**
 * What came out of its usual order on the way to the failure. From the event that brought it to light, the causes are
 * walked backwards: a delivery to its sending, a completion to what began it. Where something else of the same client
 * happened in between, the effect came late, and that is mostly what a failure is about.
 */
import type { Action } from '../../model/actions.ts';
import { sayCall, traitsOf } from '../../properties/commands/call-words.ts';
import { sayLabel } from '../../properties/language/words-labels.ts';
import { sayClosing } from '../events/basics.ts';
import { beginningOf } from '../events/labels.ts';
import type { Passage } from './messages.ts';
import type { Told } from './told.ts';

export interface Late {
  /** Place of the event that came late. */
  readonly place: number;
  readonly sentence: string;
}

interface Hop {
  readonly begun: number;
  readonly ended: number;
  readonly client: string | null;
  readonly connection: number | null;
  /** `The close of connection 1 was sent`. */
  readonly began: string;
  /** `it reaches c1`. */
  readonly ends: string;
  readonly label: string;
}

/** More hops say no more. */
const hopsMost = 12;
const betweenMost = 2;

export function latenessOf(told: readonly Told[], passages: readonly Passage[], culprit: number): readonly Late[] {
  const stale = staleClose(told, culprit);
  if (stale !== null) return [stale];
  const found: Late[] = [];
  let place = culprit;
  for (let hops = 0; hops < hopsMost; hops += 1) {
    const hop = hopTo(told, passages, place);
    if (hop === null || hop.begun >= place) break;
    const late = lateOf(told, hop);
    if (late !== null) found.push(late);
    place = hop.begun;
  }
  return found.reverse();
}

function hopTo(told: readonly Told[], passages: readonly Passage[], place: number): Hop | null {
  const at = told.findLastIndex(({ task, event }, index) => index <= place && (task !== null || event.event === 'step'));
  const label = told[at]?.task ?? null;
  if (label === null) return null;
  const ended = at + 1;
  const passage = passages.find(({ delivered }) => delivered !== null && delivered >= at && delivered <= place);
  if (passage !== undefined && passage.sent !== null && passage.delivered !== null) {
    return messageHop(passage, passage.sent, passage.delivered, label);
  }
  const beginning = beginningOf(label);
  if (beginning === null) return null;
  const begun = told.findLastIndex(({ action }, index) => index < at && action !== null && beginning.isBegunBy(action));
  return begun < 0 ? null : { ...beginning, begun, ended, connection: null, label };
}

function messageHop(passage: Passage, sent: number, delivered: number, label: string): Hop {
  const { client, connection, to, word } = passage;
  const from = to === 'server' ? client : 'The server';
  return {
    begun: sent,
    ended: delivered,
    client,
    connection,
    began: `${from} had sent "${word}" on connection ${connection}`,
    ends: `it reaches ${to === 'server' ? 'the server' : client}`,
    label,
  };
}

function lateOf(told: readonly Told[], hop: Hop): Late | null {
  const between = told.slice(hop.begun + 1, hop.ended).flatMap(({ action }) => (action === null ? [] : [sayBetween(action, hop)]));
  const happened = [...new Set(between.filter((words) => words !== null))].slice(-betweenMost);
  if (happened.length === 0) return null;
  const step = told[hop.begun]?.event.step ?? -1;
  const inStep = step >= 0 ? ` (step ${step + 1})` : '';
  return {
    place: hop.ended,
    sentence: `${hop.began}${inStep} before ${happened.join(' and ')}, but ${hop.ends} only after that${sayHold(told, hop)}.`,
  };
}

/** The end of a connection whose client has begun another since: it is heard, and has to change nothing. */
function staleClose(told: readonly Told[], culprit: number): Late | null {
  const start = told.findLastIndex(({ task }, index) => index <= culprit && task !== null);
  const place = told.findLastIndex(({ action }, index) => index > start && index <= culprit && action?.kind === 'clientHeardClose');
  const action = told[place]?.action;
  if (action?.kind !== 'clientHeardClose') return null;
  const newer = told.findLast(
    ({ action: other }, index) =>
      index < place && other?.kind === 'attempted' && other.client === action.client && other.connection > action.connection,
  )?.action;
  if (newer?.kind !== 'attempted') return null;
  return {
    place,
    sentence: `Only then ${action.client} hears that connection ${action.connection} is closed (${sayClosing(action.closing)}), though it is on connection ${newer.connection} by now.`,
  };
}

/** What in between makes it late; null for what is of no matter to it. */
function sayBetween(action: Action, { client, connection }: Hop): string | null {
  const isOwn = 'client' in action && action.client === client;
  switch (action.kind) {
    case 'command':
      return isOwn && traitsOf(action.command).makesLate ? `${action.client} called ${sayCall(action.command)}` : null;
    case 'attempted':
      return isOwn && connection !== null && action.connection > connection
        ? `${action.client} began connection ${action.connection}`
        : null;
    case 'clientCrashed':
      return isOwn ? `${action.client} crashed` : null;
    case 'serverStopped':
      return 'the server was stopped';
    case 'schemaCommitted':
      return 'the schema changed';
    case 'keysRotated':
      return 'the signing keys were rotated';
    case 'serverClosed':
      return action.connection === connection ? 'the server closed that connection' : null;
    default:
      return null;
  }
}

/** The hold that made it wait, if one did. */
function sayHold(told: readonly Told[], { label, ended }: Hop): string {
  const holding = told.findLast(({ begins }, index) => index < ended && begins?.do === 'hold' && begins.label === label);
  return holding === undefined ? '' : `, because the script holds back ${sayLabel(label)} (step ${holding.event.step + 1})`;
}
