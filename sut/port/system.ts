/**
 * The port that every system under test implements: a real client and server, given the world's ports, showing only
 * their public surface as plain data, and how their wire is told.
 */
import type { ClientEnvironment, ClientSettings, SystemClient } from './client.ts';
import type { ServerEnvironment, ServerSettings, SystemServer } from './server.ts';
import type { DescribedClose, Describer, NonsenseKind, StrangerKind } from './wire.ts';

export type * from './client.ts';
export type * from './server.ts';
export type * from './wire.ts';

export interface System {
  readonly name: string;
  createServer(environment: ServerEnvironment, settings: ServerSettings): SystemServer;
  createClient(environment: ClientEnvironment, settings: ClientSettings): SystemClient;
  describeConnection(): Describer;
  describeClose(reason: string): DescribedClose | null;
  /** The text of a frame of nonsense (B1), null where there is none of that kind; `subscription` is the name of one in use, if any. */
  nonsense(kind: NonsenseKind, subscription: string | null): string | null;
  /** The frames with which somebody unknown begins (B1, B2). */
  strangerFrames(says: StrangerKind): readonly string[];
  /** Those of somebody with a good token who says the id of another as his own, and writes under that number; none where ids are no secret of the system (W6). */
  impostorFrames(token: string, clientId: string, sequence: number): readonly string[];
}
