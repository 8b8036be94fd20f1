/** The model's public face: what `properties/` meets. */
export type {
  Action,
  ClientWord,
  CloseReason,
  Closing,
  Command,
  Observation,
  Quiescence,
  ServerWord,
  Token,
  TokenFlaw,
} from './actions.ts';
export { allowedSequences } from './observe.ts';
export { owedInTheEnd, type Pending } from './pending.ts';
export type { Filter, Operator, Ordering, Query, Row, Scalar, Statement, Value } from './query.ts';
export type { Rejected } from './rejection.ts';
export type { ModelConfiguration, State } from './state.ts';
export { initialState, type Step, step } from './step.ts';
