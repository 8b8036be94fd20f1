/**
 * A system as a plug-in: everything that the suite knows of a system under test. What is told here is light, so that
 * the command line can list systems without loading one; what runs it comes with `load`.
 */
import type { Profile } from '../../model/index.ts';
import type { Setting } from '../interpreter/run-on.ts';
import type { Capability } from '../language/capabilities.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure, TraceEvent } from '../trace.ts';
import type { WorldOptions } from '../worlds/world.ts';

export type { Profile } from '../../model/index.ts';

export interface SystemPlugin {
  /** What `--system` is given. */
  readonly name: string;
  /** What it is, in half a sentence; reads on after its name. */
  readonly sentence: string;
  /** Those that are not here it lacks. */
  readonly capabilities: readonly Capability[];
  readonly profile?: Partial<Profile>;
  /** What a script may pass over (`lenient`), by name, and what is promised then. */
  readonly suppressions?: Readonly<Record<string, Partial<Profile>>>;
  /** By which of them scripts are drawn; those that the system has where not given. */
  readonly drawnBy?: readonly Capability[];
  /** What is run before anything fresh: the corpus where not given. */
  readonly scriptsAtHand?: 'corpus' | 'knownIssues' | 'none';
  /** Folders or files, absolute or below the repository, whose source may hold a planted fault; none where not given. */
  readonly plantable?: readonly string[];
  /** Runs that a worker is handed at once: few, so that the end of a simulation does not wait for one worker; one where a run is slow. */
  readonly runsABatch: number;
  /** Fresh runs of the gate on each side. */
  readonly gateRuns: number;
  /** What a release is compared with. */
  readonly comparedWith: 'revisions' | 'versions' | 'nothing';
  /** Where it comes in several versions, side by side. */
  readonly versions?: VersionSets;
  readonly load: () => Promise<SystemWorkings>;
}

export interface SystemWorkings {
  /** Opens a world for one run. */
  readonly open: (options: WorldOptions, version: string | undefined) => Promise<Setting>;
  /** What of a drawn script the system is given; where not given, what its capabilities leave (`properties/scripts/narrow.ts`). */
  readonly narrow?: (script: Script) => Script;
  /** Whether shrinking may go there; where not given, wherever narrowing leaves a script as it is. */
  readonly isInWords?: (script: Script) => boolean;
  readonly knownIssues?: KnownIssues;
}

/** What was looked at, is told by its name, and fails nothing. */
export interface KnownIssue {
  readonly name: string;
  readonly rule: string;
  readonly title: string;
  readonly cause: string;
  /** Null: it needs what scripts have no words for. */
  readonly script: Script | null;
  /** The first versions, by package, in which it does not show any more; null: not mended so far. */
  readonly fixedIn: Readonly<Record<string, string>> | null;
  /** It is mended in the version that was asked for. */
  readonly isMended: boolean;
}

export interface FailedRun {
  readonly failure: Failure;
  /** All of it. */
  readonly trace: readonly TraceEvent[];
  readonly configuration: Script['configuration'];
}

export interface KnownIssues {
  readonly list: (version: string | undefined) => readonly KnownIssue[];
  /** The failure with the issue that it is known as, if any: its name becomes part of the class. */
  readonly classify: (run: FailedRun, version: string | undefined) => Failure;
}

/** Versions of a system, each in a folder of its own. A set holds one version of each package. */
export interface VersionSets {
  readonly defaultName: string;
  readonly installed: () => readonly string[];
  readonly isInstalled: (set: string) => boolean;
  /** The version of each package, as the packages say it themselves. */
  readonly contents: (set: string) => Readonly<Record<string, string>>;
  /** One line: what is missing, and how it comes. */
  readonly sayAbsent: (set: string) => string;
  readonly installation: () => Promise<Installation>;
}

/** How a set is brought here: what the verb that does so tells and asks. */
export interface Installation {
  /** What is installed, from where and under which terms. */
  readonly about: string;
  /** Each option names the version of one package. */
  readonly packages: readonly { readonly option: string; readonly name: string; readonly given: string }[];
  /** Where the versions that are not given come from. */
  readonly givenBy: string;
  readonly example: string;
  readonly isSetName: (text: string) => boolean;
  readonly install: (name: string, versions: Readonly<Record<string, string>>, onInterrupt: OnInterrupt) => Promise<InstallationEnd>;
}

/** A complaint tells why it could not be installed. */
export type InstallationEnd = 'installed' | 'interrupted' | { readonly complaint: string };

/** Answers how to stop listening. */
export type OnInterrupt = (callback: () => void) => () => void;

export function sayVersions(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

export function has(plugin: Pick<SystemPlugin, 'capabilities'>, capability: Capability): boolean {
  return plugin.capabilities.includes(capability);
}
