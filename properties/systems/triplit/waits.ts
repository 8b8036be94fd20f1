/**
 * Waits that fit into the bound on tasks (`properties/language/advances.ts`). They are drawn for what our own system does in an hour; the packages
 * take more tasks for each heartbeat and for each call of a refresh handler, and go on where ours rests.
 */
import type { Script } from '../../scripts/script.ts';
import { commandsOf } from '../../steps/index.ts';
import { onSteps } from './commands.ts';

const hourMs = 3_600_000;
/** A handler that is asked twice a second fills the bound in less than ten minutes. */
const beatingMs = 120_000;
const slowIntervalMs = 10_000;

export function withAffordableWaits(script: Script): Script {
  const mostMs = script.steps.flatMap(commandsOf).some(isBeating) ? beatingMs : hourMs;
  return onSteps((step) => (step.do === 'advance' && step.ms > mostMs ? { ...step, ms: mostMs } : step))(script);
}

function isBeating(command: ReturnType<typeof commandsOf>[number]): boolean {
  if (command.do !== 'startSession' || command.refresh === null) return false;
  return command.refresh.intervalMs !== null && command.refresh.intervalMs < slowIntervalMs;
}
