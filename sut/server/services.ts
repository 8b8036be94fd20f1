/** What the handling of frames works with: the parts of one running server. */

import type { Roles } from '../../vocabulary/schemas.ts';
import type { Bounds } from '../protocol/bounds.ts';
import type { Logger, Timers, WallClock } from '../runtime/ports.ts';
import type { AppendQueue } from './append-queue.ts';
import type { Counters } from './counters.ts';
import type { Database } from './database.ts';
import type { Groups } from './groups.ts';
import type { Incarnations } from './incarnations.ts';
import type { KnownSchemas } from './known-schemas.ts';
import type { ServerObserver } from './observer.ts';
import type { SlowReaders } from './send-queue.ts';
import type { TokenVerifier } from './tokens.ts';
import type { WritesAside } from './writes-aside.ts';

export interface Services {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly observer: ServerObserver;
  readonly tokens: TokenVerifier;
  /** Where there is no schema. */
  readonly roles: Roles | undefined;
  readonly frameBytesMax: number;
  readonly bounds: Bounds;
  readonly database: Database;
  readonly schemas: KnownSchemas;
  readonly incarnations: Incarnations;
  readonly groups: Groups;
  readonly appends: AppendQueue;
  readonly writesAside: WritesAside;
  readonly counters: Counters;
  readonly slowReaders: SlowReaders;
}
