/**
 * The model's one function: `step(state, action)`. Total and pure; where the action is not allowed it answers with the
 * rule that was broken, and never throws.
 */

import type { Action } from './actions.ts';
import { callbackFailed, callbackFailureLogged } from './callbacks.ts';
import { clientOf, withClient, withConnection, withToken } from './change.ts';
import { followCommands, takeCommand } from './commands.ts';
import { loseRejection, lossOf, requireAllSettled } from './conduct.ts';
import type { ClientName } from './observations.ts';
import { matchStatuses, observe } from './observe.ts';
import { fallSilent, requireQuiescence } from './quiescence.ts';
import { type Rejected, Rejection } from './rejection.ts';
import { beginSchemaAppend, commitSchema, concludeRefusals, pushSchema, refuseSchema, settlePush } from './schema/schema-changes.ts';
import { fallAsleep, throttle, wakeUp } from './session/asleep.ts';
import { beginConnection, openAtBothEnds } from './session/attempts.ts';
import { drawChance } from './session/back-off.ts';
import { beginFetch, endFetch, failLateFetch } from './session/keys.ts';
import { failLateCalls } from './session/refresh.ts';
import { forgetTexts, look, requireAnswerCost, requireCommitCost } from './sharing/cost-bounds.ts';
import { countEncoding, countEvaluation } from './sharing/sharing.ts';
import type { State } from './state.ts';
import { clearAgain, failClear, finishClear } from './store/clear.ts';
import { copyStorage, crash } from './store/crash.ts';
import { heardAtLast, notForgotten, notHeard, notRemembered, remembered } from './store/lag.ts';
import { failLoad, load } from './store/load.ts';
import { copyLog, replaceLog } from './store/log-copies.ts';
import { clientCloses, clientReceives, clientReceivesClose } from './wire/client-receives.ts';
import { clientSends } from './wire/client-sends.ts';
import { passTime } from './wire/expiry.ts';
import { pauseReading, resumeReading } from './wire/reading.ts';
import { serverCloses } from './wire/server-closes.ts';
import { serverReceives } from './wire/server-receives.ts';
import { serverSends } from './wire/server-sends.ts';
import { queueFrame, unqueueFrame } from './wire/slow-readers.ts';
import { leaveStranger } from './wire/strangers.ts';
import { requireBreathEnded } from './wire/turn.ts';
import { noteReceived, noteTakenUp, settleTurns } from './wire/turns-of-reader.ts';
import type { ServerWord } from './wire/words.ts';
import { beginAppend, concludeAppend } from './writes/appends.ts';
import { endBatch, sealBatch } from './writes/batch.ts';
import { beginCompaction, endCompaction } from './writes/compaction.ts';
import { findNoSpace, refuseBatch } from './writes/dissolving.ts';
import { beginFork, failFork, finishFork } from './writes/fork.ts';
import { keepIncarnation } from './writes/incarnations.ts';
import { beginRecovery, beginStop, failAppend, recover, stop } from './writes/recovery.ts';
import { writeNotStored, writeStored } from './writes/storing.ts';

export type Step = { readonly ok: true; readonly state: State } | { readonly ok: false; readonly rejected: Rejected };

export function step(state: State, action: Action): Step {
  try {
    const taken = next(state, action);
    return { ok: true, state: isAnyFollowed(taken) ? followCommands(state, taken) : taken };
  } catch (problem) {
    if (problem instanceof Rejection) return { ok: false, rejected: problem.rejected };
    throw problem;
  }
}

/** Asked after every action, so that it costs next to nothing where no call goes on. */
function isAnyFollowed({ clients }: State): boolean {
  for (const name in clients) if ((clients[name]?.followed.length ?? 0) > 0) return true;
  return false;
}

function endTask(state: State, name: ClientName): State {
  const matched = matchStatuses(state, name);
  return clientOf(matched, name).isJustCleared ? withClient(matched, name, { isJustCleared: false }) : matched;
}

function sendFrame(state: State, connection: number, word: ServerWord, bytes: number | undefined): State {
  const said = serverSends(state, connection, word);
  return queueFrame(noteTakenUp(state, said, connection, word), connection, word, bytes);
}

function next(state: State, action: Action): State {
  switch (action.kind) {
    case 'command':
      return takeCommand(state, action.client, action.command);
    case 'refreshAnswered': {
      const known = action.token === null ? state : withToken(state, action.token);
      return known.decisions.takeAnswer(known, action.client, action.call, action.token);
    }
    case 'observed':
      return observe(state, action.client, action.observation);
    case 'callbackFailed':
      return callbackFailed(state, action.client, action.failure);
    case 'callbackFailureLogged':
      return callbackFailureLogged(state, action.client, action.failure, action.withStack);
    case 'attempted':
      return beginConnection(state, action.client, action.connection);
    case 'opened':
      return openAtBothEnds(state, action.client, action.connection);
    case 'clientSent':
      return clientSends(state, action.client, action.connection, action.word);
    case 'serverReceived':
      return serverReceives(noteReceived(state, action.connection, action.word), action.connection, action.word);
    case 'serverSent':
      return sendFrame(state, action.connection, action.word, action.bytes);
    case 'clientHeard':
      return clientReceives(unqueueFrame(state, action.connection, action.word), action.client, action.connection, action.word);
    case 'clientClosed':
      return clientCloses(state, action.client, action.connection, action.givenUp);
    case 'serverClosed':
      return serverCloses(state, action.connection, action.closing, action.givenUp);
    case 'clientHeardClose':
      return clientReceivesClose(state, action.client, action.connection, action.closing);
    case 'serverHeardClose':
      return withConnection(state, action.connection, { openAtServer: false });
    case 'readingPaused':
      return pauseReading(state, action.connection);
    case 'readingResumed':
      return resumeReading(state, action.connection);
    case 'appendBegan':
      return beginAppend(state, action.client, action.clientId, action.sequence, action.id ?? null, action.together);
    case 'stored':
      return writeStored(state, action.client, action.epoch, action.sequence);
    case 'notStored':
      return writeNotStored(state, action.client, action.epoch, action.sequence);
    case 'cleared':
      return finishClear(state, action.client, action.epoch);
    case 'committed':
      return concludeRefusals(concludeAppend(state, action.clientId, action.sequence, action.version, null));
    case 'refused':
      return concludeRefusals(concludeAppend(state, action.clientId, action.sequence, action.version, action.error));
    case 'schemaPushed':
      return pushSchema(state, action.push, action.schema);
    case 'schemaAppendBegan':
      return beginSchemaAppend(state);
    case 'schemaRefused':
      return refuseSchema(state);
    case 'schemaCommitted':
      return concludeRefusals(commitSchema(state, action.version));
    case 'pushSettled':
      return settlePush(state, action.push, action.outcome);
    case 'fellSilent':
      return fallSilent(state, action.client);
    case 'batchSealed':
      return sealBatch(state, action.entries);
    case 'appendDurable':
      return concludeRefusals(endBatch(state));
    case 'appendFailed':
      return failAppend(state, action.kept);
    case 'compactionBegan':
      return beginCompaction(state, action.version);
    case 'compacted':
    case 'compactionFailed':
      return endCompaction(state);
    case 'batchRefused':
      return refuseBatch(state, action.index);
    case 'batchUnplaced':
      return findNoSpace(state);
    case 'recoveryBegan':
      return beginRecovery(state);
    case 'incarnationKept':
      return keepIncarnation(state, action.id, action.version);
    case 'logCopied':
      return copyLog(state, action.copy);
    case 'logReplaced':
      return replaceLog(state, action.copy);
    case 'serverStopping':
      return beginStop(state);
    case 'serverStopped':
      return stop(state, action.how, action.kept);
    case 'recovered':
      return recover(state, action.version);
    case 'clientCrashed':
      return crash(state, action.client, action.copyOf, action.schema);
    case 'fellAsleep':
      return fallAsleep(state, action.client);
    case 'wokeUp':
      return wakeUp(state, action.client, action.stoodMs);
    case 'throttled':
      return throttle(state, action.client, action.isThrottled);
    case 'storageCopied':
      return copyStorage(state, action.client);
    case 'forkBegan':
      return beginFork(state, action.client, action.epoch);
    case 'forkKept':
      return finishFork(state, action.client, action.epoch);
    case 'forkFailed':
      return failFork(state, action.client, action.epoch);
    case 'clearFailed':
      return failClear(state, action.client, action.epoch);
    case 'clearBeganAgain':
      return clearAgain(state, action.client, action.epoch);
    case 'loadFailed':
      return failLoad(state, action.client);
    case 'loadedAtLast':
      return load(state, action.client);
    case 'notForgotten':
      return notForgotten(state, action.client, action.id);
    case 'notRemembered':
      return notRemembered(state, action.client, action.query);
    case 'rememberedAtLast':
      return remembered(state, action.client, action.query);
    case 'notHeard':
      return notHeard(state, action.client);
    case 'heardAtLast':
      return heardAtLast(state, action.client);
    case 'drew':
      return drawChance(state, action.client, action.fraction);
    case 'strangerHeard':
      return leaveStranger(state, action.said, action.closing);
    case 'evaluated':
      return countEvaluation(state, action.group, action.version);
    case 'encoded':
      return countEncoding(state, action.group, action.version);
    case 'looked':
      return look(state, action.group, action.collection, action.rows);
    case 'commitSpent':
      return requireCommitCost(state, action.version, action);
    case 'answerSpent':
      return requireAnswerCost(state, action.client, action.subscription, action);
    case 'keyFetchBegan':
      return beginFetch(state, action.fetch);
    case 'keyFetchEnded':
      return endFetch(state, action.fetch, action.keys);
    case 'keysFetched':
      return state.decisions.takeKeys(state, action.keys);
    case 'time':
      return failLateFetch(failLateCalls(passTime(state, action.nowMs)));
    case 'wallJumped':
      return {
        ...state,
        wallOffsetsMs: { ...state.wallOffsetsMs, [action.process]: (state.wallOffsetsMs[action.process] ?? 0) + action.byMs },
      };
    case 'keysRotated':
      return state;
    case 'taskEnded':
      return Object.keys(state.clients).reduce(endTask, state.decisions.settleCost(forgetTexts(settleTurns(requireBreathEnded(state)))));
    case 'quiescent':
      return requireQuiescence(state, action.quiescence);
    case 'over':
      return requireAllSettled(state, action.awaited);
    case 'rejectionLost':
      return loseRejection(action.error, action.shown);
    case 'processLost':
      throw new Rejection(lossOf(action.how, action.shown));
  }
}
