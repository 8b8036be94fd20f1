/**
 * Counts every use of a port by the system. Quiescence is asserted by it: if a drain moves the counter, something was
 * still running, and the last name tells what.
 */
export interface Activity {
  note(port: string): void;
  count(): number;
  lastPort(): string;
}

export function createActivity(): Activity {
  let count = 0;
  let lastPort = 'nothing';
  return {
    note: (port) => {
      count += 1;
      lastPort = port;
    },
    count: () => count,
    lastPort: () => lastPort,
  };
}
