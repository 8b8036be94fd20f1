/**
 * Steers scripts around what is known, so that it does not hide the rest: each avoidance leaves out, or tames, what a known
 * deviation needs. Every script draws the avoidances that it takes, so that each deviation still shows in a share of them.
 */
import type { Filter } from '../../../vocabulary/queries.ts';
import type { CommandStep, Script, Step, TokenSpec } from '../../scripts/script.ts';
import { commandsOf } from '../../steps/index.ts';
import { onCommands, onceEach, onTokens, type Tame, withoutCommands, withoutSteps, writing } from './commands.ts';
import { withHarmlessNonsense } from './nonsense.ts';
import { withPromptOpenings } from './openings.ts';
import { schemaAvoidances } from './permissions-steering.ts';
import type { suppressions } from './profile.ts';
import { saltedBy, saltOf } from './salt.ts';
import { withoutTwins, withUnsubscribesOnce } from './twins.ts';

interface Avoidance {
  readonly name: string;
  readonly sentence: string;
  readonly tame: Tame;
  /** Of eight scripts so many take it; five where nothing is said. */
  readonly eighths?: number;
}

const weekMs = 7 * 24 * 3_600_000;

const avoidances: readonly Avoidance[] = [
  { name: 'fulfilment-told-again', sentence: 'onRemoteFulfilled may be told again', tame: lenientTowards('repeatedFulfilment') },
  {
    name: 'update-resolves-unanswered',
    sentence: 'updateSessionToken may resolve before its answer',
    tame: lenientTowards('unansweredUpdates'),
  },
  { name: 'no-token-update', sentence: 'nobody calls updateSessionToken', tame: withoutCommands('updateSessionToken') },
  { name: 'no-refresh', sentence: 'no session has a refresh handler', tame: onSessions((start) => ({ ...start, refresh: null })) },
  { name: 'sound-refresh', sentence: 'refresh handlers bring sound tokens of the same claims', tame: onSessions(withSoundRefresh) },
  { name: 'short-lives', sentence: 'no token lives longer than a week', tame: onTokens(shortened) },
  { name: 'no-claims-path', sentence: 'claims are the payload itself', tame: withoutClaimsPath },
  { name: 'one-session', sentence: 'each client begins one session and does not end it', tame: withOneSessionEach },
  { name: 'no-disconnect', sentence: 'nobody disconnects or connects by hand', tame: withoutCommands('disconnect', 'connect') },
  { name: 'reachable', sentence: 'connections are not refused and not cut', tame: withoutKinds('refuseConnections', 'cut') },
  {
    name: 'prompt-openings',
    sentence: 'a socket has opened before its client is told anything else',
    tame: withPromptOpenings,
    eighths: 4,
  },
  { name: 'agreed-algorithm', sentence: 'no token is signed by another algorithm', tame: onTokens(agreed) },
  { name: 'no-twins', sentence: 'no client asks for equal queries', tame: withoutTwins },
  { name: 'unsubscribed-once', sentence: 'nobody unsubscribes twice', tame: withUnsubscribesOnce },
  { name: 'no-clear', sentence: 'nobody clears the local database', tame: withoutCommands('clear') },
  { name: 'no-nonsense', sentence: 'nobody talks nonsense', tame: withoutKinds('inject', 'stranger') },
  { name: 'harmless-nonsense', sentence: 'nonsense is of a kind that is answered', tame: withHarmlessNonsense },
  { name: 'lasting-tokens', sentence: 'where there are data, no token expires', tame: whereData(onTokens(lasting)) },
  { name: 'no-empty-sets', sentence: 'no update assigns an empty set', tame: onCommands(withoutEmptySets) },
  { name: 'one-list', sentence: 'no two queries have lists for one attribute', tame: withOneListEach },
  {
    name: 'calm-callbacks',
    sentence: 'nobody writes in a callback',
    tame: withoutSteps((step) => step.do === 'inCallback' && writing.includes(step.command.do)),
  },
  {
    name: 'time-passes',
    sentence: 'where there are data, a millisecond passes before each step',
    tame: whereData(withTimeBetween),
    eighths: 7,
  },
  ...schemaAvoidances,
];

/** A script's own choice among them, which follows from its text alone; that of each does not depend on which others there are. */
export function steered(script: Script): Script {
  const salt = saltOf(script);
  const chosen = avoidances.filter(({ name, eighths = 5 }) => saltedBy(salt, name) % 8 < eighths);
  return chosen.reduce((tamed, avoidance) => avoidance.tame(tamed), script);
}

function lenientTowards(lenience: keyof typeof suppressions): Tame {
  return (script) => ({
    ...script,
    configuration: { ...script.configuration, lenient: [...(script.configuration.lenient ?? []), lenience] },
  });
}

function withoutKinds(...kinds: readonly Step['do'][]): Tame {
  return withoutSteps((step) => kinds.includes(step.do));
}

type Start = Extract<CommandStep, { readonly do: 'startSession' }>;

function onSessions(change: (start: Start) => Start): Tame {
  return onCommands((command) => (command.do === 'startSession' ? change(command) : command));
}

function withSoundRefresh(start: Start): Start {
  const { refresh, token } = start;
  if (refresh === null) return start;
  if (token.kind === 'current') return { ...start, refresh: null };
  const sound: TokenSpec = { ...token, lifetimeMs: 600_000, validFromMs: null, flaw: 'none' };
  return { ...start, refresh: { ...refresh, answers: [{ answer: 'token', token: sound }] } };
}

function shortened(token: TokenSpec): TokenSpec {
  return token.kind === 'fresh' && token.lifetimeMs !== null ? { ...token, lifetimeMs: Math.min(token.lifetimeMs, weekMs) } : token;
}

function agreed(token: TokenSpec): TokenSpec {
  return token.kind === 'fresh' && token.flaw === 'wrongAlgorithm' ? { ...token, flaw: 'wrongSignature' } : token;
}

function withoutClaimsPath(script: Script): Script {
  const elsewhere = (token: TokenSpec): TokenSpec =>
    token.kind === 'fresh' && token.flaw === 'wrongClaimsPath' ? { ...token, flaw: 'wrongSignature' } : token;
  return onTokens(elsewhere)({ ...script, configuration: { ...script.configuration, claimsPath: null } });
}

function withOneSessionEach(script: Script): Script {
  return onceEach((command) => (command.do === 'startSession' ? command.client : null))(withoutCommands('endSession')(script));
}

const ofData: readonly CommandStep['do'][] = ['subscribe', ...writing];

function whereData(tame: Tame): Tame {
  return (script) => (script.steps.flatMap(commandsOf).some((command) => ofData.includes(command.do)) ? tame(script) : script);
}

function lasting(token: TokenSpec): TokenSpec {
  return token.kind === 'fresh' ? { ...token, lifetimeMs: null } : token;
}

function withTimeBetween(script: Script): Script {
  const millisecond: Step = { do: 'advance', ms: 1 };
  return { ...script, steps: script.steps.flatMap((step) => (step.do === 'advance' ? [step] : [millisecond, step])) };
}

function withoutEmptySets(command: CommandStep): CommandStep | null {
  if (command.do !== 'update') return command;
  const changes = Object.entries(command.changes).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return changes.length === 0 ? null : { ...command, changes: Object.fromEntries(changes) };
}

/** The list of whoever asks first; queries with another one for the same attribute and operator are not asked. */
function withOneListEach(script: Script): Script {
  const known = new Map<string, string>();
  const isAlone = (filter: Filter): boolean => {
    if ('mod' in filter) return filter.filters.every(isAlone);
    const [attribute, operator, value] = filter;
    if (!Array.isArray(value)) return true;
    const key = `${attribute} ${operator}`;
    const text = JSON.stringify(value);
    const first = known.get(key) ?? text;
    known.set(key, first);
    return first === text;
  };
  return onCommands((command) => (command.do !== 'subscribe' || command.query.where.every(isAlone) ? command : null))(script);
}
