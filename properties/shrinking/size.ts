/**
 * How large a script is: numbers to be compared one after the other. Shrinking accepts only what is smaller, so that
 * it ends, and so that *smaller* has one meaning: fewer steps first, then fewer parts, then plainer ones.
 */

import { sum } from '../language/lists.ts';
import { oddityOfSchema } from '../language/oddity.ts';
import type { ClientConfiguration, Script } from '../scripts/script.ts';
import { oddityOfStep, sizeOfStep } from '../steps/index.ts';

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
    sum(script.steps, sizeOfStep),
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

/** How many values there are: every object, list and scalar is one. */
function partsOf(value: unknown): number {
  if (Array.isArray(value)) return 1 + sum(value, partsOf);
  if (typeof value === 'object' && value !== null) return 1 + sum(Object.values(value), partsOf);
  return 1;
}

function oddityOfClient({ knowsRoles, wallClockSkewMs, schema }: ClientConfiguration): number {
  return Number(!knowsRoles) + Number(wallClockSkewMs !== 0) + oddityOfSchema(schema);
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
