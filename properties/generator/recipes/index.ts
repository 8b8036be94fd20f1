/** Every recipe; a test holds this list and the folder together. */
import { appendFails } from './append-fails.ts';
import { backOff } from './back-off.ts';
import { beyondTimers } from './beyond-timers.ts';
import { claimsNarrowAndWiden } from './claims-narrow-and-widen.ts';
import { clearBehindAcknowledgement } from './clear-behind-acknowledgement.ts';
import { clearWithWriteInFlight } from './clear-with-write-in-flight.ts';
import { clearedWrittenCrashed } from './cleared-written-crashed.ts';
import { clientCrash } from './client-crash.ts';
import { closingLingers } from './closing-lingers.ts';
import { crashDuringAppend } from './crash-during-append.ts';
import { deadGeneration } from './dead-generation.ts';
import { expiredAsksHandler } from './expired-asks-handler.ts';
import { expiryDuringAppend } from './expiry-during-append.ts';
import { halfOpenUntilHeartbeat } from './half-open-until-heartbeat.ts';
import { handlerOutlivesSession } from './handler-outlives-session.ts';
import { keysRotate } from './keys-rotate.ts';
import { lateSubscriber } from './late-subscriber.ts';
import { lostAcknowledgement } from './lost-acknowledgement.ts';
import { lostRejection } from './lost-rejection.ts';
import { nearTwins } from './near-twins.ts';
import { negationWithoutValue } from './negation-without-value.ts';
import { outboxOfLastSession } from './outbox-of-last-session.ts';
import { overTheEdge } from './over-the-edge.ts';
import { permissionsChangeUnderSubscription } from './permissions-change-under-subscription.ts';
import { pushBehindAppend } from './push-behind-append.ts';
import { pushBreaksOne } from './push-breaks-one.ts';
import { pushRefused } from './push-refused.ts';
import type { Recipe } from './recipe.ts';
import { refreshGoesOn } from './refresh-goes-on.ts';
import { refreshOverHeldLink } from './refresh-over-held-link.ts';
import { refusedUpdate } from './refused-update.ts';
import { regroupBehindAppend } from './regroup-behind-append.ts';
import { rejectedInTwoCollections } from './rejected-in-two-collections.ts';
import { rejectedThenGood } from './rejected-then-good.ts';
import { replacedWithLateClose } from './replaced-with-late-close.ts';
import { rolesChangeBetweenUpdates } from './roles-change-between-updates.ts';
import { sameAttributeAtOnce } from './same-attribute-at-once.ts';
import { sameTokenAgain } from './same-token-again.ts';
import { secretBesideGuest } from './secret-beside-guest.ts';
import { socketStillOpening } from './socket-still-opening.ts';
import { strangerDuringTraffic } from './stranger-during-traffic.ts';
import { struckInPhase } from './struck-in-phase.ts';
import { throughTheBranches } from './through-the-branches.ts';
import { twinsAndOneLeaves } from './twins-and-one-leaves.ts';
import { unknownHash } from './unknown-hash.ts';
import { updateWhileConnecting } from './update-while-connecting.ts';
import { verifiedAfterExpiry } from './verified-after-expiry.ts';
import { wallJumpBeforeExpiry } from './wall-jump-before-expiry.ts';

export const recipes: readonly Recipe[] = [
  appendFails,
  backOff,
  beyondTimers,
  claimsNarrowAndWiden,
  clearBehindAcknowledgement,
  clearWithWriteInFlight,
  clearedWrittenCrashed,
  clientCrash,
  closingLingers,
  crashDuringAppend,
  deadGeneration,
  expiredAsksHandler,
  expiryDuringAppend,
  halfOpenUntilHeartbeat,
  handlerOutlivesSession,
  keysRotate,
  lateSubscriber,
  lostAcknowledgement,
  lostRejection,
  nearTwins,
  negationWithoutValue,
  outboxOfLastSession,
  overTheEdge,
  permissionsChangeUnderSubscription,
  pushBehindAppend,
  pushBreaksOne,
  pushRefused,
  refreshGoesOn,
  refreshOverHeldLink,
  refusedUpdate,
  regroupBehindAppend,
  rejectedInTwoCollections,
  rejectedThenGood,
  replacedWithLateClose,
  rolesChangeBetweenUpdates,
  sameAttributeAtOnce,
  sameTokenAgain,
  secretBesideGuest,
  socketStillOpening,
  strangerDuringTraffic,
  struckInPhase,
  throughTheBranches,
  twinsAndOneLeaves,
  unknownHash,
  updateWhileConnecting,
  verifiedAfterExpiry,
  wallJumpBeforeExpiry,
];
