/** The faults that strike a client or the server in a run, by name: what coverage counts by phase. */
export const faults = [
  'cut clean',
  'cut abrupt',
  'cut halfOpen',
  'refuse',
  'hold',
  'server restart',
  'server crash',
  'server storage failure',
  'server wall jump',
  'client crash',
  'client storage failure',
  'client wall jump',
  'injection to server',
  'injection to client',
  'expiry',
] as const;
export type FaultName = (typeof faults)[number];

export interface Strike {
  readonly fault: FaultName;
  /** Null: everybody. */
  readonly client: string | null;
}
