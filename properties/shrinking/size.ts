/**
 * How large a script is: numbers to be compared one after the other. Shrinking accepts only what is smaller, so that
 * it ends, and so that *smaller* has one meaning: fewer steps first, then fewer parts, then plainer ones.
 */

import type { TransactionOperation } from '../../model/actions.ts';
import type { Operator } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Value } from '../../vocabulary/values.ts';
import { operators } from '../language/queries.ts';
import { isGroup } from '../language/query-shape.ts';
import { flaws } from '../language/tokens.ts';
import { cuts, nonsenses, restarts, strangerWords } from '../scripts/parse-steps.ts';
import type { ClientConfiguration, CommandStep, RefreshSpec, Script, Step, TokenSpec } from '../scripts/script.ts';
import { filtersOf } from './walk.ts';

/** Steps (nested ones counted double), parts, oddities, digits, characters, magnitude. */
export function scriptSize(script: Script): readonly number[] {
  const known = sizes.get(script);
  if (known !== undefined) return known;
  const size = measure(script);
  sizes.set(script, size);
  return size;
}

/** Scripts never change, and each is compared with many candidates. */
const sizes = new WeakMap<Script, readonly number[]>();

function measure(script: Script): readonly number[] {
  const { clients, authentication, claimsPath, rows, schema, schedule } = script.configuration;
  const ofSteps = sum(script.steps, oddityOfStep);
  const oddities =
    ofSteps + sum(clients, oddityOfClient) + oddityOfSchema(schema) + Number(authentication !== 'HS256') + Number(claimsPath !== null);
  const leaves = leavesOf([clients.map((client) => [client.wallClockSkewMs, client.schema]), rows, schema, schedule, script.steps]);
  const names = sum(clients, ({ name }) => Number(name.slice(1)));
  return [
    sum(script.steps, weightOfStep),
    partsOf(script.configuration) + partsOf(script.steps),
    oddities,
    leaves.digits,
    leaves.characters,
    leaves.magnitude + names,
  ];
}

export function isSmaller(candidate: Script, script: Script): boolean {
  return compareSizes(scriptSize(candidate), scriptSize(script)) < 0;
}

function compareSizes(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((part, index) => part !== other[index]);
  return place < 0 ? 0 : (one[place] ?? 0) - (other[place] ?? 0);
}

function weightOfStep(step: Step): number {
  if (step.do === 'together') return 2 + step.commands.length;
  return step.do === 'inCallback' ? 2 : 1;
}

/** How many values there are: every object, list and scalar is one. */
function partsOf(value: unknown): number {
  if (Array.isArray(value)) return 1 + sum(value, partsOf);
  if (typeof value === 'object' && value !== null) return 1 + sum(Object.values(value), partsOf);
  return 1;
}

function oddityOfClient({ knowsRoles, wallClockSkewMs, schema }: ClientConfiguration): number {
  return Number(!knowsRoles) + Number(wallClockSkewMs !== 0) + oddityOfSchema(schema);
}

function oddityOfStep(step: Step): number {
  switch (step.do) {
    case 'together':
      return sum(step.commands, oddityOfStep);
    case 'inCallback':
      return oddityOfStep(step.command);
    case 'cut':
      return cuts.indexOf(step.how);
    case 'jumpWallClock':
      return Number(step.byMs < 0);
    case 'startSession':
      return oddityOfToken(step.token) + Number(!step.connect) + (step.refresh === null ? 0 : oddityOfRefresh(step.refresh));
    case 'updateSessionToken':
      return oddityOfToken(step.token);
    case 'subscribe':
      return oddityOfQuery(step);
    case 'insert':
    case 'update':
    case 'delete':
      return oddityOfOperation(step);
    case 'transact':
      return sum(step.operations, oddityOfOperation);
    case 'pushSchema':
      return oddityOfSchema(step.schema);
    case 'restartServer':
      return restarts.indexOf(step.how) + Number(step.keepsTail);
    case 'restartClient':
      return Number(step.keepsTail);
    case 'failStorage':
      return Number(step.process !== 'server') + Number(step.keepsTail);
    case 'inject':
      return Number(step.to === 'client') + nonsenses.indexOf(step.nonsense);
    case 'stranger':
      return strangerWords.indexOf(step.says);
    default:
      return 0;
  }
}

function oddityOfOperation(operation: TransactionOperation): number {
  if (operation.do === 'delete') return 0;
  return sum(Object.values(operation.do === 'insert' ? operation.row : operation.changes), oddityOfValue);
}

/** Of required attributes that are texts, and open to all, is the plain one. */
function oddityOfSchema(schema: Schema | null | undefined): number {
  const collections = Object.values(schema?.collections ?? {});
  const attributes = collections.flatMap((collection) => Object.values(collection.attributes));
  const ofAttributes = sum(attributes, ({ type, nullable, optional }) => Number(type !== 'string') + Number(nullable) + Number(optional));
  return ofAttributes + sum(collections, ({ permissions }) => (permissions === null ? 0 : 1));
}

/** A sound token of ann's that never expires is the plain one. */
function oddityOfToken(token: TokenSpec): number {
  if (token.kind === 'current') return 0;
  const claims = Number(token.user !== 'ann') + Number(token.role !== 'member') + Number(token.plan !== 'free');
  return (
    claims +
    Number(token.secret === true) +
    Number(token.lifetimeMs !== null) +
    Number(token.validFromMs !== null) +
    Math.min(2, flaws.indexOf(token.flaw))
  );
}

const answerOddity = { token: 0, null: 1, throw: 2 } as const;

function oddityOfRefresh(refresh: RefreshSpec): number {
  const ofAnswer = (answer: RefreshSpec['answers'][number]): number =>
    answerOddity[answer.answer] + (answer.answer === 'token' ? oddityOfToken(answer.token) : 0);
  return Number(refresh.intervalMs !== null) + sum(refresh.answers, ofAnswer);
}

function oddityOfQuery({ query }: Extract<CommandStep, { do: 'subscribe' }>): number {
  const ofFilters = sum(filtersOf(query), (filter) => (isGroup(filter) ? 0 : oddityOfOperator(filter[1]) + oddityOfValue(filter[2])));
  return ofFilters + sum(query.order, ([, direction]) => Number(direction === 'DESC'));
}

function oddityOfOperator(operator: Operator): number {
  return operators.indexOf(operator);
}

function oddityOfValue(value: Value): number {
  if (value === true || value === 1) return 0;
  return value === null ? 2 : 1;
}

interface Leaves {
  readonly digits: number;
  readonly characters: number;
  readonly magnitude: number;
}

/** Rounder numbers before smaller ones: `1000` says more than `937`. */
function leavesOf(value: unknown): Leaves {
  const leaves = { digits: 0, characters: 0, magnitude: 0 };
  const visit = (part: unknown): void => {
    if (typeof part === 'number') {
      leaves.digits += significantDigits(part);
      leaves.magnitude += Math.abs(part);
    } else if (typeof part === 'string') leaves.characters += part.length;
    else if (typeof part === 'object' && part !== null) for (const inner of Object.values(part)) visit(inner);
  };
  visit(value);
  return leaves;
}

function significantDigits(value: number): number {
  return String(Math.abs(value)).replace(/e.*$/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
