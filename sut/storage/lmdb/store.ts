/** The one table of an environment: bytes by bytes. */
import type { Database } from 'lmdb';

export type Store = Database;
