/** Every recipe; a test holds this list and the folder together. */
import { backOff } from './back-off.ts';
import { beyondTimers } from './beyond-timers.ts';
import { closingLingers } from './closing-lingers.ts';
import { deadGeneration } from './dead-generation.ts';
import { expiredAsksHandler } from './expired-asks-handler.ts';
import { expiryDuringAppend } from './expiry-during-append.ts';
import { halfOpenUntilHeartbeat } from './half-open-until-heartbeat.ts';
import { handlerOutlivesSession } from './handler-outlives-session.ts';
import { keysRotate } from './keys-rotate.ts';
import { lateSubscriber } from './late-subscriber.ts';
import { lostAcknowledgement } from './lost-acknowledgement.ts';
import { nearTwins } from './near-twins.ts';
import { outboxOfLastSession } from './outbox-of-last-session.ts';
import type { Recipe } from './recipe.ts';
import { refreshGoesOn } from './refresh-goes-on.ts';
import { refreshOverHeldLink } from './refresh-over-held-link.ts';
import { refusedUpdate } from './refused-update.ts';
import { replacedWithLateClose } from './replaced-with-late-close.ts';
import { sameAttributeAtOnce } from './same-attribute-at-once.ts';
import { sameTokenAgain } from './same-token-again.ts';
import { socketStillOpening } from './socket-still-opening.ts';
import { throughTheBranches } from './through-the-branches.ts';
import { twinsAndOneLeaves } from './twins-and-one-leaves.ts';
import { updateWhileConnecting } from './update-while-connecting.ts';
import { verifiedAfterExpiry } from './verified-after-expiry.ts';
import { wallJumpBeforeExpiry } from './wall-jump-before-expiry.ts';

export const recipes: readonly Recipe[] = [
  backOff,
  beyondTimers,
  closingLingers,
  deadGeneration,
  expiredAsksHandler,
  expiryDuringAppend,
  halfOpenUntilHeartbeat,
  handlerOutlivesSession,
  keysRotate,
  lateSubscriber,
  lostAcknowledgement,
  nearTwins,
  outboxOfLastSession,
  refreshGoesOn,
  refreshOverHeldLink,
  refusedUpdate,
  replacedWithLateClose,
  sameAttributeAtOnce,
  sameTokenAgain,
  socketStillOpening,
  throughTheBranches,
  twinsAndOneLeaves,
  updateWhileConnecting,
  verifiedAfterExpiry,
  wallJumpBeforeExpiry,
];
