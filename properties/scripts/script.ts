/**
 * A script: one run as plain data. Same script, same trace, byte for byte. Labels name links, timers and completions,
 * never positions or messages, so a script stays valid when any step is deleted: a step whose label is not enabled,
 * or that names something that is not there, is skipped.
 */
import type { Configuration } from '../language/configuration.ts';
import type { CommandKind, CommandStep, Step, StepKind } from '../steps/index.ts';

export type { ClientConfiguration, Configuration, ScheduleSpec } from '../language/configuration.ts';
export type { HandlerAnswer, RefreshSpec, TokenSpec } from '../language/tokens.ts';
export type { CommandKind, CommandStep, Step, StepKind };

export const scriptVersion = 1;

export interface Script {
  readonly version: typeof scriptVersion;
  /** The name of the swarm profile it was drawn from, for people; no effect. */
  readonly profile: string;
  readonly configuration: Configuration;
  readonly steps: readonly Step[];
  /** The run is that relation's: twins made of the script are compared, and no model judges. */
  readonly relation?: RelationSpec;
}
/** `salt`: a whole number from which the relation's own choices follow. */
export interface RelationSpec {
  readonly name: string;
  readonly salt: number;
}
