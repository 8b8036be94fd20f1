/**
 * Scripts for the published packages: those of the same generator without the steps that the system has no words for yet.
 * A script stays valid when any step is left out, so nothing else changes.
 */

import { canonicalText } from '../../model/index.ts';
import { castSchema } from '../generation/schemas.ts';
import type { CommandStep, Configuration, Script, Step, TokenSpec } from '../scripts/script.ts';
import type { WorldName } from '../trace.ts';
import { withTameClears } from './clear.ts';
import { onCommands } from './commands.ts';
import { isSayable } from './nonsense.ts';
import { isPushable, permitted, permittedCast, withTamePermissions } from './permissions.ts';
import { comparingValues, isAskable } from './queries.ts';
import { saltOf } from './salt.ts';
import { publishedSetOf } from './set.ts';
import { steered } from './steering.ts';
import { withTwinsTogether } from './twins.ts';
import { withTameWrites } from './writes.ts';

/** Of what is drawn a system is given what it has words for. */
export function scriptFor(world: WorldName, script: Script): Script {
  return publishedSetOf(world) === undefined ? script : steered(scriptForPublished(script, wordsFor(script)));
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
export function isInWords(world: WorldName, script: Script): boolean {
  return publishedSetOf(world) === undefined || canonicalText(scriptForPublished(script, 'permissions')) === canonicalText(script);
}

/** What is left out, each with its reason, is listed in `sut/triplit/README.md`. */
export function scriptForPublished(script: Script, words: Words): Script {
  const { relation: _, ...whole } = script;
  const base = words === 'sessions' ? withoutData(whole) : whole;
  const configuration = configurationFor(base.configuration, words);
  const steps = base.steps.flatMap((step) => stepFor(step, configuration, words));
  return withTwinsTogether(withTameWrites(withTamePermissions(withTameClears({ ...base, configuration, steps }))));
}

/** Everybody has the schema that all rows fit: roles are part of one there, and sets need one. Permissions are the server's alone. */
function configurationFor(configuration: Configuration, words: Words): Configuration {
  const { schema, ...rest } = configuration;
  const clients = configuration.clients.map((client) => ({ ...client, schema: castSchema }));
  return { ...rest, clients, schema: words === 'permissions' ? permittedCast(schema ?? castSchema) : castSchema };
}

function stepFor(step: Step, configuration: Configuration, words: Words): readonly Step[] {
  const commandFor = (command: CommandStep): CommandStep => wordedFor(command, configuration);
  switch (step.do) {
    case 'together': {
      const commands = step.commands.filter(isTold).map(commandFor);
      return commands.length === 0 ? [] : [{ ...step, commands }];
    }
    case 'inCallback':
      return isTold(step.command) && step.callback !== 'syncFailed' ? [{ ...step, command: commandFor(step.command) }] : [];
    case 'hold':
    case 'release':
    case 'deliver':
    case 'advance':
    case 'refuseConnections':
    case 'acceptConnections':
    case 'jumpWallClock':
      return [step];
    case 'cut':
      // Nobody would ever notice: neither end has a heartbeat.
      return step.how === 'halfOpen' ? [] : [step];
    case 'pushSchema':
      return words === 'permissions' && isPushable(step.schema) ? [{ ...step, schema: permitted(step.schema) }] : [];
    case 'rotateKeys':
    case 'restartServer':
    case 'restartClient':
    case 'failStorage':
      return [];
    case 'inject':
    case 'stranger':
      return isSayable(step) ? [step] : [];
    default:
      return isTold(step) ? [commandFor(step)] : [];
  }
}

/** A cursor names no id there. */
function isTold(step: CommandStep): boolean {
  return step.do !== 'subscribe' || isAskable(step.query);
}

const ofSessions: readonly CommandStep['do'][] = ['startSession', 'updateSessionToken', 'endSession', 'connect', 'disconnect'];

function withoutData(script: Script): Script {
  const steps = script.steps.filter((step) => step.do !== 'inCallback' || step.callback === 'status' || step.callback === 'sessionError');
  const sessions = onCommands((command) => (ofSessions.includes(command.do) ? command : null))({ ...script, steps });
  return { ...sessions, configuration: { ...sessions.configuration, rows: {} } };
}

function wordedFor(step: CommandStep, configuration: Configuration): CommandStep {
  const tokenFor = (token: TokenSpec): TokenSpec => tokenOf(token, configuration);
  switch (step.do) {
    case 'startSession':
      return {
        ...step,
        token: tokenFor(step.token),
        refresh:
          step.refresh === null ? null : { ...step.refresh, answers: step.refresh.answers.map((answer) => answerFor(answer, tokenFor)) },
      };
    case 'updateSessionToken':
      return { ...step, token: tokenFor(step.token) };
    case 'subscribe':
      return { ...step, query: comparingValues(step.query) };
    default:
      return step;
  }
}

type Answer = NonNullable<Extract<CommandStep, { readonly do: 'startSession' }>['refresh']>['answers'][number];

function answerFor(answer: Answer, tokenFor: (token: TokenSpec) => TokenSpec): Answer {
  return answer.answer === 'token' ? { ...answer, token: tokenFor(answer.token) } : answer;
}

/** Secret tokens are signed by the server's own secret there. */
function tokenOf(token: TokenSpec, { authentication }: Configuration): TokenSpec {
  if (token.kind === 'current' || authentication === 'HS256') return token;
  const { secret: _, ...rest } = token;
  return rest;
}
