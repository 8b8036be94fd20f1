/** What a switch makes of the decisions: those that it changes, over those that it finds. */
import type { State } from '../../state.ts';
import type { Decisions } from '../decisions.ts';

export type Override = (base: Decisions<State>) => Partial<Decisions<State>>;
/** For each of those switches, all of them. */
export type Overrides<Switch extends string> = Readonly<Record<Switch, Override>>;
