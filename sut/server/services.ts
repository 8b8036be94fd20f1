/** What the handling of frames works with: the parts of one running server. */
import type { Logger, Timers, WallClock } from '../runtime/ports.ts';
import type { ServerObserver } from '../system.ts';
import type { AppendQueue } from './append-queue.ts';
import type { Counters } from './counters.ts';
import type { Database } from './database.ts';
import type { Groups } from './groups.ts';
import type { ServerStorage } from './storage.ts';
import type { TokenVerifier } from './tokens.ts';

export interface Services {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly observer: ServerObserver;
  readonly storage: ServerStorage;
  readonly tokens: TokenVerifier;
  readonly database: Database;
  readonly groups: Groups;
  readonly appends: AppendQueue;
  readonly counters: Counters;
}
