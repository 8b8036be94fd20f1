/** A process in readable words. */
export function sayProcess(process: string): string {
  return process === 'server' ? 'the server' : process;
}
