/**
 * Scripts in which a socket has opened before its client is told anything else: most of what is known of sockets that still
 * connect needs the contrary, and would hide what comes after them.
 */
import type { CommandStep, Script, Step } from '../../scripts/script.ts';
import { onceABreath, withoutSteps } from './commands.ts';

const aboutSessions: readonly CommandStep['do'][] = ['startSession', 'endSession', 'connect', 'disconnect'];

/** The canonical schedule, no opening held, and of a client's session one command in one breath. */
export function withPromptOpenings(script: Script): Script {
  const { schedule: _, ...configuration } = script.configuration;
  return onceABreath(aboutSessions)(withoutSteps(isOfOpening)({ ...script, configuration }));
}

function isOfOpening(step: Step): boolean {
  return (step.do === 'hold' || step.do === 'release' || step.do === 'deliver') && step.label.endsWith(' opening');
}
