/** Calls what a user gave: what it throws, or rejects with later, is logged with its stack and is nobody else's matter (B1). */

import type { Logger } from '../runtime/ports.ts';
import { errorText } from './error-text.ts';

export type CallUser = (callback: () => unknown) => void;

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

export function createUserCalls(logger: Logger): CallUser {
  return (callback) => {
    try {
      const returned = callback();
      if (isPromise(returned)) returned.then(undefined, (error: unknown) => logger.error(`A callback rejected: ${errorText(error)}`));
    } catch (error) {
      logger.error(`A callback threw: ${errorText(error)}`);
    }
  };
}
