/** What an attack on the published server is given, and what those have in common. */
import { createHmac } from 'node:crypto';
import type { ProcessFigures } from '../figures.ts';
import type { SetupName } from '../setups.ts';
import { enter, type HonestWire, type Rows, type Wire, written } from './wire.ts';

export interface PublishedField {
  readonly port: number;
  readonly jwtSecret: string;
  readonly honest: HonestWire;
  readonly look: () => Promise<ProcessFigures>;
  readonly lastingMs: number;
  readonly frames: number;
  readonly seed: number;
}

export interface PublishedAttack {
  readonly setup?: SetupName;
  readonly rows?: number;
  /** In a few words, how it went. */
  readonly run: (field: PublishedField) => Promise<string>;
}

/** What has no counterpart there, and why. */
export interface NotApplicable {
  readonly notApplicable: string;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

export function signed(jwtSecret: string, claims: object, header: object = { alg: 'HS256', typ: 'JWT' }): string {
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', jwtSecret).update(body).digest('base64url')}`;
}

export function tokenOf(jwtSecret: string, user: string): string {
  return signed(jwtSecret, { sub: user, exp: Math.floor(Date.now() / 1_000) + 3_600 });
}

export function intruder({ port, jwtSecret }: PublishedField): Promise<Wire> {
  return enter(port, tokenOf(jwtSecret, 'mallory'));
}

export async function insertRows(wire: Wire, count: number): Promise<void> {
  const rowsAtOnce = 1_000;
  for (let from = 0; from < count; from += rowsAtOnce) {
    const length = Math.min(rowsAtOnce, count - from);
    const rows: Rows = Object.fromEntries(
      Array.from({ length }, (_, at) => [`row ${from + at}`, { id: `row ${from + at}`, text: `short ${from + at}` }]),
    );
    await written(wire, 'hoard', rows);
  }
}
