/** What a client's storage is asked for, and may fail at (K3). Where a script names none, it is a write that it is to keep. */
export const otherOperations = ['load', 'dequeue', 'replace', 'remember', 'hear', 'clear'] as const;

export type StorageOperation = (typeof otherOperations)[number] | 'enqueue';
