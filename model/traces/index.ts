/** The traces of every rule, in the order of SPEC.md. */

import { traces as B1 } from './B1.ts';
import { traces as B2 } from './B2.ts';
import { traces as B3 } from './B3.ts';
import { traces as B4 } from './B4.ts';
import { traces as B5 } from './B5.ts';
import { traces as B6 } from './B6.ts';
import { traces as C1 } from './C1.ts';
import { traces as C2 } from './C2.ts';
import { traces as C3 } from './C3.ts';
import { traces as C4 } from './C4.ts';
import { traces as C5 } from './C5.ts';
import { traces as E1 } from './E1.ts';
import { traces as E2 } from './E2.ts';
import { traces as E3 } from './E3.ts';
import { traces as H1 } from './H1.ts';
import { traces as H2 } from './H2.ts';
import { traces as H3 } from './H3.ts';
import { traces as H4 } from './H4.ts';
import { traces as H5 } from './H5.ts';
import { traces as K1 } from './K1.ts';
import { traces as K2 } from './K2.ts';
import { traces as K3 } from './K3.ts';
import { traces as P1 } from './P1.ts';
import { traces as P2 } from './P2.ts';
import { traces as Q1 } from './Q1.ts';
import { traces as Q2 } from './Q2.ts';
import { traces as Q3 } from './Q3.ts';
import { traces as Q4 } from './Q4.ts';
import { traces as Q5 } from './Q5.ts';
import { traces as Q6 } from './Q6.ts';
import { traces as Q7 } from './Q7.ts';
import { traces as S1 } from './S1.ts';
import { traces as S2 } from './S2.ts';
import { traces as S3 } from './S3.ts';
import { traces as S4 } from './S4.ts';
import { traces as S5 } from './S5.ts';
import { traces as S6 } from './S6.ts';
import { traces as S7 } from './S7.ts';
import { traces as S8 } from './S8.ts';
import { traces as S9 } from './S9.ts';
import { traces as S10 } from './S10.ts';
import { traces as S11 } from './S11.ts';
import type { RuleTraces } from './trace.ts';
import { traces as W1 } from './W1.ts';
import { traces as W2 } from './W2.ts';
import { traces as W3 } from './W3.ts';
import { traces as W4 } from './W4.ts';
import { traces as W5 } from './W5.ts';
import { traces as W6 } from './W6.ts';

export const everyTrace: readonly RuleTraces[] = [
  S1,
  S2,
  S3,
  S4,
  S5,
  S6,
  S7,
  S8,
  S9,
  S10,
  S11,
  Q1,
  Q2,
  Q3,
  Q4,
  Q5,
  Q6,
  Q7,
  H1,
  H2,
  H3,
  H4,
  H5,
  W1,
  W2,
  W3,
  W4,
  W5,
  W6,
  P1,
  P2,
  C1,
  C2,
  C3,
  C4,
  C5,
  K1,
  K2,
  K3,
  B1,
  B2,
  B3,
  B4,
  B5,
  B6,
  E1,
  E2,
  E3,
];
