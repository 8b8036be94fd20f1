/** The callbacks of a client inside which a script may issue a command. */
export const callbacks = ['status', 'sessionError', 'results', 'synced', 'syncFailed'] as const;
export type CallbackKind = (typeof callbacks)[number];
