/**
 * One client as the network sees it: its connections, and what can be run or held of them by label. Several may live at
 * once (a late close, a half-open one): the oldest that flows comes first.
 */
import { openingOf } from '../language/labels.ts';
import { type Connection, isHeard, isOpening, nextItem } from './connection.ts';
import { type Direction, directions, linkLabel } from './labels.ts';
import type { Link } from './link.ts';
import type { Task } from './world.ts';

export interface Party {
  readonly client: string;
  readonly openingLabel: string;
  /** Connections that are not over, oldest first. */
  readonly alive: Connection[];
  newest: Connection | undefined;
  /** Whether attempts of this client are refused. */
  refused: boolean;
}

export function createParty(client: string): Party {
  return { client, openingLabel: openingOf(client), alive: [], newest: undefined, refused: false };
}

export function linkOf(connection: Connection, direction: Direction): Link {
  return direction === 'toServer' ? connection.toServer : connection.toClient;
}

/** A label is held only where all that it could run is. */
export function tasksOf(party: Party, isHeld: (label: string) => boolean): readonly Task[] {
  const { alive } = party;
  if (alive.length === 0) return [];
  const found: Task[] = [];
  if (alive.some(isOpening)) found.push({ label: party.openingLabel, held: isHeld(party.openingLabel) });
  for (const direction of directions) {
    const connection = nextOn(party, direction);
    if (connection === undefined) continue;
    const { label, held } = linkOf(connection, direction);
    found.push({ label, held, connection: connection.number });
  }
  return found;
}

/** The oldest connection that flows in this direction; where none does, the oldest that is held. */
export function nextOn(party: Party, direction: Direction): Connection | undefined {
  let heldOne: Connection | undefined;
  for (const connection of party.alive) {
    const link = linkOf(connection, direction);
    if (nextItem(connection, link) === undefined) continue;
    if (!link.held) return connection;
    heldOne ??= connection;
  }
  return heldOne;
}

/** Concerns the links that exist and that somebody hears; answers whether it changed any. */
export function holdLinks(party: Party, direction: Direction, held: boolean): boolean {
  const changing = party.alive.filter((connection) => {
    const link = linkOf(connection, direction);
    return link.held !== held && isHeard(connection, link);
  });
  for (const connection of changing) linkOf(connection, direction).held = held;
  return changing.length > 0;
}

/** Labels of links that are held, each once. */
export function heldLinks(party: Party): readonly string[] {
  const isHeld = (direction: Direction): boolean =>
    party.alive.some((connection) => linkOf(connection, direction).held && isHeard(connection, linkOf(connection, direction)));
  return directions.filter(isHeld).map((direction) => linkLabel(party.client, direction));
}

/** Answers whether that changed anything. */
export function setRefused(party: Party, refused: boolean): boolean {
  if (party.refused === refused) return false;
  party.refused = refused;
  return true;
}
