/** What every source of tasks (network, completions, timers) hands to the scheduler when one of its labels is run. */
export interface NextTask {
  /** What must have happened in real time first (a signature computed, bytes arrived); undefined where nothing need be waited for. */
  readonly ready: Promise<void> | undefined;
  /** Hands the task to the system, synchronously. */
  readonly perform: () => void;
}
