/** Reads the tokens of a script, and what its refresh handlers answer. */
import type { TokenFlaw } from '../../model/actions.ts';
import type { HandlerAnswer, RefreshSpec, TokenSpec } from '../scripts/script.ts';
import { isObject, readChoice, readFlag, readList, readName, readNumberOrNull, readObject, wrong } from './checks.ts';

export const flaws: readonly TokenFlaw[] = [
  'none',
  'undecodable',
  'wrongSignature',
  'wrongAlgorithm',
  'missingAlgorithm',
  'noneAlgorithm',
  'keyConfusion',
  'tampered',
  'wrongClaimsPath',
];

export function readToken(value: unknown, path: string): TokenSpec {
  if (!isObject(value)) throw wrong(path, 'an object');
  if (readChoice(value.kind, `${path}.kind`, ['fresh', 'current']) === 'current') {
    readObject(value, path, ['kind']);
    return { kind: 'current' };
  }
  const fields = readObject(value, path, ['kind', 'user', 'role', 'plan', 'lifetimeMs', 'validFromMs', 'flaw'], ['secret']);
  return {
    kind: 'fresh',
    user: readName(fields.user, `${path}.user`),
    role: readName(fields.role, `${path}.role`),
    plan: readName(fields.plan, `${path}.plan`),
    lifetimeMs: readNumberOrNull(fields.lifetimeMs, `${path}.lifetimeMs`),
    validFromMs: readNumberOrNull(fields.validFromMs, `${path}.validFromMs`),
    flaw: readChoice(fields.flaw, `${path}.flaw`, flaws),
    ...(fields.secret !== undefined && readFlag(fields.secret, `${path}.secret`) && { secret: true }),
  };
}

export function readRefresh(value: unknown, path: string): RefreshSpec {
  const fields = readObject(value, path, ['intervalMs', 'answers']);
  const answers = readList(fields.answers, `${path}.answers`, readAnswer);
  if (answers.length === 0) throw wrong(`${path}.answers`, 'at least one answer');
  return { intervalMs: readNumberOrNull(fields.intervalMs, `${path}.intervalMs`), answers };
}

function readAnswer(value: unknown, path: string): HandlerAnswer {
  if (!isObject(value)) throw wrong(path, 'an object');
  const answer = readChoice(value.answer, `${path}.answer`, ['token', 'null', 'throw']);
  if (answer === 'token') return { answer, token: readToken(readObject(value, path, ['answer', 'token']).token, `${path}.token`) };
  readObject(value, path, ['answer']);
  return { answer };
}
