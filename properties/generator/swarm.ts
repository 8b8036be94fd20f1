/**
 * Swarm: each run draws its own profile, a subset of the kinds of steps with weights of its own. Runs that do
 * everything all the time reach less than runs that leave something out.
 */
import type { Chance } from '../generation/chance.ts';
import type { TokenTaste } from '../generation/tokens.ts';
import type { StepKind } from '../scripts/script.ts';

export type Kind = StepKind | 'recipe';
export type Weights = Readonly<Record<Kind, number>>;

/** What a run does beside the core; most runs leave most of them out. */
export const families = ['permissions', 'pushes', 'storage', 'crashes', 'clear', 'nonsense', 'limits', 'transactions'] as const;
export type Family = (typeof families)[number];

/** The family that a kind of step belongs to; the others are of the core. */
const familyOf: Partial<Readonly<Record<Kind, Family>>> = {
  pushSchema: 'pushes',
  failStorage: 'storage',
  restartServer: 'crashes',
  restartClient: 'crashes',
  clear: 'clear',
  inject: 'nonsense',
  stranger: 'nonsense',
  transact: 'transactions',
};

export interface Profile {
  /** Tells the draw: theme, clients, and what was left out. */
  readonly name: string;
  readonly weights: Weights;
  readonly families: readonly Family[];
  /** Whether the server begins with a schema. */
  readonly schema: boolean;
  readonly clients: number;
  readonly steps: number;
  readonly tokens: TokenTaste;
  /** Percentage of queries that respell or nearly repeat an earlier one. */
  readonly alike: number;
  /** Percentage of rows and queries that are about the second collection. */
  readonly notes: number;
}

const base: Weights = {
  startSession: 18,
  updateSessionToken: 45,
  endSession: 15,
  connect: 20,
  disconnect: 20,
  subscribe: 80,
  unsubscribe: 45,
  insert: 80,
  update: 90,
  delete: 35,
  together: 230,
  inCallback: 30,
  hold: 75,
  release: 40,
  deliver: 40,
  advance: 50,
  cut: 30,
  refuseConnections: 12,
  acceptConnections: 20,
  jumpWallClock: 10,
  rotateKeys: 12,
  recipe: 85,
  transact: 90,
  clear: 30,
  pushSchema: 50,
  restartServer: 30,
  restartClient: 25,
  failStorage: 30,
  inject: 80,
  stranger: 20,
};

interface Theme {
  readonly name: string;
  /** Factors on the base weights. */
  readonly more: Partial<Weights>;
  readonly meanSteps: number;
  readonly short: number;
  readonly unsound: number;
  readonly alike: number;
}

const themes: readonly (readonly [weight: number, theme: Theme])[] = [
  [4, { name: 'everyday', more: {}, meanSteps: 29, short: 12, unsound: 11, alike: 35 }],
  [
    3,
    {
      name: 'sessions',
      more: { startSession: 3, updateSessionToken: 3, endSession: 3, connect: 2, disconnect: 2 },
      meanSteps: 29,
      short: 15,
      unsound: 23,
      alike: 30,
    },
  ],
  [3, { name: 'expiry', more: { advance: 3, updateSessionToken: 2, jumpWallClock: 4 }, meanSteps: 29, short: 55, unsound: 11, alike: 30 }],
  [3, { name: 'sharing', more: { subscribe: 3, unsubscribe: 4, update: 2 }, meanSteps: 31, short: 6, unsound: 7, alike: 65 }],
  [3, { name: 'writers', more: { insert: 3, update: 4, delete: 4, together: 2 }, meanSteps: 33, short: 6, unsound: 6, alike: 30 }],
  [
    3,
    {
      name: 'stormy',
      more: { cut: 5, refuseConnections: 3, acceptConnections: 3, hold: 2 },
      meanSteps: 31,
      short: 10,
      unsound: 8,
      alike: 30,
    },
  ],
  [
    3,
    {
      name: 'reordered',
      more: { hold: 3, release: 2, deliver: 4, together: 2, inCallback: 2 },
      meanSteps: 33,
      short: 15,
      unsound: 9,
      alike: 30,
    },
  ],
  [2, { name: 'recipes', more: { recipe: 6 }, meanSteps: 31, short: 15, unsound: 9, alike: 40 }],
  [2, { name: 'long', more: { advance: 2, hold: 0, inCallback: 0 }, meanSteps: 50, short: 8, unsound: 7, alike: 40 }],
  [2, { name: 'hot', more: { together: 4, inCallback: 4, cut: 2 }, meanSteps: 10, short: 20, unsound: 13, alike: 40 }],
];

/** Never left out: without these a run is empty. */
const core: readonly Kind[] = ['startSession', 'subscribe', 'insert', 'update', 'advance', 'recipe', 'release', 'acceptConnections'];

export function drawProfile(chance: Chance): Profile {
  const theme = chance.weighted(themes);
  const schema = chance.percent(50);
  const drawn = drawFamilies(chance, schema);
  const left = drawLeftOut(chance, theme, drawn);
  const clients = chance.weighted([
    [30, 1],
    [45, 2],
    [25, 3],
  ]);
  const told = left.filter((kind) => familyOf[kind] === undefined);
  const without = told.length === 0 ? '' : `, without ${told.join(', ')}`;
  const beside = [...(schema ? ['a schema'] : []), ...drawn];
  return {
    name: `${theme.name}${beside.length === 0 ? '' : ` with ${beside.join(', ')}`}${without}`,
    weights: drawWeights(chance, theme, left),
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
function drawFamilies(chance: Chance, schema: boolean): readonly Family[] {
  return families.filter((family) => chance.percent(shareOf(family, schema)));
}

function shareOf(family: Family, schema: boolean): number {
  if (family === 'permissions') return schema ? 65 : 0;
  return family === 'pushes' && schema ? 40 : 27;
}

/** Where permissions look at claims, claims change. */
function drawClaims(drawn: readonly Family[]): Pick<TokenTaste, 'secret' | 'otherPlan'> {
  return drawn.includes('permissions') ? { secret: 5, otherPlan: 50 } : { secret: 0, otherPlan: 30 };
}

function drawLeftOut(chance: Chance, theme: Theme, drawn: readonly Family[]): readonly Kind[] {
  return kinds.filter((kind) => {
    const family = familyOf[kind];
    if (family !== undefined) return !drawn.includes(family);
    return !core.includes(kind) && theme.more[kind] === undefined && chance.percent(25);
  });
}

function drawWeights(chance: Chance, theme: Theme, left: readonly Kind[]): Weights {
  const drawn = kinds.map((kind): [Kind, number] => {
    const factor = left.includes(kind) ? 0 : (theme.more[kind] ?? chance.pick([1, 1, 1, 2, 3]));
    return [kind, base[kind] * factor];
  });
  return { ...base, ...Object.fromEntries(drawn) };
}

const kinds = Object.keys(base).filter((key): key is Kind => Object.hasOwn(base, key));

/** Geometric from 5 up, at most 60: short runs are cheap and often enough, long ones reach what takes long. */
function drawLength(chance: Chance, mean: number): number {
  let length = 5;
  while (length < 60 && chance.integer(1, mean - 4) > 1) length += 1;
  return length;
}
