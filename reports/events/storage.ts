/** What the storage of a client does, and the end of its process. */
import { nothing, type Sayings } from './saying.ts';

/** Its client says it of its storage, or somebody says it of the storage of a client. */
function ofStorage(weight: number, drawn: 'completion' | 'fault', does: (about: { readonly sequence: number }) => string) {
  return {
    drawn,
    title: (action: { readonly sequence: number }) => `its storage ${does(action)}`,
    phrase: (action: { readonly client: string; readonly sequence: number }) => ({
      weight,
      who: `the storage of ${action.client}`,
      does: does(action),
    }),
  };
}

interface InStorage {
  readonly sequence: number;
  readonly epoch: number;
}
const place = ({ sequence, epoch }: InStorage): string => `write ${sequence}, epoch ${epoch}`;

export const storage: Sayings<'stored' | 'notStored' | 'cleared' | 'clientCrashed'> = {
  stored: {
    word: 'stored',
    meaning: "the client's storage holds a write",
    exact: place,
    ...ofStorage(1, 'completion', ({ sequence }) => `holds write ${sequence}`),
  },
  notStored: {
    word: 'not-stored',
    meaning: "the client's storage failed to keep a write",
    exact: place,
    ...ofStorage(2.5, 'fault', ({ sequence }) => `fails to keep write ${sequence}`),
  },
  cleared: {
    word: 'cleared',
    meaning: "the client's storage has cleared itself",
    exact: ({ epoch }) => `epoch ${epoch}`,
    drawn: 'completion',
    title: () => 'its storage has cleared itself',
    phrase: ({ client }) => ({ weight: 1.5, who: `the storage of ${client}`, does: 'has cleared itself' }),
  },
  clientCrashed: {
    word: 'crashed',
    meaning: 'the process dies and begins anew',
    exact: nothing,
    drawn: 'fault',
    title: () => 'crashes and begins anew',
    phrase: null,
  },
};
