/** What the storage of a client does, what its callbacks come to, and the end of its process. */
import { type ActionOf, event, nothing, type SomeSayings } from './saying.ts';

/** Its client says it of its storage, or somebody says it of the storage of a client. */
function ofStorage(weight: number, does: (about: { readonly sequence: number }) => string) {
  return {
    title: (action: { readonly sequence: number }) => `its storage ${does(action)}`,
    phrase: (action: { readonly client: string; readonly sequence: number }) => ({
      weight,
      who: `the storage of ${action.client}`,
      does: does(action),
    }),
  };
}

/** It fails for once, and nobody may notice before the next process. */
function fails(what: string) {
  return {
    title: () => `its storage fails ${what}`,
    phrase: ({ client }: { readonly client: string }) => ({ weight: 2.5, who: `the storage of ${client}`, does: `fails ${what}` }),
  };
}

const place = ({ sequence, epoch }: ActionOf<'stored' | 'notStored'>): string => `write ${sequence}, epoch ${epoch}`;

export const storage = {
  stored: {
    ...event('stored', 'completion', "the client's storage holds a write"),
    exact: place,
    ...ofStorage(1, ({ sequence }) => `holds write ${sequence}`),
  },
  notStored: {
    ...event('not-stored', 'fault', "the client's storage failed to keep a write"),
    exact: place,
    ...ofStorage(2.5, ({ sequence }) => `fails to keep write ${sequence}`),
  },
  cleared: {
    ...event('cleared', 'completion', "the client's storage has cleared itself"),
    exact: ({ epoch }) => `epoch ${epoch}`,
    title: () => 'its storage has cleared itself',
    phrase: ({ client }) => ({ weight: 1.5, who: `the storage of ${client}`, does: 'has cleared itself' }),
  },
  callbackFailed: {
    ...event('callback-failed', 'fault', 'a callback of the user throws, or rejects'),
    exact: ({ failure }) => `failure ${failure}`,
    title: () => 'a callback fails',
  },
  callbackFailureLogged: {
    ...event('failure-logged', 'completion', 'the client logs the failure of a callback'),
    exact: ({ failure, withStack }) => `failure ${failure}${withStack ? '' : ', without its stack'}`,
    title: () => 'it logs the failure of a callback',
  },
  forkBegan: {
    ...event('forks', 'completion', 'the client hands a fresh id to its storage'),
    exact: ({ epoch }) => `epoch ${epoch}`,
    title: () => 'takes a fresh id',
    phrase: ({ client }) => ({ weight: 2, who: client, does: 'takes a fresh id' }),
  },
  forkKept: {
    ...event('fork kept', 'completion', "the client's storage holds the fresh id"),
    exact: ({ epoch }) => `epoch ${epoch}`,
    title: () => 'its storage holds the fresh id',
    phrase: ({ client }) => ({ weight: 1.5, who: `the storage of ${client}`, does: 'holds the fresh id' }),
  },
  forkFailed: {
    ...event('fork-failed', 'fault', "the client's storage failed to take the fresh id"),
    exact: ({ epoch }) => `epoch ${epoch}`,
    ...fails('to take the fresh id'),
  },
  clearFailed: {
    ...event('clear-failed', 'fault', "the client's storage failed to clear itself"),
    exact: ({ epoch }) => `epoch ${epoch}`,
    ...fails('to clear itself'),
  },
  clearBeganAgain: {
    ...event('clears-again', 'completion', 'the client asks its storage again to clear itself'),
    exact: ({ epoch }) => `epoch ${epoch}`,
    title: () => 'asks its storage again to clear itself',
    phrase: ({ client }) => ({ weight: 1.5, who: client, does: 'asks its storage again to clear itself' }),
  },
  loadFailed: {
    ...event('load-failed', 'fault', "the client's storage could not be read"),
    exact: nothing,
    ...fails('to be read'),
  },
  loadedAtLast: {
    ...event('loaded', 'completion', "the client's storage was read at last"),
    exact: nothing,
    title: () => 'its storage is read at last',
    phrase: ({ client }) => ({ weight: 1.5, who: `the storage of ${client}`, does: 'is read at last' }),
  },
  notForgotten: {
    ...event('not-forgotten', 'fault', "the client's storage failed to forget a write"),
    exact: ({ id }) => id,
    ...fails('to forget a write'),
  },
  notRemembered: {
    ...event('not-remembered', 'fault', "the client's storage failed to keep the result of a query"),
    exact: ({ query }) => JSON.stringify(query),
    ...fails('to keep the result of a query'),
  },
  rememberedAtLast: {
    ...event('remembered', 'completion', "the client's storage keeps a result of that query again"),
    exact: ({ query }) => JSON.stringify(query),
    title: () => 'its storage keeps the result of that query again',
  },
  notHeard: {
    ...event('not-heard', 'fault', "the client's storage failed to keep what was heard of the log"),
    exact: nothing,
    ...fails('to keep what was heard of the log'),
  },
  heardAtLast: {
    ...event('heard', 'completion', "the client's storage keeps what is heard of the log again"),
    exact: nothing,
    title: () => 'its storage keeps what is heard of the log again',
  },
  storageCopied: {
    ...event('copied', 'fault', "the client's storage is copied"),
    exact: nothing,
    title: () => 'its storage is copied',
    phrase: ({ client }) => ({ weight: 2, who: `the storage of ${client}`, does: 'is copied' }),
  },
  clientCrashed: {
    ...event('crashed', 'fault', 'the process dies and begins anew'),
    exact: ({ copyOf }) => (copyOf === undefined ? '' : `on the copy of ${copyOf}`),
    title: ({ copyOf }) => `crashes and begins anew${copyOf === undefined ? '' : ` on the copy of the storage of ${copyOf}`}`,
  },
} satisfies SomeSayings;
