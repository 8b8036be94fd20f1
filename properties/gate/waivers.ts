/**
 * Waivers: somebody answers for a finding that would block, until a day. They are for systems without a list of what is
 * known; a list is looked at finding by finding, a waiver runs out by itself.
 */
import { parseJson } from '../../tools/json.ts';
import { UsageError } from '../../tools/usage-error.ts';

export interface Waiver {
  /** The class of failure, as the gate tells it. */
  readonly finding: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly until: string;
}

export interface JudgedWaiver extends Waiver {
  readonly isExpired: boolean;
}

const fields: readonly string[] = ['finding', 'reason', 'until'];

/** @throws {UsageError} one line that names the place and what was expected there */
export function readWaivers(text: string, path: string): readonly Waiver[] {
  const data = parseJson(text, path);
  if (!isRecord(data)) throw new UsageError(`${path}: expected an object with "waivers"`);
  refuseUnknown(data, ['waivers'], path);
  const { waivers } = data;
  if (!Array.isArray(waivers)) throw new UsageError(`${path}: "waivers" must be a list`);
  const read = waivers.map((one: unknown, place) => readWaiver(one, `${path}: waiver ${place + 1}`));
  const twice = read.find(({ finding }, place) => read.findIndex((other) => other.finding === finding) !== place);
  if (twice !== undefined) throw new UsageError(`${path}: "${twice.finding}" is waived twice`);
  return read;
}

function readWaiver(data: unknown, place: string): Waiver {
  if (!isRecord(data)) throw new UsageError(`${place}: expected an object`);
  refuseUnknown(data, fields, place);
  const until = readText(data, 'until', place);
  if (!isDate(until)) throw new UsageError(`${place}: "until" must be a day such as 2026-12-31, not ${JSON.stringify(until)}`);
  return { finding: readText(data, 'finding', place), reason: readText(data, 'reason', place), until };
}

function readText(data: Readonly<Record<string, unknown>>, field: string, place: string): string {
  const text = data[field];
  if (typeof text !== 'string' || text.trim() === '') throw new UsageError(`${place}: "${field}" must be a text that says something`);
  return text;
}

function refuseUnknown(data: Readonly<Record<string, unknown>>, known: readonly string[], place: string): void {
  const unknown = Object.keys(data).find((field) => !known.includes(field));
  if (unknown !== undefined) throw new UsageError(`${place}: there is no field "${unknown}", only ${known.join(', ')}`);
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** A day of the calendar, as it is written in waivers and given by `--date`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** On that day. */
export function judgeWaivers(waivers: readonly Waiver[], date: string): readonly JudgedWaiver[] {
  return waivers.map((waiver) => ({ ...waiver, isExpired: date > waiver.until }));
}

export function waives(waivers: readonly JudgedWaiver[], finding: string): boolean {
  return waivers.some((waiver) => !waiver.isExpired && waiver.finding === finding);
}
