/**
 * Which rule a wrong result breaks. The candidates of Q2 say that it is wrong; how it differs from them says why: a row
 * that its own filter excludes (Q1), a row that did not enter or leave (Q5), a mark that is too early (Q6), or no
 * version at all (Q2).
 */

import type { Row } from '../../vocabulary/values.ts';
import type { Candidate, Subscription } from '../client-state.ts';
import { satisfiesAll } from './evaluate.ts';
import { sameRows } from './rows.ts';

export type BrokenRule = 'Q1' | 'Q2' | 'Q5' | 'Q6';

export function ruleOfWrongResults({ query, shown, candidates }: Subscription, rows: readonly Row[]): BrokenRule {
  if (candidates.some((candidate) => sameRows(candidate.rows, rows))) return 'Q6';
  if (new Set(rows.map((row) => row.id)).size < rows.length) return 'Q2';
  if (candidates.some((candidate) => sameRows(byId(candidate.rows), byId(rows)))) return 'Q1';
  const before = shown?.rows ?? [];
  if (rows.some((row) => !holds(before, row) && !satisfiesAll(row, query.where))) return 'Q1';
  return shown === null || candidates.length === 0 || candidates.some((candidate) => candidate.forced)
    ? 'Q2'
    : ruleOfMoves(before, candidates, rows);
}

/** A row that every candidate agrees has left, or entered, or stayed, and that did something else. */
function ruleOfMoves(before: readonly Row[], candidates: readonly Candidate[], rows: readonly Row[]): BrokenRule {
  const hasNotLeft = before.some((row) => holds(rows, row) && candidates.every((candidate) => !holds(candidate.rows, row)));
  const everInAll = candidates[0]?.rows.filter((row) => candidates.every((candidate) => holds(candidate.rows, row))) ?? [];
  return hasNotLeft || everInAll.some((row) => !holds(rows, row)) ? 'Q5' : 'Q2';
}

/** The result was to be shown and was not: a row did not enter or leave, unless an answer as a whole is missing. */
export function ruleOfMissingResults(last: Candidate, shown: Candidate | null): BrokenRule {
  if (last.forced || shown === null) return 'Q2';
  const moved = last.rows.some((row) => !holds(shown.rows, row)) || shown.rows.some((row) => !holds(last.rows, row));
  return moved ? 'Q5' : 'Q2';
}

function holds(rows: readonly Row[], wanted: Row): boolean {
  return rows.some((row) => row.id === wanted.id);
}

function byId(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
}
