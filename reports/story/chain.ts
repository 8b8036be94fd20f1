/**
 * The chain of events that led to a failure, in words for somebody who has never seen this suite. The script is mostly
 * shrunk, so that each of its steps is needed: the chain tells them with what followed from each, then what came out of
 * its usual order, and last what the rule asks for and what was seen.
 */

import { sayArrangement } from '../../properties/scripts/words.ts';
import type { TracedAction } from '../../properties/trace.ts';
import type { Phrase } from '../events/phrase.ts';
import { sayContrast } from './contrast.ts';
import { type Late, latenessOf } from './lateness.ts';
import type { ChainMatter, PlacedLink } from './links.ts';
import { namesOf } from './names.ts';
import { weighedPhrase } from './nearness.ts';
import { relationLinks } from './relation-chain.ts';
import { repeatsOf } from './repeats.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { Told } from './told.ts';

const linksMost = 8;
const lateMost = 2;
/** Phrases told of a step: more where there are few steps, and of that in which it failed. */
const phrasesMost = 3;
const phrasesWhereMany = 2;
const manySegments = 4;
const longestStep = 130;
/** What weighs less goes without saying. */
const leastWeight = 1;

export function chainOf(matter: ChainMatter): readonly PlacedLink[] {
  const { told, passages, failure, ruleSentence } = matter;
  const contrast = sayContrast(failure, ruleSentence, told);
  const last: PlacedLink = { place: null, sentence: contrast, brief: contrast };
  if (told.some(({ twin }) => twin > 0) && failure.rule !== 'world') return [...relationLinks(told, failure), last];
  const subject = subjectOf(told, failure);
  const late = latenessOf(told, passages, subject.culprit).slice(-lateMost);
  const steps = stepLinks(matter, subject, late, linksMost - 1 - late.length);
  const apart = late.map((link): PlacedLink => ({ ...link, brief: link.sentence }));
  return [...[...steps, ...apart].sort((left, right) => (left.place ?? 0) - (right.place ?? 0)), last];
}

interface Weighed extends PlacedLink {
  readonly weight: number;
}

/** The most telling steps, in their order. */
function stepLinks(matter: ChainMatter, subject: Subject, late: readonly Late[], most: number): readonly PlacedLink[] {
  const segments = segmentsOf(matter.told, matter.script.steps.length);
  const links = segments.flatMap((segment, index) => {
    const isLast = index === segments.length - 1;
    return linksOf(matter, subject, segment, late, isLast || segments.length < manySegments ? phrasesMost : phrasesWhereMany, isLast);
  });
  const kept = new Set([...links].sort((left, right) => right.weight - left.weight).slice(0, most));
  return links.filter((link) => kept.has(link));
}

/** A step with what followed from it; where something came late within, what followed from that stands apart. */
function linksOf(
  matter: ChainMatter,
  subject: Subject,
  segment: Segment,
  late: readonly Late[],
  most: number,
  isLast: boolean,
): readonly Weighed[] {
  const own = late.filter(({ place }) => place >= segment.from && place < segment.to).map(({ place }) => place);
  const best = bestOf(phrasesOf(matter, subject, segment, own), most);
  const first = Math.min(...own);
  const before = best.filter(({ place }) => place < first);
  const after = best.filter(({ place }) => place > first);
  const concerns =
    segment.words !== null && [...subject.clients, ...subject.subscriptions].some((name) => segment.words?.includes(name)) ? 1 : 0;
  const weight = isLast ? Number.POSITIVE_INFINITY : concerns + Math.max(0, ...best.map((phrase) => phrase.weight));
  const [start] = after;
  const then = `Then ${joined(after)}.`;
  return [
    { place: segment.from, ...headed(matter, segment, before, isLast), weight },
    ...(start === undefined ? [] : [{ place: start.place, sentence: then, brief: then, weight }]),
  ];
}

function headed(
  matter: ChainMatter,
  segment: Segment,
  followed: readonly Phrase[],
  isLast: boolean,
): Pick<PlacedLink, 'sentence' | 'brief'> {
  const heading = headingOf(matter, segment);
  if (followed.length === 0) return { sentence: `${heading}.`, brief: segment.words === null || isLast ? `${heading}.` : null };
  const words = joined(followed);
  return {
    sentence: `${heading} – ${words}.`,
    brief: segment.words === null ? `${heading} – ${words}.` : `In step ${segment.step + 1} ${words}.`,
  };
}

function headingOf({ told }: ChainMatter, segment: Segment): string {
  if (segment.words !== null) {
    const step = told[segment.from]?.begins ?? null;
    const words = step === null ? segment.words : (sayArrangement(step) ?? segment.words);
    return `In step ${segment.step + 1}, ${shortened(words)}`;
  }
  const isFarewell = told.slice(segment.from).some(({ action }) => action?.kind === 'command' && action.command.do === 'endSession');
  const holds = told.some(({ begins }) => begins?.do === 'hold') ? 'what was held goes on' : 'faults stop and time flows';
  return `After the last step the world heals (${holds})${isFarewell ? ', and then every session is ended' : ''}`;
}

interface Placed extends Phrase {
  readonly place: number;
}

function phrasesOf({ told }: ChainMatter, subject: Subject, segment: Segment, late: readonly number[]): readonly Placed[] {
  const names = namesOf(told);
  const repeats = repeatsOf(told);
  const begins = told[segment.from]?.begins ?? null;
  const events = told.slice(segment.from, segment.to);
  const phrases = events.flatMap(({ action }, offset): Placed[] => {
    const place = segment.from + offset;
    const isToldElsewhere = late.includes(place) || (place === subject.culprit && action?.kind !== 'quiescent');
    if (action === null || isToldElsewhere || isAttemptThatOpens(action, events)) return [];
    const isOwn = action.kind === 'command' && begins !== null && (begins.do === 'together' || begins.do === action.command.do);
    const phrase = weighedPhrase(action, { subject, names, isOwn, isAgain: repeats.has(place) });
    return phrase === null || phrase.weight < leastWeight ? [] : [{ ...phrase, place }];
  });
  return phrases.filter((phrase) => !phrases.some((other) => other.implies === `${phrase.who} ${phrase.does}`));
}

/** The acceptance names the connection anyhow. */
function isAttemptThatOpens(action: TracedAction, events: readonly Told[]): boolean {
  if (action.kind !== 'attempted') return false;
  const later = events.filter(({ action: other }) => other?.kind === 'clientHeard' && other.connection === action.connection);
  return later.some(({ action: other }) => other?.kind === 'clientHeard' && other.word.word === 'accepted');
}

/** Those of most weight, each said once, in the order of time. */
function bestOf(phrases: readonly Placed[], most: number): readonly Placed[] {
  const isSame = (one: Placed, other: Placed): boolean => one.who === other.who && one.does === other.does;
  const once = phrases.filter((phrase, index) => phrases.findIndex((other) => isSame(phrase, other)) === index);
  const best = new Set([...once].sort((left, right) => right.weight - left.weight).slice(0, most));
  return once.flatMap((phrase) => {
    const times = phrases.filter((other) => isSame(phrase, other)).length;
    return best.has(phrase) ? [times === 1 ? phrase : { ...phrase, does: `${phrase.does} (${times} times)` }] : [];
  });
}

/** `c1 closes connection 1 and begins connection 2, and the server …` */
function joined(phrases: readonly Phrase[]): string {
  return phrases
    .map(({ who, does }, index) => {
      const before = phrases[index - 1];
      const isLast = index === phrases.length - 1;
      const words = before?.who === who ? does : `${who} ${does}`;
      return before === undefined ? words : `${isLast ? (before.who === who ? ' and ' : ', and then ') : ', '}${words}`;
    })
    .join('');
}

function shortened(words: string): string {
  if (words.length <= longestStep) return words;
  return `${words.slice(0, words.lastIndexOf(' ', longestStep))} …`;
}
