/** All scopes, those that take longest first, so that no worker is left alone with a long one. The test beside holds the list and the folder together. */
import { named } from '../../../tools/file-names.ts';
import type { Scope } from '../scope.ts';
import { batchAndCrash } from './batch-and-crash.ts';
import { batchWithPushFails } from './batch-with-push-fails.ts';
import { claimsChangeAndWrite } from './claims-change-and-write.ts';
import { cleanCutAndWrite } from './clean-cut-and-write.ts';
import { clearAndOtherWrite } from './clear-and-other-write.ts';
import { clearAndWrite } from './clear-and-write.ts';
import { clearOfflineAndWrite } from './clear-offline-and-write.ts';
import { clientCrashAndWrite } from './client-crash-and-write.ts';
import { compactionAndCrash } from './compaction-and-crash.ts';
import { cutAndWrite } from './cut-and-write.ts';
import { deleteAndUpdate } from './delete-and-update.ts';
import { disconnectAndWrite } from './disconnect-and-write.ts';
import { endSession } from './end-session.ts';
import { endSessionAndRefresh } from './end-session-and-refresh.ts';
import { expiryAndAppend } from './expiry-and-append.ts';
import { expiryAndWrite } from './expiry-and-write.ts';
import { failedAppendAndPush } from './failed-append-and-push.ts';
import { failedAppendKept } from './failed-append-kept.ts';
import { fullAndCrash } from './full-and-crash.ts';
import { halfOpenAndWrite } from './half-open-and-write.ts';
import { oneAttribute } from './one-attribute.ts';
import { openingAndCut } from './opening-and-cut.ts';
import { permissionsPushAndLive } from './permissions-push-and-live.ts';
import { refreshAndOtherWrite } from './refresh-and-other-write.ts';
import { refreshAndWrite } from './refresh-and-write.ts';
import { refusedInBatch } from './refused-in-batch.ts';
import { rejectedAndGood } from './rejected-and-good.ts';
import { replacedAndWrite } from './replaced-and-write.ts';
import { replacedWhileOpening } from './replaced-while-opening.ts';
import { schemaPushAndWrite } from './schema-push-and-write.ts';
import { serverCrashAndWrite } from './server-crash-and-write.ts';
import { serverCrashKeepsTail } from './server-crash-keeps-tail.ts';
import { sessionFromHandToHand } from './session-from-hand-to-hand.ts';
import { subscribeAndWrite } from './subscribe-and-write.ts';
import { twoWriters } from './two-writers.ts';
import { unsubscribeAndWrite } from './unsubscribe-and-write.ts';
import { updateTokenAndCut } from './update-token-and-cut.ts';

export const scopes: readonly Scope[] = named({
  schemaPushAndWrite,
  permissionsPushAndLive,
  clearAndOtherWrite,
  twoWriters,
  claimsChangeAndWrite,
  rejectedAndGood,
  batchAndCrash,
  compactionAndCrash,
  batchWithPushFails,
  refusedInBatch,
  fullAndCrash,
  failedAppendAndPush,
  failedAppendKept,
  serverCrashKeepsTail,
  openingAndCut,
  cleanCutAndWrite,
  cutAndWrite,
  serverCrashAndWrite,
  replacedWhileOpening,
  unsubscribeAndWrite,
  disconnectAndWrite,
  updateTokenAndCut,
  expiryAndAppend,
  replacedAndWrite,
  halfOpenAndWrite,
  sessionFromHandToHand,
  subscribeAndWrite,
  expiryAndWrite,
  clearAndWrite,
  deleteAndUpdate,
  refreshAndWrite,
  clientCrashAndWrite,
  endSessionAndRefresh,
  oneAttribute,
  refreshAndOtherWrite,
  clearOfflineAndWrite,
  endSession,
});
