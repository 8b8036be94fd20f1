/** Where keys come from. */
import type { JSONWebKeySet } from 'jose';
export type KeySource =
  | { readonly kind: 'secret'; readonly secret: string }
  /** `fetch` brings the key set; called again when a token names a key that is not held (S11). */
  | { readonly kind: 'keySet'; readonly fetch: () => Promise<JSONWebKeySet> };
