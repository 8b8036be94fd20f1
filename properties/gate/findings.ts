/**
 * Brings together what two states showed. Equal runs of a seed are equal scripts, but a run ends at its first divergence:
 * what one state shows may lie behind something else in the other. So whatever shows on one side alone is asked for on the
 * other by the very script that shows it.
 */
import type { Script } from '../scripts/script.ts';
import type { Outcome } from '../trace.ts';
import { nameOf, type Sighting, type Sightings } from './sightings.ts';
import type { Finding, Sight } from './verdict.ts';

/** What was looked at and is told by name. */
export interface Listed {
  readonly name: string;
  readonly rule: string;
  readonly title: string;
  /** It was mended before what is to be released, so that it is not expected there any more. */
  readonly isMended: boolean;
}

export type Side = 'here' | 'there';

/** A script that is to be run on a side that has not shown it. */
export interface Question {
  readonly name: string;
  readonly side: Side;
  readonly script: Script;
}
export interface Answered extends Question {
  readonly outcome: Outcome;
}

/** Nothing is asked of a side that was broken off. */
export function questionsFor(here: Sightings, there: Sightings): readonly Question[] {
  return [...questionsOf(there, here, 'here'), ...questionsOf(here, there, 'there')];
}

function questionsOf(shown: Sightings, asked: Sightings, side: Side): readonly Question[] {
  if (!asked.isWhole) return [];
  const open = [...shown.byName.values()].filter((sighting) => !asked.byName.has(sighting.name) && !wasAsked(sighting));
  return open.map(({ name, script }) => ({ name, side, script }));
}

/** The script of the list shows it: that one was run on both sides. */
function wasAsked({ name, scripts }: Sighting): boolean {
  return scripts.includes(name);
}

/** Each that was seen, and what is listed where a script asks for it; `there` is null where nothing is compared. */
export function findingsOf(
  listed: readonly Listed[],
  here: Sightings,
  there: Sightings | null,
  answers: readonly Answered[],
): readonly Finding[] {
  const seen = [...here.byName.values(), ...(there?.byName.values() ?? [])];
  const asked = listed.filter(({ name }) => here.outcomes.has(name));
  const names = new Set([...asked, ...seen].map(({ name }) => name));
  const answerOf = (name: string, side: Side): Outcome | undefined =>
    answers.find((answered) => answered.name === name && answered.side === side)?.outcome;
  return [...names].map((name) => {
    const inList = listed.find((one) => one.name === name);
    const sighting = seen.find((one) => one.name === name);
    return {
      name,
      isKnown: inList === undefined ? sighting?.isKnown === true : !inList.isMended,
      rule: inList?.rule ?? sighting?.rule ?? '',
      title: inList?.title ?? sighting?.message ?? '',
      here: sightOf(name, here, answerOf(name, 'here')),
      there: there === null ? null : sightOf(name, there, answerOf(name, 'there')),
    };
  });
}

function sightOf(name: string, side: Sightings, answer: Outcome | undefined): Sight {
  const sighting = side.byName.get(name);
  if (sighting !== undefined) return { sight: 'shows', runs: sighting.runs, scripts: sighting.scripts.length };
  const outcome = answer ?? side.outcomes.get(name);
  if (outcome?.outcome === 'failed' && nameOf(outcome.failure) === name) return { sight: 'shows', runs: 0, scripts: 1 };
  if (!side.isWhole) return { sight: 'undecided', why: 'not everything was run to its end' };
  switch (outcome?.outcome) {
    case 'failed':
      return { sight: 'hidden', behind: nameOf(outcome.failure) };
    case 'unknown':
      return { sight: 'undecided', why: outcome.why };
    case 'held':
    case undefined:
      return { sight: 'absent' };
  }
}
