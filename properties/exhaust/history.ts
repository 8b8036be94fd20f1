/**
 * When two schedules have led to the same state. Processes share nothing: a client or the server is a function of the
 * sequence of its own inputs (commands, deliveries, completions, timers), and what a link carries follows from what its
 * sender did. So a state is told by the sequence of moves that each process took part in, and schedules that differ in
 * the order of moves of different processes alone are one (Mazurkiewicz traces). That is exact for the system, whatever
 * hidden state it has and however broken it is, as long as processes meet only at the ports. What it takes on trust is
 * the model: that its verdict does not depend on the order of moves which no process could tell apart.
 */
import { createHash } from 'node:crypto';
import type { Step } from '../scripts/script.ts';
import { processesOfStep } from '../steps/index.ts';
import { concernsOfLabel } from '../steps/label.ts';
import type { Task } from '../worlds/world.ts';

/** The digest of the moves of each process, by its name. */
export type History = Readonly<Record<string, string>>;

export function beginning(clients: readonly string[]): History {
  return Object.fromEntries([...clients, 'server'].map((process) => [process, '']));
}

export function afterTask(history: History, task: Task): History {
  return after(history, concernsOfLabel(task), `${task.label} ${task.connection ?? ''}`);
}

export function afterStep(history: History, step: Step): History {
  return after(history, processesOfStep(step) ?? Object.keys(history), JSON.stringify(step));
}

/** Equal keys: the same state. */
export function keyOf(history: History): string {
  return Object.values(history).join(' ');
}

function after(history: History, processes: readonly string[], move: string): History {
  const moved = processes.map((process) => [process, digest(`${history[process] ?? ''} ${move}`)]);
  return { ...history, ...Object.fromEntries(moved) };
}

const digestLength = 20;

function digest(text: string): string {
  return createHash('sha1').update(text).digest('base64').slice(0, digestLength);
}
