/**
 * Scripts for the published packages: those of the same generator without the steps that the system has no words for yet.
 * A script stays valid when any step is left out, so nothing else changes.
 */

import { canonicalText } from '../../model/index.ts';
import { castSchema } from '../scripts/draws/schemas.ts';
import type { CommandStep, Configuration, Script, Step, TokenSpec } from '../scripts/script.ts';
import type { WorldName } from '../trace.ts';
import { onCommands } from './commands.ts';
import { isAskable } from './queries.ts';
import { saltOf } from './salt.ts';
import { publishedSetOf } from './set.ts';
import { steered } from './steering.ts';
import { withTameWrites } from './writes.ts';

/** Of what is drawn a system is given what it has words for. */
export function scriptFor(world: WorldName, script: Script): Script {
  return publishedSetOf(world) === undefined ? script : steered(scriptForPublished(script, wordsFor(script)));
}

/** What a script is about: a run about sessions alone is not ended early by what is known about data. */
type Words = 'sessions' | 'data';

function wordsFor(script: Script): Words {
  return (saltOf(script) >>> 30) % 2 === 0 ? 'sessions' : 'data';
}

/** Whether a script, wherever it comes from, is one that the system has words for: shrinking must not lead out of them. */
export function isInWords(world: WorldName, script: Script): boolean {
  return publishedSetOf(world) === undefined || canonicalText(scriptForPublished(script, 'data')) === canonicalText(script);
}

/** What is left out, each with its reason, is listed in `sut/published/README.md`. */
export function scriptForPublished(script: Script, words: Words): Script {
  const { relation: _, ...whole } = script;
  const base = words === 'sessions' ? withoutData(whole) : whole;
  const { configuration, steps } = base;
  return withDistinctQueries(withTameWrites({ ...base, configuration: configurationFor(configuration), steps: steps.flatMap(stepFor) }));
}

/** Everybody has the schema that all rows fit: roles are part of one there, and sets need one. */
function configurationFor(configuration: Configuration): Configuration {
  const { schema: _, ...rest } = configuration;
  const clients = configuration.clients.map((client) => ({ ...client, schema: castSchema }));
  return { ...rest, clients, schema: castSchema };
}

function stepFor(step: Step): readonly Step[] {
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
    case 'rotateKeys':
    case 'pushSchema':
    case 'restartServer':
    case 'restartClient':
    case 'failStorage':
    case 'inject':
    case 'stranger':
      return [];
    default:
      return isTold(step) ? [commandFor(step)] : [];
  }
}

/** `clear` leaves the connection as it is there, and a cursor names no id. */
function isTold(step: CommandStep): boolean {
  if (step.do === 'subscribe') return isAskable(step.query);
  return step.do !== 'clear';
}

const ofSessions: readonly CommandStep['do'][] = ['startSession', 'updateSessionToken', 'endSession', 'connect', 'disconnect'];

function withoutData(script: Script): Script {
  const steps = script.steps.filter((step) => step.do !== 'inCallback' || step.callback === 'status' || step.callback === 'sessionError');
  const sessions = onCommands((command) => (ofSessions.includes(command.do) ? command : null))({ ...script, steps });
  return { ...sessions, configuration: { ...sessions.configuration, rows: {} } };
}

/** Equal queries of one client are asked for once there, which has no words here: each of them is subscribed once in a script. */
function withDistinctQueries(script: Script): Script {
  const known = new Set<string>();
  return onCommands((command) => {
    if (command.do !== 'subscribe') return command;
    const text = JSON.stringify([command.client, command.query]);
    if (known.has(text)) return null;
    known.add(text);
    return command;
  })(script);
}

function commandFor(step: CommandStep): CommandStep {
  switch (step.do) {
    case 'startSession':
      return {
        ...step,
        token: tokenFor(step.token),
        refresh: step.refresh === null ? null : { ...step.refresh, answers: step.refresh.answers.map(answerFor) },
      };
    case 'updateSessionToken':
      return { ...step, token: tokenFor(step.token) };
    default:
      return step;
  }
}

type Answer = NonNullable<Extract<CommandStep, { readonly do: 'startSession' }>['refresh']>['answers'][number];

function answerFor(answer: Answer): Answer {
  return answer.answer === 'token' ? { ...answer, token: tokenFor(answer.token) } : answer;
}

/** A secret token is one of the server's owner there. */
function tokenFor(token: TokenSpec): TokenSpec {
  if (token.kind === 'current') return token;
  const { secret: _, ...rest } = token;
  return rest;
}
