/** "Must sometimes happen": what a suite that never reaches it would silently fail to test. Each with a sentence. */
import type { Probe } from '../probe.ts';
import { changeMilestones } from './changes.ts';
import { sessionMilestones } from './sessions.ts';
import { subscriptionMilestones } from './subscriptions.ts';
import { writeMilestones } from './writes.ts';

export const milestoneProbes: readonly Probe[] = [...sessionMilestones, ...subscriptionMilestones, ...writeMilestones, ...changeMilestones];
