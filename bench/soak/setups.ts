/** The ways in which the server under attack is set up: anybody may do anything, or what a schema with permissions allows, or few may come. */
import type { PlainSchema } from '../../sut/schema/types.ts';
import type { Attribute, RolePermissions } from '../../vocabulary/schemas.ts';
import type { Setup } from './figures.ts';
import { audience, type Keys } from './keys.ts';

export type SetupName = 'open' | 'guarded' | 'narrow';

/** Of a narrow server. */
export const connectionsPerAddressMax = 40;

const optional = (type: Attribute['type'], items: Attribute['items'] = null): Attribute => ({
  type,
  items,
  nullable: true,
  optional: true,
  enum: null,
});
const own = [['owner', '=', '$role.user']] as const;
const user = (permissions: RolePermissions): { readonly user: RolePermissions } => ({ user: permissions });

/** `hoard` is written by all, within reason; of `vault` everybody sees what is theirs; nobody may write `annals`. */
export const guardedSchema: PlainSchema = {
  roles: { user: { match: { sub: '$user' } } },
  collections: {
    diary: { attributes: { count: optional('number'), text: optional('string') }, permissions: null },
    hoard: {
      attributes: { text: optional('string'), size: optional('number'), done: optional('boolean'), tags: optional('set', 'string') },
      permissions: user({
        read: { filter: [['size', '!=', 3]] },
        insert: { filter: [] },
        update: { filter: [['done', '!=', true]] },
        postUpdate: {
          filter: [
            {
              mod: 'or',
              filters: [
                ['text', 'like', '%'],
                ['size', 'isDefined', false],
              ],
            },
          ],
        },
        delete: { filter: [] },
      }),
    },
    vault: {
      attributes: { owner: optional('string'), secret: optional('string') },
      permissions: user({ read: { filter: own }, insert: { filter: own }, delete: { filter: own } }),
    },
    annals: { attributes: { text: optional('string') }, permissions: user({ read: { filter: [] } }) },
  },
};

export function setupOf(name: SetupName, { keySet }: Keys): Setup {
  switch (name) {
    case 'open':
      return { keySet };
    case 'narrow':
      return { keySet, bounds: { connectionsPerAddressMax }, allowedOrigins: ['https://app.example.com'] };
    case 'guarded':
      return { keySet, schema: guardedSchema, tokens: { audience } };
  }
}
