/** Loggers to choose from: the console, or nobody. */
import type { Logger } from './ports.ts';

const ignore = (): void => {};
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Warnings and errors on the console; everything with `verbose`. */
export function consoleLogger(options: { readonly verbose: boolean }): Logger {
  const quiet = options.verbose ? undefined : ignore;
  return {
    debug: quiet ?? ((message) => console.debug(message)),
    info: quiet ?? ((message) => console.info(message)),
    warn: (message) => console.warn(message),
    error: (message) => console.error(message),
  };
}
