/** What commands and steps have in hand where they are performed: the world, the processes in it, and whom to report to. */
import type { Command, State } from '../../model/index.ts';
import type { System } from '../../sut/port/system.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { CallbackKind } from '../language/callbacks.ts';
import type { Mint } from '../worlds/tokens.ts';
import type { World } from '../worlds/world.ts';
import type { Gifts } from './gifts.ts';
import type { ClientProcess, Reports } from './processes.ts';
import type { Purse } from './purse.ts';
import type { Translator } from './translator.ts';

/** Issues a command, synchronously; false: there was nothing to call. */
export type Call = () => boolean;

/** The commands with a promise. */
type Promised = { readonly promise: string };

/** For commands. */
export interface Commanding {
  readonly reports: Reports;
  readonly world: Pick<World, 'complete'>;
  readonly purse: Purse;
  readonly gifts: Gifts;
  /** Whether the system refuses a name in use; otherwise none is given twice. */
  readonly hasSubscriptionNames: boolean;
  /** The name of the next call with a promise. */
  readonly nextPromise: () => string;
  /** The model hears of the command, then the client is called; where the command has a promise, its outcome is observed. */
  readonly call: (process: ClientProcess, command: Command, invoke: () => unknown) => true;
  /** As `call`, for a command whose promise brings rows, which are compared. */
  readonly callForRows: (process: ClientProcess, command: Command & Promised, invoke: () => Promise<readonly Row[]>) => true;
}

/** How a client begins again. */
export interface Restart {
  readonly copyOf?: string | undefined;
  readonly schema?: Schema | null | undefined;
}

/** The server and the clients of a run, which may be restarted. */
export interface Processes {
  readonly processes: ReadonlyMap<string, ClientProcess>;
  /** As the server's own words tell it, since twins are run without a model that would know. */
  readonly phase: () => State['server']['phase'];
  /** `kept`: of the batch under way so many entries, the first, are in the log. */
  readonly restartServer: (how: 'graceful' | 'crash', kept: number) => Promise<void>;
  /** Names a copy of the server's log. */
  readonly copyLog: (copy: string) => void;
  /** The server's process dies, and another one begins on the copy of that name or, with null, on an empty log. False where there is no such copy. */
  readonly restoreServer: (copy: string | null) => Promise<boolean>;
  /** False where there is no such client. */
  /** `copyOf`: on what was copied of that client's storage. `schema`: the one that it has from now on; undefined: the one that it had. */
  readonly restartClient: (client: string, keepsTail: boolean, how?: Restart) => Promise<boolean>;
  /** False where there is nothing to copy. */
  readonly copyStorage: (client: string) => boolean;
  /** The model hears what `overrideSchema` comes to; `push` names the call. */
  readonly pushSchema: (push: string, schema: Schema) => void;
}

/** For steps. */
export interface Performing {
  readonly reports: Reports;
  readonly world: World;
  readonly system: Pick<System, 'nonsense' | 'strangerFrames' | 'impostorFrames' | 'describeClose'>;
  readonly translator: Translator;
  readonly hosts: Processes;
  readonly mint: Mint;
  /** The name of the next push of a schema. */
  readonly nextPush: () => string;
  /** Lets time pass, timer by timer. */
  readonly advance: (ms: number) => Promise<void>;
  /** Runs one task of that label; false: there was none. */
  readonly runTask: (label: string) => Promise<boolean>;
  readonly isOver: () => boolean;
  /** A command was issued inside a callback. */
  readonly countCallback: (callback: CallbackKind) => void;
  /** What commands have in hand. */
  readonly commanding: Commanding;
}
