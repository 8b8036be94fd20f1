/** How the copies of the server's log are called in a script. */
export const logCopies = ['backup 1', 'backup 2'] as const;
export type LogCopyName = (typeof logCopies)[number];
