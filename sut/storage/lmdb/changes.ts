/** What a commit is to do, gathered before it begins: one that cannot be gathered changes nothing. */
export interface Change {
  readonly key: Buffer;
  /** null: the key goes. */
  readonly value: Buffer | null;
}

export interface Changes {
  put(key: Buffer, value: Buffer): void;
  remove(key: Buffer): void;
}

export function gather(write: (changes: Changes) => void): readonly Change[] {
  const gathered: Change[] = [];
  write({
    put: (key, value) => void gathered.push({ key, value }),
    remove: (key) => void gathered.push({ key, value: null }),
  });
  return gathered;
}
