/** What the storage of a client does, and the end of its process. */
import { event, nothing, type Sayings } from './saying.ts';

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

interface InStorage {
  readonly sequence: number;
  readonly epoch: number;
}
const place = ({ sequence, epoch }: InStorage): string => `write ${sequence}, epoch ${epoch}`;

export const storage: Sayings<'stored' | 'notStored' | 'cleared' | 'clientCrashed'> = {
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
  clientCrashed: {
    ...event('crashed', 'fault', 'the process dies and begins anew'),
    exact: nothing,
    title: () => 'crashes and begins anew',
  },
};
