/** The callbacks of a client inside which a script may issue a command. */
export const callbacks = ['status', 'sessionError', 'results', 'synced', 'syncFailed', 'logReplaced'] as const;
/** How a callback fails after it has done what it was to do. */
export const callbackFailures = ['throws', 'rejects'] as const;
export type CallbackFailure = (typeof callbackFailures)[number];
export type CallbackKind = (typeof callbacks)[number];
