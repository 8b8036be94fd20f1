/** Bad usage or bad input: told to the user in one line, without a stack, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
