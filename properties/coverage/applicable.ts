/**
 * Which cells a system can visit at all, by what it has. Cells are named by words of the alphabets, and each capability
 * knows its words; rules and milestones are asked for by what they look at.
 */
import { allCapabilities, type Capability } from '../language/capabilities.ts';
import type { FamilyName } from './cells.ts';
import { milestoneProbes } from './milestones/index.ts';
import type { Probe, Trigger } from './probe.ts';
import { notApplicableTo } from './rule-needs.ts';

/** A cell, or the action that a probe looks at, that holds one of these words needs the capability. */
export const wordsOf: Partial<Readonly<Record<Capability, RegExp>>> = {
  refresh: /\b(updateSessionToken|updateToken|tokenAccepted|tokenRefused|refreshAsked|refreshAnswered|refresh|handler|updating)\b/u,
  roles: /\bROLES_MISMATCH\b/u,
  keySets: /\b(key set|rotateKeys|keysRotated|serveKeySet|keyFetchBegan|keyFetchEnded|keysFetched)\b/u,
  subscriptions: /\b(subscribe|unsubscribe|answered|updated|results|remoteFulfilled|subscriptionError)\b|×(asked|unfulfilled|live|ended)$/u,
  writes:
    /\b(insert|update|delete|write|acknowledged|rejected|progressed|synced|notSynced|syncFailed|c store|stored|notStored|server append|appendBegan|committed|refused|appendDurable|appendFailed|batchRefused|batchUnplaced)\b/u,
  transactions: /\btransact\b/u,
  fetch: /(?<!key set )\bfetch\b/u,
  clear: /\b(clear|cleared)\b/u,
  schemas:
    /\b(schemaAsked|schemaSaid|SCHEMA_MISMATCH|pushSchema|schemaPushed|schemaAppendBegan|schemaRefused|schemaCommitted|pushSettled)\b/u,
  heartbeats: /\b(ping|pong|heartbeat|server gave up|halfOpen|fellSilent|fallAsleep|wakeUp|throttleTimers|fellAsleep|wokeUp|throttled)\b/u,
  serverStorage:
    /\b(restartServer|server (load|restart|crash|storage failure)|serverStopping|serverStopped|recoveryBegan|recovered|batchSealed|batchRefused|batchUnplaced|refuseEntry|fillStorage|freeStorage)\b/u,
  clientStorage:
    /\b(restartClient|client (crash|storage failure)|clientCrashed|notStored|loadFailed|loadedAtLast|notForgotten|notRemembered|notHeard|clearFailed|forkFailed)\b/u,
  storageCopies: /\b(copyStorage|restoreClient|storageCopied|forked|forkBegan|forkKept)\b/u,
  logCopies: /\b(copyLog|restoreServer|logCopied|logReplaced|incarnationKept)\b/u,
  bounds: /\b(subscriptionFailed|answerPart|LIMIT_EXCEEDED|SLOW_READER|hello timer|drain timer|readingPaused|readingResumed)\b/u,
  malformedFrames: /\b(inject|injection|nonsense)\b|^to (server|client) /u,
  strangers: /\b(stranger|strangerHeard)\b/u,
};

/** Of the names of a family those that a system with these capabilities can visit. */
export function applicable(family: FamilyName, names: readonly string[], capabilities: readonly Capability[]): readonly string[] {
  const lacked = allCapabilities.filter((capability) => !capabilities.includes(capability));
  if (lacked.length === 0) return names;
  const isLacked = (text: string): boolean => lacked.some((capability) => wordsOf[capability]?.test(text) === true);
  switch (family) {
    case 'rule': {
      const left = notApplicableTo(capabilities).map(({ rule }) => rule);
      return names.filter((name) => !left.includes(name));
    }
    case 'milestone': {
      const left = milestoneProbes.filter((probe) => !canCount(probe, isLacked)).map(({ name }) => name);
      return names.filter((name) => !left.includes(name));
    }
    default:
      return names.filter((name) => !isLacked(name) && (name !== 'failStorage' || hasStorage(capabilities)));
  }
}

/** A storage that may fail is that of either end. */
function hasStorage(capabilities: readonly Capability[]): boolean {
  return capabilities.includes('serverStorage') || capabilities.includes('clientStorage');
}

function canCount({ triggers }: Probe, isLacked: (text: string) => boolean): boolean {
  return triggers.some((trigger) => trigger.role === 'counts' && actionsOf(trigger).some((action) => !isLacked(action)));
}

function actionsOf({ kind, about }: Trigger): readonly string[] {
  return about === null ? [kind] : about.map((word) => `${kind} ${word}`);
}
