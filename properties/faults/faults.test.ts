/** Holds the folder of faults and the code together: a fault that no longer fits would silently stop testing anything. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { rules } from '../rules.ts';
import { isCanary, plantInFile, readFault } from './fault.ts';
import { isNew } from './smoke.ts';

/**
 * The faults that were planted before the third generation of the rules. They alone may die in the smoke profile
 * unmarked; the list is closed, so that a fault without `since` cannot slip past the limit. It only ever shrinks.
 */
const earlyFaults: ReadonlySet<string> = new Set([
  'acknowledged-write-dropped-early',
  'answer-merged-not-replaced',
  'back-off-never-starts-over',
  'canary-acknowledgement',
  'canary-expiry',
  'canary-normal-form',
  'claims-path-optional',
  'client-reads-seconds-as-milliseconds',
  'delete-ignores-generation',
  'delta-looks-at-new-row-only',
  'descending-reverses-ties',
  'disconnect-reconnects',
  'disconnect-waits-for-its-timer',
  'ended-connection-left-open',
  'expired-close-not-asked',
  'expiry-checked-by-timer-alone',
  'expiry-timer-keeps-old-token',
  'expiry-timer-not-set-again',
  'fulfilled-survives-session',
  'group-evaluated-in-vain',
  'group-outlives-members',
  'groups-not-left-on-disconnect',
  'in-list-misses-missing',
  'in-list-not-sorted',
  'key-set-fetched-once',
  'late-close-hits-new-session',
  'nested-group-not-flattened',
  'not-before-ignored',
  'old-refresh-answers-new-session',
  'one-write-in-flight-forgotten',
  'open-at-socket-opening',
  'or-branch-not-indexed',
  'outbox-not-sent-again',
  'pending-update-ignores-generation',
  'pending-updates-lost',
  'refresh-calls-overlap',
  'refresh-resubscribes',
  'refresh-stops-after-failure',
  'refresh-timer-survives-session',
  'refresh-without-lead',
  'refused-reconnects',
  'refused-update-kept',
  'removal-not-sent',
  'removals-applied-last',
  'replaced-connection-left-open',
  'resent-write-not-acknowledged',
  'roles-checked-before-expiry',
  'roles-compared-by-name',
  'server-does-nothing',
  'server-frozen',
  'server-never-gives-up',
  'session-error-on-network-loss',
  'sharing-key-collides',
  'sharing-key-without-order',
  'signature-failure-passes',
  'silent-after-first-answers',
  'unsubscribe-leaves-for-both',
  'unsubscribe-removes-both-listeners',
  'update-before-acknowledgement',
  'update-encoded-per-member',
  'update-replaces-row',
  'update-revives-generation',
  'updates-pending-survive-end',
  'write-applied-again',
  'write-sent-before-stored',
]);

const root = repositoryRoot();
const folder = join(root, 'properties', 'faults');
const entries = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, fault: readFault(join(folder, file)) }));

const newRules = /^(?:[PCKB]\d|W4$)/u;

function nameOf(file: string): string {
  return basename(file, '.json');
}

function isEarly(file: string): boolean {
  return earlyFaults.has(nameOf(file));
}

describe('the faults of this folder', () => {
  test.each(entries)('$file fits and names a rule', ({ fault }) => {
    expect(plantInFile(fault, root)).toContain(fault.replace);
    expect([...rules().keys()]).toContain(fault.rule);
  });

  test('all but the early ones are marked new, and so is every one that breaks a new rule', () => {
    const demanded = entries.filter(({ file, fault }) => !isEarly(file) || newRules.test(fault.rule));
    expect(demanded.filter(({ fault }) => !isNew(fault)).map(({ file }) => file)).toEqual([]);
  });

  test('the list of the early ones names no file that is gone, whose name could be taken anew', () => {
    const names = new Set(entries.map(({ file }) => nameOf(file)));
    expect([...earlyFaults].filter((name) => !names.has(name))).toEqual([]);
  });

  test('every rule has one that is named for it', () => {
    const broken = new Set(entries.filter(({ file }) => !isCanary(file)).map(({ fault }) => fault.rule));
    expect([...rules().keys()].filter((rule) => !broken.has(rule))).toEqual([]);
  });

  test('no two have the same name', () => {
    expect(new Set(entries.map(({ fault }) => fault.name)).size).toBe(entries.length);
  });
});
