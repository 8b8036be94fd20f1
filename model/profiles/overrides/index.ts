/** What each switch of a profile makes of the law; a switch without an override, or one of no profile, is a type error. */
import type { Profile } from '../profile.ts';
import { connections } from './connections.ts';
import { data } from './data.ts';
import type { Overrides } from './override.ts';
import { server } from './server.ts';
import { sessions } from './sessions.ts';

export const overrides: Overrides<keyof Profile> = { ...sessions, ...connections, ...data, ...server };
