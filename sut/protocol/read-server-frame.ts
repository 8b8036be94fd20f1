/** Reading what a server sends. A client checks it as strictly: a torn row must never reach a screen. */
import type { ServerFrame } from './frames.ts';
import { readStoredRow } from './read-data.ts';
import { type Fields, fail, fields, flag, list, nameOf, nonEmptyText, text, wholeNumber } from './shape.ts';

function readReason(value: unknown): 'UNAUTHORIZED' | 'TOKEN_EXPIRED' {
  return value === 'UNAUTHORIZED' || value === 'TOKEN_EXPIRED'
    ? value
    : fail('tokenRefused.reason must be "UNAUTHORIZED" or "TOKEN_EXPIRED"');
}

function readError(value: unknown, where: string): { readonly name: string; readonly message: string } {
  const error = fields(value, where);
  return { name: text(error.name, `${where}.name`), message: text(error.message, `${where}.message`) };
}

function readVersion(frame: Fields, where: string): number {
  return wholeNumber(frame.version, 0, `${where}.version`);
}

export function readServerFrame(frame: Fields): ServerFrame {
  switch (frame.type) {
    case 'accepted':
      return {
        type: 'accepted',
        version: readVersion(frame, 'accepted'),
        incarnation: nonEmptyText(frame.incarnation, 'accepted.incarnation'),
        diverged: flag(frame.diverged, 'accepted.diverged'),
      };
    case 'schemaRequested':
      return { type: 'schemaRequested' };
    case 'tokenAccepted':
      return { type: 'tokenAccepted', request: wholeNumber(frame.request, 1, 'tokenAccepted.request') };
    case 'tokenRefused':
      return {
        type: 'tokenRefused',
        request: wholeNumber(frame.request, 1, 'tokenRefused.request'),
        reason: readReason(frame.reason),
      };
    case 'answerPart':
      return {
        type: 'answerPart',
        subscription: nonEmptyText(frame.subscription, 'answerPart.subscription'),
        rows: list(frame.rows, 'answerPart.rows', readStoredRow),
      };
    case 'answer':
      return {
        type: 'answer',
        subscription: nonEmptyText(frame.subscription, 'answer.subscription'),
        group: nonEmptyText(frame.group, 'answer.group'),
        version: readVersion(frame, 'answer'),
        rows: list(frame.rows, 'answer.rows', readStoredRow),
      };
    case 'subscriptionFailed':
      return {
        type: 'subscriptionFailed',
        subscription: nonEmptyText(frame.subscription, 'subscriptionFailed.subscription'),
        ...(frame.group !== undefined && { group: nonEmptyText(frame.group, 'subscriptionFailed.group') }),
        error: readError(frame.error, 'subscriptionFailed.error'),
      };
    case 'update':
      return {
        type: 'update',
        group: nonEmptyText(frame.group, 'update.group'),
        version: readVersion(frame, 'update'),
        upserts: list(frame.upserts, 'update.upserts', readStoredRow),
        removals: list(frame.removals, 'update.removals', nonEmptyText),
      };
    case 'acknowledged':
      return {
        type: 'acknowledged',
        sequence: wholeNumber(frame.sequence, 1, 'acknowledged.sequence'),
        version: readVersion(frame, 'acknowledged'),
      };
    case 'rejected':
      return {
        type: 'rejected',
        sequence: wholeNumber(frame.sequence, 1, 'rejected.sequence'),
        version: readVersion(frame, 'rejected'),
        error: readError(frame.error, 'rejected.error'),
      };
    case 'forked':
      return { type: 'forked', sequence: wholeNumber(frame.sequence, 1, 'forked.sequence') };
    case 'progress':
      return { type: 'progress', version: readVersion(frame, 'progress') };
    case 'pong':
      return { type: 'pong' };
    default:
      return fail(`unknown frame type ${nameOf(frame.type)}`);
  }
}
