/** For failures whose own words assume that one knows the model: what has to be, and what was, in full. Those not listed are told by their own words. */
import type { Failure } from '../../properties/trace.ts';

export interface Contrast {
  /** Reads on after `By S2 (the last call wins)`. */
  readonly must: string;
  /** Reads on after `but`. */
  readonly was: string;
}

type Teller = (failure: Failure, whose: string, allowed: string) => Contrast;

/** Null where the shape has no words of its own. */
export function shapeContrast(failure: Failure): Contrast | null {
  const shape = failure.class.slice(failure.rule.length + 1);
  if (failure.rule === 'world')
    return { must: 'client and server reach the world through their ports only, and throw nothing into it', was: failure.message };
  if (failure.rule === 'determinism')
    return { must: 'the same script has to give the same trace', was: failure.message.replace(/\.$/u, '') };
  if (failure.rule === 'wire') return { must: 'every frame has to be one of the protocol', was: failure.message };
  const whose = /\bc[1-9]\d*\b/u.exec(failure.message)?.[0] ?? 'the client';
  const teller = tellers[shape] ?? families.find(({ pattern }) => pattern.test(shape))?.teller;
  return teller?.(failure, whose, failure.allowed[0] ?? 'nothing') ?? null;
}

const closedOtherwise: Teller = ({ shown }, whose, allowed) => ({
  must: `the server has to ${allowed === 'the connection stays open' ? `leave the connection of ${whose} open` : `close the connection of ${whose} with ${allowed}`} here`,
  was: `it closes it with ${shown}`,
});

/** Shapes that name what was sent or met. */
const families: readonly { readonly pattern: RegExp; readonly teller: Teller }[] = [
  { pattern: /^closed with /u, teller: closedOtherwise },
  {
    pattern: /^a stranger's /u,
    teller: ({ shown }, _whose, allowed) => ({
      must: `what such a stranger has to meet with is ${allowed}`,
      was: `it meets with ${shown}`,
    }),
  },
  {
    pattern: /^sent .+ before OPEN$/u,
    teller: ({ shown }, whose) => ({
      must: `${whose} may send nothing but its hello before its token is accepted`,
      was: `it sends ${shown}`,
    }),
  },
  {
    pattern: /^sent .+ on a replaced connection$/u,
    teller: ({ class: name }, whose) => ({
      must: `${whose} has nothing more to say on a connection that it has left behind`,
      was: `it sends ${/sent (.+) on/u.exec(name)?.[1] ?? 'something'}`,
    }),
  },
];

const closing: Teller = (_failure, whose, allowed) => ({
  must: `the server has to close the connection of ${whose} with ${allowed}`,
  was: 'it leaves it open',
});

const tellers: Readonly<Record<string, Teller>> = {
  'attempt undue': ({ shown }, whose, allowed) => ({
    must: allowed === 'no attempt' ? `${whose} must not try to connect by itself here` : `${whose} may make ${allowed} and not before`,
    was: `it makes ${shown}`,
  }),
  'update unasked': ({ shown }, whose, allowed) => ({
    must: allowed === 'none' ? `${whose} has no token update to send here` : `the next token update of ${whose} is that to ${allowed}`,
    was: `it sends one to ${shown}`,
  }),
  'data after expiry': ({ message }) => ({
    must: 'the server has to close the connection with TOKEN_EXPIRED and may send nothing else',
    was: message,
  }),
  'not closed': closing,
  'not answered anew': ({ message }) => ({
    must: `${/^(\S+ of \S+)/u.exec(message)?.[1] ?? 'the subscription'} has to be answered anew right then, before anything else`,
    was: 'no answer is sent',
  }),
  'nonsense accepted': (_failure, whose) => ({ must: `${whose} has to give the connection up`, was: 'it goes on with it' }),
  'cleared unasked': ({ shown }, whose, allowed) => ({
    must: `the storage of ${whose} has to do ${allowed === 'clear none' ? 'nothing of the kind' : allowed} here`,
    was: `it has done ${shown}`,
  }),
  'committed the forbidden': ({ message }, _whose, allowed) => ({ must: `this write has to be rejected (${allowed})`, was: `${message}` }),
  'rejected wrongly': ({ message, shown }, _whose, allowed) => ({
    must: `what has to become of this write is ${allowed}`,
    was: `${message} (${shown})`,
  }),
  'recovered another version': ({ shown }, _whose, allowed) => ({
    must: `the server has to go on from ${allowed}, with all that its storage holds`,
    was: `it goes on from ${shown}`,
  }),
  'token differs': ({ shown }, whose, allowed) => ({ must: `${whose} has to hold the token ${allowed}`, was: `it holds ${shown}` }),
  'status differs': ({ shown }, whose, allowed) => ({ must: `${whose} has to be ${allowed}`, was: `it is ${shown}` }),
  'subscribed again': ({ message }) => ({ must: 'a subscription is sent once on a connection', was: message }),
  'schema asked of a stranger': (_failure, _whose, allowed) => ({
    must: `the token is judged before anything else, and this one has to be refused as ${allowed}`,
    was: 'the server goes on and asks the client for its schema',
  }),
  'schema said unasked': (_failure, whose) => ({
    must: `${whose} tells its schema only when the server asks for it`,
    was: 'it tells it unasked',
  }),
  'acknowledged out of order': ({ message }, _whose, allowed) => ({
    must: `the ${sayAcknowledgement(allowed)} has to come first`,
    was: message,
  }),
  'data before acknowledgement': ({ message }, _whose, allowed) => ({
    must: `the ${sayAcknowledgement(allowed)} has to come first`,
    was: message,
  }),
  'applied again': ({ shown }, whose, allowed) => ({
    must: `the next write of ${whose} to be applied is ${allowed}`,
    was: `the server begins the ${shown.replace('append of', 'append of write')}`,
  }),
  'sent before stored': ({ message }) => ({ must: 'a write is sent only when the storage of its client holds it', was: message }),
  'push accepted': ({ shown, message }, _whose, allowed) => ({
    must: `overrideSchema (${message.split(' ')[0]}) has to come to: ${allowed}`,
    was: `it comes to: ${shown}`,
  }),
  'different queries share': ({ message }) => ({
    must: 'only queries that mean the same share a group',
    was: `${message.split(' ')[0]} is put into the group of a query that means something else`,
  }),
  'equal queries do not share': ({ message, shown }, _whose, allowed) => ({
    must: `${message.split(' ')[0]} has to join ${allowed}, the group of a query that means the same`,
    was: `it is put into ${shown}`,
  }),
  'handler called': ({ shown }, whose, allowed) => ({
    must: `the refresh handler of ${whose} is to be called as follows: ${allowed}`,
    was: `there is ${shown}`,
  }),
  'row quoted': ({ shown }, whose) => ({
    must: `nothing that ${whose} is told may quote a row that it may not read`,
    was: `it is told: ${shown}`,
  }),
  'results after unsubscribe': ({ shown, message }) => ({
    must: `${/^(\S+ of \S+)/u.exec(message)?.[1] ?? 'the subscription'} has ended and must show nothing any more`,
    was: `it shows ${shown}`,
  }),
  'push settled early': ({ shown, message }) => ({
    must: `overrideSchema (${message.split(' ')[0]}) must not come to its end yet`,
    was: `it does: ${shown}`,
  }),
  'schema asked again': (_failure, whose, allowed) => ({
    must: `the server knows the schema of ${whose} already, and its answer has to be ${allowed}`,
    was: 'it asks for the schema once more',
  }),
  'refused without fetching': ({ shown }) => ({
    must: 'the server has to fetch the key set before it calls a key unknown',
    was: `it calls ${shown} unknown without having done so`,
  }),
  'row leaked': ({ message }) => ({ must: 'no frame may hold a row that its receiver may not read', was: message }),
  'duplicate row': ({ message }) => ({ must: 'a result holds each row once', was: message }),
  'repeated emission': ({ message }) => ({ must: 'a subscription tells only what is new', was: message }),
};

function sayAcknowledgement(allowed: string): string {
  return allowed.replace(/^acknowledgement of (\d+) first$/u, 'acknowledgement of write $1');
}
