/** What the processes of a crash test say to the one that runs it, and hear from it. */
import type { Said } from './writer.ts';

export interface ServerTask {
  readonly folder: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly jwtSecret: string;
}
export interface WriterTask {
  readonly folder: string;
  readonly serverUrl: string;
  readonly token: string;
  readonly seed: number;
  readonly collection: string;
  readonly writer: string;
  readonly firstCall: number;
  readonly calls: number;
}

export type FromServer = { readonly say: 'listening'; readonly port: number };
export type FromWriter = { readonly say: 'seen'; readonly said: Said };
/** To either: end by yourself. */
export type ToProcess = { readonly ask: 'end' };
