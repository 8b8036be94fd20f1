/**
 * Narrows a script to what a system has: steps that need what it lacks go, and so does what a step or the configuration
 * says of it. A script stays valid when any step is left out. For a system that has everything nothing changes.
 */
import { isLawfulQuery } from '../../model/subscriptions/lawful.ts';
import type { Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import { changeQuery, changeTokens, commands } from '../commands/index.ts';
import { allCapabilities, type Capability } from '../language/capabilities.ts';
import type { TokenSpec } from '../language/tokens.ts';
import { needsOfStep } from '../steps/index.ts';
import type { CommandStep, Configuration, Script, Step } from './script.ts';

type Has = (capability: Capability) => boolean;

export function narrowedTo(capabilities: readonly Capability[], script: Script): Script {
  if (hasAll(capabilities)) return script;
  const { relation, ...rest } = script;
  return {
    ...rest,
    configuration: narrowedConfiguration(capabilities, script.configuration),
    steps: script.steps.flatMap((step) => narrowedStep(capabilities, step) ?? []),
    ...(relation !== undefined && capabilities.includes('relations') && { relation }),
  };
}

function hasAll(capabilities: readonly Capability[]): boolean {
  return allCapabilities.every((capability) => capabilities.includes(capability));
}

export function narrowedConfiguration(capabilities: readonly Capability[], configuration: Configuration): Configuration {
  if (hasAll(capabilities)) return configuration;
  const has: Has = (capability) => capabilities.includes(capability);
  const { schema, writeIdsKept, logEntriesMax, bounds, ...rest } = configuration;
  return {
    ...rest,
    clients: configuration.clients.map(({ schema: own, knowsBounds, ignoresBounds, ...client }) => ({
      ...client,
      knowsRoles: client.knowsRoles && has('roles'),
      ...(has('bounds') && knowsBounds === true && { knowsBounds }),
      ...(has('bounds') && ignoresBounds === true && { ignoresBounds }),
      ...(has('schemas') && own != null && { schema: narrowedSchema(has, own) }),
    })),
    authentication: has('keySets') ? configuration.authentication : 'HS256',
    claimsPath: has('claimsPath') ? configuration.claimsPath : null,
    // The rows at the beginning are those of the log that the server reads.
    rows: has('serverStorage') ? configuration.rows : {},
    ...(has('storageCopies') && writeIdsKept !== undefined && { writeIdsKept }),
    ...(has('serverStorage') && logEntriesMax !== undefined && { logEntriesMax }),
    ...(has('bounds') && bounds !== undefined && { bounds }),
    ...(has('schemas') && schema != null && { schema: narrowedSchema(has, schema) }),
  };
}

function narrowedSchema(has: Has, { collections, roles }: Schema): Schema {
  const open = Object.entries(collections).map(([name, collection]) => [name, { ...collection, permissions: null }] as const);
  return { collections: has('permissions') ? collections : Object.fromEntries(open), roles: has('roles') ? roles : {} };
}

/** Null: nothing of it is left. */
export function narrowedStep(capabilities: readonly Capability[], step: Step): Step | null {
  if (hasAll(capabilities)) return step;
  const has: Has = (capability) => capabilities.includes(capability);
  if (!needsOfStep(step).every(has)) return null;
  switch (step.do) {
    case 'together': {
      const kept = step.commands.filter((command) => isHad(has, command));
      return kept.length === 0 ? null : { ...step, commands: kept.map((command) => narrowedCommand(has, command)) };
    }
    case 'inCallback': {
      const isCalled = callbackNeeds[step.callback].every(has);
      return isCalled && isHad(has, step.command) ? { ...step, command: narrowedCommand(has, step.command) } : null;
    }
    case 'pushSchema':
      return { ...step, schema: narrowedSchema(has, step.schema) };
    case 'restartClient':
      return step.schema === undefined || step.schema === null ? step : { ...step, schema: narrowedSchema(has, step.schema) };
    case 'hold':
    case 'release':
    case 'deliver':
    case 'advance':
    case 'cut':
    case 'refuseConnections':
    case 'acceptConnections':
    case 'jumpWallClock':
    case 'fallAsleep':
    case 'wakeUp':
    case 'throttleTimers':
    case 'rotateKeys':
    case 'serveKeySet':
    case 'restartServer':
    case 'copyLog':
    case 'restoreServer':
    case 'copyStorage':
    case 'restoreClient':
    case 'failStorage':
    case 'refuseEntry':
    case 'fillStorage':
    case 'freeStorage':
    case 'inject':
    case 'stranger':
    case 'impostor':
      return step;
    default:
      return isHad(has, step) ? narrowedCommand(has, step) : null;
  }
}

const callbackNeeds: Readonly<Record<Extract<Step, { readonly do: 'inCallback' }>['callback'], readonly Capability[]>> = {
  status: [],
  sessionError: [],
  results: ['subscriptions'],
  synced: ['writes'],
  syncFailed: ['writes'],
  logReplaced: ['logCopies'],
};

/** A system that refuses no query may make anything of one that is none. */
function isHad(has: Has, command: CommandStep): boolean {
  const isRefused = 'query' in command && !isLawfulQuery(command.query);
  return commands[command.do].needs.every(has) && (!isRefused || has('queryRefusals'));
}

function narrowedCommand(has: Has, command: CommandStep): CommandStep {
  const sound = command.do === 'startSession' && !has('refresh') ? { ...command, refresh: null } : command;
  const known = changeTokens(sound, (token) => narrowedToken(has, token));
  return changeQuery(known, (query) => narrowedQuery(has, query));
}

function narrowedToken(has: Has, token: TokenSpec): TokenSpec {
  if (token.kind === 'current') return token;
  const { secret, ...rest } = token;
  const isLacked = (token.flaw === 'wrongClaimsPath' && !has('claimsPath')) || (token.flaw === 'forgedKeyName' && !has('keySets'));
  const flaw = isLacked ? 'wrongSignature' : token.flaw;
  return { ...rest, flaw, ...(secret !== undefined && has('permissions') && { secret }) };
}

function narrowedQuery(has: Has, { limit, after, ...query }: Query): Query {
  return { ...query, ...(limit !== undefined && has('limits') && { limit }), ...(after !== undefined && has('cursors') && { after }) };
}
