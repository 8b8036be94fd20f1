/**
 * Scripts for the packages: those of the same generator without the steps that the system has no words for yet.
 * A script stays valid when any step is left out, so nothing else changes.
 */

import { canonicalText } from '../../../model/index.ts';
import { changeQuery, changeTokens, commands } from '../../commands/index.ts';
import { castSchema } from '../../generation/schemas.ts';
import type { CommandStep, Configuration, Script, Step } from '../../scripts/script.ts';
import { needsOfStep } from '../../steps/index.ts';
import { capabilities } from './capabilities.ts';
import { withTameClears } from './clear.ts';
import { onCommands, onSteps, withoutSteps } from './commands.ts';
import { isSayable } from './nonsense.ts';
import { isPushable, permitted, permittedCast, withTamePermissions } from './permissions.ts';
import { comparingValues, isAskable } from './queries.ts';
import { saltOf } from './salt.ts';
import { steered } from './steering.ts';
import { withTwinsTogether } from './twins.ts';
import { withAffordableWaits } from './waits.ts';
import { withTameWrites } from './writes.ts';

/** Of what is drawn a system is given what it has words for. */
export function narrow(script: Script): Script {
  return steered(worded(script, wordsFor(script)));
}

/** What a script is about: a run about sessions alone is not ended early by what is known about data, nor one about data by what is known about permissions. */
type Words = 'sessions' | 'data' | 'permissions';

/** A third of the scripts about data that have no permissions is the reason for the odds: those that have them keep them mostly. */
function wordsFor(script: Script): Words {
  const salt = saltOf(script);
  if ((salt >>> 30) % 2 === 0) return 'sessions';
  return (salt >>> 28) % 4 === 0 ? 'data' : 'permissions';
}

/** Whether a script, wherever it comes from, is one that the system has words for: shrinking must not lead out of them. */
export function isInWords(script: Script): boolean {
  return canonicalText(worded(script, 'permissions')) === canonicalText(script);
}

/** What is left out, each with its reason, is listed in `sut/triplit/README.md`. */
export function worded(script: Script, words: Words): Script {
  const { relation: _, ...whole } = script;
  const base = words === 'sessions' ? withoutData(whole) : whole;
  const configuration = configurationFor(base.configuration, words);
  const sayable = onSteps((step) => stepFor(step, words))({ ...base, configuration });
  const told = onCommands((command) => wordedFor(command, configuration))(sayable);
  return withTwinsTogether(withTameWrites(withTamePermissions(withTameClears(withAffordableWaits(told)))));
}

/** Everybody has the schema that all rows fit: roles are part of one there, and sets need one. Permissions are the server's alone. */
function configurationFor(configuration: Configuration, words: Words): Configuration {
  const { schema, bounds: _, ...rest } = configuration;
  const clients = configuration.clients.map(({ knowsBounds: _knows, ignoresBounds: _ignores, ...client }) => ({
    ...client,
    schema: castSchema,
  }));
  return { ...rest, clients, schema: words === 'permissions' ? permittedCast(schema ?? castSchema) : castSchema };
}

/** What commands say is another matter. A step that needs what the packages lack goes, whichever it is. */
function stepFor(step: Step, words: Words): Step | null {
  if (!needsOfStep(step).every((need) => capabilities.includes(need))) return null;
  switch (step.do) {
    case 'inCallback':
      return step.callback === 'syncFailed' ? null : step;
    case 'cut':
      // Nobody would ever notice: neither end has a heartbeat.
      return step.how === 'halfOpen' ? null : step;
    case 'pushSchema':
      return words === 'permissions' && isPushable(step.schema) ? { ...step, schema: permitted(step.schema) } : null;
    case 'rotateKeys':
    case 'serveKeySet':
    case 'restartServer':
    case 'restartClient':
    case 'copyStorage':
    case 'restoreClient':
    case 'impostor':
    case 'failStorage':
      return null;
    case 'inject':
    case 'stranger':
      return isSayable(step) ? step : null;
    default:
      return step;
  }
}

const ofSessions: readonly CommandStep['do'][] = ['startSession', 'updateSessionToken', 'endSession', 'connect', 'disconnect'];

function withoutData(script: Script): Script {
  const withoutCallbacks = withoutSteps((step) => step.do === 'inCallback' && !['status', 'sessionError'].includes(step.callback));
  const sessions = onCommands((command) => (ofSessions.includes(command.do) ? command : null))(withoutCallbacks(script));
  return { ...sessions, configuration: { ...sessions.configuration, rows: {} } };
}

/** A call that nothing claims cannot be made; a cursor names no id there, and secret tokens are signed by the server's own secret. */
function wordedFor(command: CommandStep, { authentication }: Configuration): CommandStep | null {
  if (!commands[command.do].needs.every((need) => capabilities.includes(need))) return null;
  if (command.do === 'subscribe' && !isAskable(command.query)) return null;
  const asked = changeQuery(command, comparingValues);
  return changeTokens(asked, (token) => {
    if (token.kind === 'current' || authentication === 'HS256') return token;
    const { secret: _, ...rest } = token;
    return rest;
  });
}
