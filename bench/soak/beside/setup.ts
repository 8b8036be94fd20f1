/** How the published server under attack is set up. */
import type { PlainSchema } from '../../../sut/schema/types.ts';

export interface PublishedSetup {
  /** The name of an installed set. */
  readonly set: string;
  readonly jwtSecret: string;
  readonly schema?: PlainSchema | undefined;
}
