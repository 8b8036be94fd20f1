/**
 * Draws scripts: step by step, each step from those that mean something where the run will probably stand by then
 * (`generation/state/`), by the weights of the run's own profile (`swarm.ts`), with recipes mixed in. Pure: the same seed and
 * run give the same script on every machine and Node version.
 */

import fc from 'fast-check';
import type { Schema } from '../../vocabulary/schemas.ts';
import { commands } from '../commands/index.ts';
import { attackedBounds, drawBounds } from '../generation/bounds.ts';
import { drawCast } from '../generation/cast.ts';
import { type Chance, chanceOf, seedOfRun } from '../generation/chance.ts';
import type { Drawing } from '../generation/context.ts';
import { attacker, type Profile, weightOf } from '../generation/profile.ts';
import { drawRow } from '../generation/rows.ts';
import { drawClientSchemas } from '../generation/schema-changes.ts';
import { castSchema, drawSchema } from '../generation/schemas.ts';
import { initialForecast } from '../generation/state/state.ts';
import { allCapabilities, type Capability } from '../language/capabilities.ts';
import { narrowedConfiguration, narrowedStep } from '../scripts/narrow.ts';
import { readScript, ScriptError } from '../scripts/parse.ts';
import { type ClientConfiguration, type Configuration, type Script, type Step, scriptVersion } from '../scripts/script.ts';
import { shrinkCandidates } from '../shrinking/candidates.ts';
import { applyStep, generateStep, type StepKind, stepKinds, suitsNow } from '../steps/index.ts';
import { recipes } from './recipes/index.ts';
import { playRecipe } from './recipes/recipe.ts';
import { sequential } from './sequential.ts';
import { type Schedules, withDrawnSchedule } from './strategies.ts';
import { drawProfile, type Kind } from './swarm.ts';

export interface ScriptOptions {
  /** Draws exactly that many steps instead of a profile's own length. */
  readonly steps?: number;
  /** How the runs are ordered; a share of them by priorities unless told otherwise. */
  readonly schedules?: Schedules | undefined;
  /** What the system has: nothing else is drawn. All where not given. */
  readonly capabilities?: readonly Capability[] | undefined;
  /** Of `themeNames`; absent: one is drawn. */
  readonly theme?: string | undefined;
}

/** A script, and which recipes went into it. */
export interface Drawn {
  readonly script: Script;
  readonly recipes: readonly string[];
}

export function scriptOf(seed: number, run: number, schedules?: Schedules, capabilities?: readonly Capability[]): Script {
  return drawnOf(seed, run, { schedules, capabilities }).script;
}

export function drawnOf(seed: number, run: number, options: ScriptOptions = {}): Drawn {
  const [drawn] = fc.sample(new DrawnArbitrary(options), { seed: seedOfRun(seed, run), numRuns: 1 });
  if (drawn === undefined) throw new Error('fast-check drew nothing');
  return drawn;
}

/** Scripts for a property of fast-check's own; it shrinks by the same candidates as `shrinkScript`. */
export function scriptArbitrary(options: ScriptOptions = {}): fc.Arbitrary<Script> {
  return new DrawnArbitrary(options).map(
    ({ script }) => script,
    (value) => ({ script: readScript(value), recipes: [] }),
  );
}

class DrawnArbitrary extends fc.Arbitrary<Drawn> {
  readonly #options: ScriptOptions;
  constructor(options: ScriptOptions) {
    super();
    this.#options = options;
  }
  override generate(random: fc.Random): fc.Value<Drawn> {
    return new fc.Value(drawScript(chanceOf(random), this.#options), undefined);
  }
  override canShrinkWithoutContext(value: unknown): value is Drawn {
    return typeof value === 'object' && value !== null && 'script' in value && isScript(value.script);
  }
  override shrink({ script }: Drawn): fc.Stream<fc.Value<Drawn>> {
    return fc.stream(valuesOf(shrinkCandidates(script)));
  }
}

function* valuesOf(scripts: Iterable<Script>): Generator<fc.Value<Drawn>> {
  for (const script of scripts) yield new fc.Value({ script, recipes: [] }, undefined);
}

function isScript(value: unknown): boolean {
  try {
    readScript(value);
    return true;
  } catch (error) {
    if (error instanceof ScriptError) return false;
    throw error;
  }
}

function drawScript(chance: Chance, options: ScriptOptions): Drawn {
  const { capabilities = allCapabilities } = options;
  const cast = drawCast(chance);
  const whole = drawProfile(chance, capabilities, options.theme);
  const drawn = options.schedules === 'sequential' ? sequential(whole) : whole;
  const configuration = narrowedConfiguration(capabilities, drawConfiguration(chance, drawn, cast));
  const profile: Profile = { ...drawn, tokens: { ...drawn.tokens, claimsPath: configuration.claimsPath !== null } };
  const drawing: Drawing = { chance, profile, cast, forecast: initialForecast(configuration), names: { subscriptions: 0 } };
  const played: string[] = [];
  const steps: Step[] = [];
  for (const whole of drawSteps(drawing, played)) {
    if (steps.length >= (options.steps ?? profile.steps)) break;
    const step = narrowedStep(capabilities, whole);
    if (step === null) continue;
    steps.push(step);
    applyStep(drawing.forecast, step);
  }
  return {
    script: withDrawnSchedule(chance, { version: scriptVersion, profile: profile.name, configuration, steps }, options.schedules),
    recipes: played,
  };
}

function drawConfiguration(chance: Chance, profile: Profile, cast: Drawing['cast']): Configuration {
  const schema = profile.schema ? drawSchema(chance, cast, profile.families.includes('permissions')) : null;
  const schemas = drawSchemasOfClients(chance, cast, profile, schema);
  const clients = Array.from({ length: profile.clients }, (_, index) =>
    drawClient(chance, `c${index + 1}`, profile, schemas[index] ?? null),
  );
  const authentication = chance.word({ HS256: 5, ES256: 2, EdDSA: 2, RS256: 1 });
  const ids = ['milk', 'rent', 'taxes', 'call'].filter(() => chance.percent(25));
  const rows = ids.map((id) => drawRow(chance, cast, 'todos', id));
  const bounds = profile.families.includes('attacks')
    ? attackedBounds
    : profile.families.includes('bounds')
      ? drawBounds(chance)
      : undefined;
  return {
    clients,
    authentication,
    claimsPath: chance.percent(25) ? chance.pick(['app', 'app.claims']) : null,
    rows: rows.length === 0 ? {} : { todos: rows },
    ...(schema !== null && { schema }),
    // So few that runs come to where the server does not know any more.
    ...(profile.families.includes('copies') && chance.percent(40) && { writeIdsKept: chance.pick([1, 2, 3]) }),
    // So few that logs are cut again and again, and a crash meets one that is being cut.
    ...(chance.percent(60) && { logEntriesMax: chance.pick([1, 2, 3, 5]) }),
    ...(bounds !== undefined && { bounds }),
  };
}

/** Where the server has none, it may yet be pushed one. */
function drawSchemasOfClients(chance: Chance, cast: Drawing['cast'], profile: Profile, schema: Schema | null): readonly (Schema | null)[] {
  const pushes = profile.families.includes('pushes');
  return schema === null && !pushes ? [] : drawClientSchemas(chance, cast, schema ?? castSchema, profile.clients, pushes);
}

function drawClient(chance: Chance, name: string, { families }: Profile, schema: Schema | null): ClientConfiguration {
  const skewed = chance.percent(25);
  const wallClockSkewMs = skewed ? chance.pick([500, -500, 2000, -2000, 30_000, -30_000, 120_000, -120_000]) : 0;
  const ignoresBounds = families.includes('attacks') && name === attacker;
  const knowsBounds = !ignoresBounds && families.includes('bounds') && chance.percent(35);
  return {
    name,
    knowsRoles: chance.percent(70),
    wallClockSkewMs,
    ...(knowsBounds && { knowsBounds }),
    ...(ignoresBounds && { ignoresBounds }),
    ...(schema !== null && { schema }),
  };
}

/** Without an end of its own: a recipe goes on where it was after a step that came in between. */
function* drawSteps(drawing: Drawing, played: string[]): Generator<Step> {
  const { chance } = drawing;
  yield* drawPrologue(drawing);
  while (true) {
    const kind = drawKind(drawing);
    if (kind !== 'recipe') {
      yield generateStep(kind, drawing);
      continue;
    }
    const recipe = chance.weighted(recipes.map((candidate) => [candidate.about.suits(drawing), candidate]));
    played.push(recipe.name);
    for (const step of playRecipe(recipe, drawing)) {
      yield step;
      if (chance.percent(12)) yield drawPlainStep(drawing);
    }
  }
}

/** Most runs begin with sessions and subscriptions, since without them little happens. */
function* drawPrologue(drawing: Drawing): Generator<Step> {
  const { chance, forecast } = drawing;
  if (!chance.percent(75)) return;
  for (const client of forecast.clients) {
    if (chance.percent(85)) yield commands.startSession.generate(drawing, client);
    if (chance.percent(65)) yield commands.subscribe.generate(drawing, client);
  }
}

function drawKind(drawing: Drawing): Kind {
  return drawing.chance.weighted([[weightOf(drawing.profile, 'recipe') * 10, 'recipe'], ...plainKinds(drawing)]);
}

function drawPlainStep(drawing: Drawing): Step {
  return generateStep(drawing.chance.weighted(plainKinds(drawing)), drawing);
}

/** What the profile left out is not even asked. */
function plainKinds(drawing: Drawing): readonly (readonly [number, StepKind])[] {
  return stepKinds.map((kind) => {
    const weight = weightOf(drawing.profile, kind);
    return [weight === 0 ? 0 : weight * suitsNow(kind, drawing), kind];
  });
}
