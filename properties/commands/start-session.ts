/** A client starts a session (S2). */

import { refreshOptions } from '../driving/processes.ts';
import type { Drawing } from '../generation/context.ts';
import { attempt, leave, setStage, stopAsking } from '../generation/state/client.ts';
import {
  type ClientForecast,
  type Forecast,
  isConnected,
  type MintedToken,
  type SessionForecast,
  tokenOf,
} from '../generation/state/state.ts';
import { drawRefresh, drawToken } from '../generation/tokens.ts';
import { client } from '../language/names.ts';
import { oddityOfRefresh, oddityOfToken } from '../language/oddity.ts';
import { plainerRefreshes, plainerTokens } from '../language/plainer-tokens.ts';
import { choice, flag, nullable, object, type ValueOf } from '../language/shapes.ts';
import { noNames } from '../language/step-names.ts';
import { type RefreshSpec, refresh, type TokenSpec, token } from '../language/tokens.ts';
import { sayTokenLabel } from '../language/words-actions.ts';
import { plainDetails, sayClaims } from '../language/words-details.ts';
import { sayRefresh, sayToken } from '../language/words-tokens.ts';
import { defineCommand, plainCall } from './command.ts';

const shape = object({ do: choice(['startSession']), client, token, connect: flag, refresh: nullable(refresh) });
type StartSession = ValueOf<typeof shape>;

export const startSession = defineCommand(shape)({
  needs: ['sessions'],
  say: (command) =>
    `${command.client} starts a session as ${sayToken(command.token)}${command.connect ? '' : ', without connecting'}${sayRefresh(command.refresh)}`,
  swarm: { weight: 18, weightInGroup: 4, family: null, isIndispensable: true, isSequential: true },
  suits: (of) => (of.session === undefined ? 40 : isConnected(of) ? 6 : 12),
  generate,
  apply,
  *shrink(command) {
    if (command.refresh !== null) for (const plainer of plainerRefreshes(command.refresh)) yield { ...command, refresh: plainer };
    if (!command.connect) yield { ...command, connect: true };
    for (const plainer of plainerTokens(command.token)) yield { ...command, token: plainer };
  },
  oddity: (command) =>
    oddityOfToken(command.token) + Number(!command.connect) + (command.refresh === null ? 0 : oddityOfRefresh(command.refresh)),
  names: noNames,
  parts: {
    tokens: (command, change) => ({ ...command, token: change(command.token), refresh: changedAnswers(command.refresh, change) }),
    query: null,
    operations: null,
  },
  prepare: async ({ call, nextPromise, purse, reports, world }, process, { token: asked, connect, refresh: spec }) => {
    const minted = await purse.mint(asked, process.client.token());
    if (minted === null) return null;
    return () => {
      const options = spec === null ? undefined : refreshOptions(process, reports, world, purse, spec);
      const command = {
        do: 'startSession',
        promise: nextPromise(),
        token: minted.token,
        connect,
        refresh: spec === null ? null : { intervalMs: spec.intervalMs },
      } as const;
      return call(process, command, () => process.client.startSession(minted.bytes, connect, options));
    };
  },
  call: {
    ...plainCall,
    makesLate: true,
    beginsAnew: true,
    say: (call) => {
      const { label } = call.token;
      const how = call.connect ? '' : ', without connecting';
      return {
        brief: ` as ${sayTokenLabel(label)}${how}`,
        exact: ` token ${label}${how}${sayHandler(call.refresh)}`,
        details: { token: sayClaims(call.token), ...Object.fromEntries(plainDetails(call, ['do', 'token'])) },
      };
    },
  },
});

/** Its answers are not the call's: they come when it is asked. */
function sayHandler(handler: Pick<RefreshSpec, 'intervalMs'> | null): string {
  if (handler === null) return '';
  return `, with a refresh handler${handler.intervalMs === null ? '' : ` every ${handler.intervalMs} ms`}`;
}

function changedAnswers(spec: RefreshSpec | null, change: (token: TokenSpec) => TokenSpec): RefreshSpec | null {
  if (spec === null) return null;
  return {
    ...spec,
    answers: spec.answers.map((answer) => (answer.answer === 'token' ? { ...answer, token: change(answer.token) } : answer)),
  };
}

function generate({ chance, profile }: Drawing, of: ClientForecast): StartSession {
  const before = of.session?.token.spec;
  const same = before !== undefined && chance.percent(20);
  const drawn = drawToken(chance, profile.tokens, chance.percent(50) ? before : undefined);
  const handler = chance.percent(40) ? drawRefresh(chance, profile.tokens, drawn) : null;
  return { do: 'startSession', client: of.name, token: same ? { kind: 'current' } : drawn, connect: chance.percent(90), refresh: handler };
}

function apply(forecast: Forecast, of: ClientForecast, command: StartSession): void {
  const before = of.session;
  const minted = tokenOf(forecast, of, command.token);
  if (minted === undefined) return;
  const kept = command.token.kind === 'current' && before !== undefined && before.updating.length + before.waiting.length === 0;
  if (!kept && isConnected(of)) leave(forecast, of, 'closed');
  if (!kept) of.failures = 0;
  const session = newSession(forecast, of, minted, command);
  if (kept && isConnected(of)) {
    if (command.connect) return;
    stopAsking(session);
    leave(forecast, of, 'closing');
    return;
  }
  setStage(forecast, of, 'closed');
  of.retryDueMs = null;
  if (command.connect) attempt(forecast, of);
  else stopAsking(session);
}

/** The refresh schedule starts again even under the same token, so the old handler's answer must find another session. */
function newSession(
  forecast: Forecast,
  of: ClientForecast,
  minted: MintedToken,
  { connect, refresh: spec }: StartSession,
): SessionForecast {
  forecast.sessions += 1;
  const intervalMs = spec?.intervalMs ?? null;
  const session: SessionForecast = {
    number: forecast.sessions,
    token: minted,
    wanted: connect,
    attemptWaits: false,
    disputed: false,
    refresh: spec,
    calls: 0,
    asking: false,
    failedCalls: 0,
    refreshDueMs: intervalMs === null ? null : forecast.nowMs + Math.max(1000, intervalMs),
    waiting: [],
    updating: [],
  };
  of.session = session;
  return session;
}
