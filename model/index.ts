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
export { issuesOfRow } from './conform.ts';
export type { Dialect } from './dialect.ts';
export { canonicalText, hashedPart, isCompatible } from './difference.ts';
export { allowedSequences } from './observe.ts';
export { owedInTheEnd, type Pending } from './pending.ts';
export { isReadable } from './permit.ts';
export type { Cursor, Filter, Operator, Ordering, Query, Row, Scalar, Statement, Value } from './query.ts';
export type { Rejected } from './rejection.ts';
export type { Attribute, AttributeType, CollectionSchema, Permissions, RolePermissions, Rule, Schema } from './schema.ts';
export { dialectOf, type ModelConfiguration, type State, wallMs } from './state.ts';
export { type Step, step } from './step.ts';
export { windowOf } from './window.ts';
