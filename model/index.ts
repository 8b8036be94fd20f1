/** The model's public face: what `properties/` meets. */
export type {
  Action,
  ClientWord,
  CloseReason,
  Closing,
  Command,
  KeptEntry,
  Nonsense,
  Observation,
  PushOutcome,
  Quiescence,
  ServerWord,
  StrangerWord,
  Token,
  TokenFlaw,
  TransactionOperation,
} from './actions.ts';
export { initialState } from './beginning.ts';
export type { CommandName, CommandOf } from './commands.ts';
export { lossOf } from './conduct.ts';
export { allowedSequences } from './observe.ts';
export { owedInTheEnd, type Pending } from './pending.ts';
export { isReadable } from './permissions/permit.ts';
export { type Profile, profileOf } from './profiles/profile.ts';
export type { Rejected } from './rejection.ts';
export { issuesOfRow } from './schema/conform.ts';
export { canonicalText, hashedPart, isCompatible } from './schema/difference.ts';
export { type ModelConfiguration, type State, wallMs } from './state.ts';
export { type Step, step } from './step.ts';
export { windowOf } from './subscriptions/window.ts';
