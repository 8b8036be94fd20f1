/** For failures whose own words assume that one knows the model: what has to be, and what was, in full. Those not listed are told by their own words. */
import type { Failure } from '../../properties/trace.ts';

export interface Contrast {
  /** Reads on after `By S2 (the last call wins)`. */
  readonly must: string;
  /** Reads on after `but`. */
  readonly was: string;
}

/** What the failure says, and what can be read from it. */
interface Said extends Failure {
  /** The client that it names. */
  readonly whose: string;
  /** Its first word: the name of a call, or of a subscription. */
  readonly first: string;
  /** `q1 of c1`, where it begins so. */
  readonly subscription: string;
  /** The first possibility. */
  readonly wanted: string;
}

type Teller = (said: Said) => readonly [must: string, was: string];

/** Null where the shape has no words of its own. */
export function shapeContrast(failure: Failure): Contrast | null {
  const { rule, message, allowed } = failure;
  const shape = failure.class.slice(rule.length + 1);
  const teller = beside[rule] ?? tellers[shape] ?? families.find(([pattern]) => pattern.test(shape))?.[1];
  if (teller === undefined) return null;
  const [must, was] = teller({
    ...failure,
    whose: /\bc[1-9]\d*\b/u.exec(message)?.[0] ?? 'the client',
    first: message.split(' ')[0] ?? '',
    subscription: /^(\S+ of \S+)/u.exec(message)?.[1] ?? 'the subscription',
    wanted: allowed[0] ?? 'nothing',
  });
  return { must, was };
}

/** Laws beside the numbered rules: all of their failures read alike. */
const beside: Readonly<Record<string, Teller>> = {
  world: ({ message }) => ['client and server reach the world through their ports only, and throw nothing into it', message],
  determinism: ({ message }) => ['the same script has to give the same trace', message.replace(/\.$/u, '')],
  wire: ({ message }) => ['every frame has to be one of the protocol', message],
};

const closedOtherwise: Teller = ({ shown, whose, wanted }) => [
  `the server has to ${wanted === 'the connection stays open' ? `leave the connection of ${whose} open` : `close the connection of ${whose} with ${wanted}`} here`,
  `it closes it with ${shown}`,
];

/** Shapes that name what was sent or met. */
const families: readonly (readonly [pattern: RegExp, teller: Teller])[] = [
  [/^closed with /u, closedOtherwise],
  [/^a stranger's /u, ({ shown, wanted }) => [`what such a stranger has to meet with is ${wanted}`, `it meets with ${shown}`]],
  [
    /^sent .+ before OPEN$/u,
    ({ shown, whose }) => [`${whose} may send nothing but its hello before its token is accepted`, `it sends ${shown}`],
  ],
  [
    /^sent .+ on a replaced connection$/u,
    ({ class: name, whose }) => [
      `${whose} has nothing more to say on a connection that it has left behind`,
      `it sends ${/sent (.+) on/u.exec(name)?.[1] ?? 'something'}`,
    ],
  ],
];

const closing: Teller = ({ whose, wanted }) => [`the server has to close the connection of ${whose} with ${wanted}`, 'it leaves it open'];

const tellers: Readonly<Record<string, Teller>> = {
  'attempt undue': ({ shown, whose, wanted }) => [
    wanted === 'no attempt' ? `${whose} must not try to connect by itself here` : `${whose} may make ${wanted} and not before`,
    `it makes ${shown}`,
  ],
  'update unasked': ({ shown, whose, wanted }) => [
    wanted === 'none' ? `${whose} has no token update to send here` : `the next token update of ${whose} is that to ${wanted}`,
    `it sends one to ${shown}`,
  ],
  'data after expiry': ({ message }) => ['the server has to close the connection with TOKEN_EXPIRED and may send nothing else', message],
  'not closed': closing,
  'not answered anew': ({ subscription }) => [
    `${subscription} has to be answered anew right then, before anything else`,
    'no answer is sent',
  ],
  'nonsense accepted': ({ whose }) => [`${whose} has to give the connection up`, 'it goes on with it'],
  'cleared unasked': ({ shown, whose, wanted }) => [
    `the storage of ${whose} has to do ${wanted === 'clear none' ? 'nothing of the kind' : wanted} here`,
    `it has done ${shown}`,
  ],
  'committed the forbidden': ({ message, wanted }) => [`this write has to be rejected (${wanted})`, message],
  'rejected wrongly': ({ message, shown, wanted }) => [`what has to become of this write is ${wanted}`, `${message} (${shown})`],
  'recovered another version': ({ shown, wanted }) => [
    `the server has to go on from ${wanted}, with all that its storage holds`,
    `it goes on from ${shown}`,
  ],
  'token differs': ({ shown, whose, wanted }) => [`${whose} has to hold the token ${wanted}`, `it holds ${shown}`],
  'status differs': ({ shown, whose, wanted }) => [`${whose} has to be ${wanted}`, `it is ${shown}`],
  'subscribed again': ({ message }) => ['a subscription is sent once on a connection', message],
  'schema asked of a stranger': ({ wanted }) => [
    `the token is judged before anything else, and this one has to be refused as ${wanted}`,
    'the server goes on and asks the client for its schema',
  ],
  'schema said unasked': ({ whose }) => [`${whose} tells its schema only when the server asks for it`, 'it tells it unasked'],
  'acknowledged out of order': ({ message, wanted }) => [`the ${sayAcknowledgement(wanted)} has to come first`, message],
  'data before acknowledgement': ({ message, wanted }) => [`the ${sayAcknowledgement(wanted)} has to come first`, message],
  'applied again': ({ shown, whose, wanted }) => [
    `the next write of ${whose} to be applied is ${wanted}`,
    `the server begins the ${shown.replace('append of', 'append of write')}`,
  ],
  'sent before stored': ({ message }) => ['a write is sent only when the storage of its client holds it', message],
  'push accepted': ({ shown, first, wanted }) => [`overrideSchema (${first}) has to come to: ${wanted}`, `it comes to: ${shown}`],
  'different queries share': ({ first }) => [
    'only queries that mean the same share a group',
    `${first} is put into the group of a query that means something else`,
  ],
  'equal queries do not share': ({ first, shown, wanted }) => [
    `${first} has to join ${wanted}, the group of a query that means the same`,
    `it is put into ${shown}`,
  ],
  'handler called': ({ shown, whose, wanted }) => [
    `the refresh handler of ${whose} is to be called as follows: ${wanted}`,
    `there is ${shown}`,
  ],
  'row quoted': ({ shown, whose }) => [`nothing that ${whose} is told may quote a row that it may not read`, `it is told: ${shown}`],
  'results after unsubscribe': ({ shown, subscription }) => [
    `${subscription} has ended and must show nothing any more`,
    `it shows ${shown}`,
  ],
  'push settled early': ({ shown, first }) => [`overrideSchema (${first}) must not come to its end yet`, `it does: ${shown}`],
  'schema asked again': ({ whose, wanted }) => [
    `the server knows the schema of ${whose} already, and its answer has to be ${wanted}`,
    'it asks for the schema once more',
  ],
  'refused without fetching': ({ shown }) => [
    'the server has to fetch the key set before it calls a key unknown',
    `it calls ${shown} unknown without having done so`,
  ],
  'judged by an old set': ({ shown }) => [
    'the server has to fetch the key set before it goes by one so old',
    `it judges a token of ${shown} without having done so`,
  ],
  'row leaked': ({ message }) => ['no frame may hold a row that its receiver may not read', message],
  'duplicate row': ({ message }) => ['a result holds each row once', message],
  'repeated emission': ({ message }) => ['a subscription tells only what is new', message],
};

function sayAcknowledgement(wanted: string): string {
  return wanted.replace(/^acknowledgement of (\d+) first$/u, 'acknowledgement of write $1');
}
