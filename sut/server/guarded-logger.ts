/** A logger is the user's: what it throws must not stop a commit half way, nor keep anybody from being told (B1, H4). */
import type { Logger } from '../runtime/ports.ts';

/** There is nobody left to tell what a logger throws. */
export function guardedLogger(logger: Logger): Logger {
  const guard =
    (log: (message: string) => void) =>
    (message: string): void => {
      try {
        log(message);
      } catch {}
    };
  return {
    debug: guard((message) => logger.debug(message)),
    info: guard((message) => logger.info(message)),
    warn: guard((message) => logger.warn(message)),
    error: guard((message) => logger.error(message)),
  };
}
