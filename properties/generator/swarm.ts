/**
 * Swarm: each run draws its own profile, a subset of the kinds of steps with weights of its own. Runs that do
 * everything all the time reach less than runs that leave something out.
 */

import { commands, isCommandKind } from '../commands/index.ts';
import type { Chance } from '../generation/chance.ts';
import { type Family, families, type Profile, type SwarmRole } from '../generation/profile.ts';
import type { TokenTaste } from '../generation/tokens.ts';
import type { Capability } from '../language/capabilities.ts';
import { type StepKind, stepKinds, swarmOf } from '../steps/index.ts';

export type Kind = StepKind | 'recipe';

/** A few steps in a row that chance alone would seldom find (`recipes/`). */
const recipe: SwarmRole = { weight: 105, family: null, isIndispensable: true, isSequential: false };

export function roleOf(kind: Kind): SwarmRole {
  return kind === 'recipe' ? recipe : swarmOf(kind);
}

/** One of these is enough for a family to be drawn. */
const familyNeeds: Readonly<Record<Family, readonly Capability[]>> = {
  permissions: ['permissions'],
  pushes: ['schemas'],
  storage: ['serverStorage', 'clientStorage'],
  crashes: ['serverStorage', 'clientStorage'],
  clear: ['clear'],
  nonsense: ['malformedFrames', 'strangers'],
  limits: ['limits', 'cursors'],
  transactions: ['transactions'],
  names: ['subscriptionNames'],
  unfit: ['queryRefusals'],
  copies: ['storageCopies'],
  logs: ['logCopies'],
  bounds: ['bounds'],
  sleep: ['heartbeats'],
  attacks: ['bounds'],
};

/** The core first. */
export const kinds: readonly Kind[] = [
  ...stepKinds.filter((kind) => roleOf(kind).family === null),
  'recipe',
  ...stepKinds.filter((kind) => roleOf(kind).family !== null),
];

interface Theme {
  readonly name: string;
  /** Factors on the base weights. */
  readonly more: Partial<Readonly<Record<Kind, number>>>;
  readonly meanSteps: number;
  readonly short: number;
  readonly unsound: number;
  readonly alike: number;
  /** What its runs are about besides, whatever is drawn. */
  readonly families?: readonly Family[];
}

const moreCalls: Theme['more'] = { startSession: 3, updateSessionToken: 3, endSession: 3, connect: 2, disconnect: 2 };
const moreFaults: Theme['more'] = { cut: 5, refuseConnections: 3, acceptConnections: 3, hold: 2 };
const moreOrders: Theme['more'] = { hold: 3, release: 2, deliver: 4, together: 2, inCallback: 2 };

const themes: readonly (readonly [weight: number, theme: Theme])[] = [
  [4, { name: 'everyday', more: {}, meanSteps: 29, short: 12, unsound: 11, alike: 35 }],
  [3, { name: 'sessions', more: moreCalls, meanSteps: 29, short: 15, unsound: 23, alike: 30 }],
  [3, { name: 'expiry', more: { advance: 3, updateSessionToken: 2, jumpWallClock: 4 }, meanSteps: 29, short: 55, unsound: 11, alike: 30 }],
  [3, { name: 'sharing', more: { subscribe: 3, unsubscribe: 4, update: 2 }, meanSteps: 31, short: 6, unsound: 7, alike: 65 }],
  [3, { name: 'writers', more: { insert: 3, update: 4, delete: 4, together: 2 }, meanSteps: 33, short: 6, unsound: 6, alike: 30 }],
  [3, { name: 'stormy', more: moreFaults, meanSteps: 31, short: 10, unsound: 8, alike: 30 }],
  [3, { name: 'reordered', more: moreOrders, meanSteps: 33, short: 15, unsound: 9, alike: 30 }],
  [2, { name: 'recipes', more: { recipe: 6 }, meanSteps: 31, short: 15, unsound: 9, alike: 40 }],
  [2, { name: 'long', more: { advance: 2, hold: 0, inCallback: 0 }, meanSteps: 50, short: 8, unsound: 7, alike: 40 }],
  [2, { name: 'hot', more: { together: 4, inCallback: 4, cut: 2 }, meanSteps: 10, short: 20, unsound: 13, alike: 40 }],
  // The first client means harm, and knows the protocol.
  [2, { name: 'hostile', more: { recipe: 4 }, meanSteps: 33, short: 6, unsound: 6, alike: 30, families: ['attacks', 'nonsense'] }],
];

/** What `--theme` takes. */
export const themeNames: readonly string[] = themes.map(([, { name }]) => name);

/** Whether a system of these capabilities can be drawn runs of that theme. */
export function isThemeOf(name: string, capabilities: readonly Capability[]): boolean {
  return themes.some(([, theme]) => theme.name === name && isPlayable(theme, capabilities));
}

function isPlayable({ families = [] }: Theme, capabilities: readonly Capability[]): boolean {
  return families.every((family) => isWithin(family, capabilities));
}

function isWithin(family: Family, capabilities: readonly Capability[]): boolean {
  return familyNeeds[family].some((need) => capabilities.includes(need));
}

/** Nothing is drawn that needs what the system lacks. `asked`: the theme, where it is not to be drawn. */
export function drawProfile(chance: Chance, capabilities: readonly Capability[], asked?: string): Profile {
  const theme = chance.weighted(themes.filter(([, one]) => (asked === undefined ? isPlayable(one, capabilities) : one.name === asked)));
  const schema = chance.percent(50) && capabilities.includes('schemas');
  const drawn = drawFamilies(chance, schema, theme).filter((family) => isWithin(family, capabilities));
  const left = drawLeftOut(chance, theme, drawn);
  const clients = 1 + chance.place(30, 45, 25);
  const told = left.filter((kind) => roleOf(kind).family === null);
  const without = told.length === 0 ? '' : `, without ${told.join(', ')}`;
  const beside = [...(schema ? ['a schema'] : []), ...drawn];
  return {
    name: `${theme.name}${beside.length === 0 ? '' : ` with ${beside.join(', ')}`}${without}`,
    weights: drawWeights(chance, theme, left, capabilities),
    families: drawn,
    schema,
    clients,
    steps: drawLength(chance, theme.meanSteps),
    tokens: { short: theme.short, unsound: theme.unsound, claimsPath: false, ...drawClaims(drawn) },
    alike: theme.alike,
    notes: chance.pick([0, 10, 10, 30]),
  };
}

/** Permissions are part of a schema. */
function drawFamilies(chance: Chance, schema: boolean, theme: Theme): readonly Family[] {
  return families.filter((family) => theme.families?.includes(family) === true || chance.percent(shareOf(family, schema)));
}

function shareOf(family: Family, schema: boolean): number {
  if (family === 'permissions') return schema ? 65 : 0;
  if (family === 'attacks') return 0;
  return family === 'pushes' && schema ? 40 : 27;
}

/** Where permissions look at claims, claims change. */
function drawClaims(drawn: readonly Family[]): Pick<TokenTaste, 'secret' | 'otherPlan'> {
  return drawn.includes('permissions') ? { secret: 5, otherPlan: 50 } : { secret: 0, otherPlan: 30 };
}

function drawLeftOut(chance: Chance, theme: Theme, drawn: readonly Family[]): readonly Kind[] {
  return kinds.filter((kind) => {
    const { family, isIndispensable } = roleOf(kind);
    if (family !== null) return !drawn.includes(family);
    return !isIndispensable && theme.more[kind] === undefined && chance.percent(25);
  });
}

function drawWeights(chance: Chance, theme: Theme, left: readonly Kind[], capabilities: readonly Capability[]): Profile['weights'] {
  const drawn = kinds.map((kind): [Kind, number] => {
    const factor = left.includes(kind) ? 0 : (theme.more[kind] ?? chance.pick([1, 1, 1, 2, 3]));
    const isLacked = isCommandKind(kind) && !commands[kind].needs.every((need) => capabilities.includes(need));
    return [kind, isLacked ? 0 : roleOf(kind).weight * factor];
  });
  return Object.fromEntries(drawn);
}

/** Geometric from 5 up, at most 60: short runs are cheap and often enough, long ones reach what takes long. */
function drawLength(chance: Chance, mean: number): number {
  let length = 5;
  while (length < 60 && chance.integer(1, mean - 4) > 1) length += 1;
  return length;
}
