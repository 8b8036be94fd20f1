import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** Two clients write one attribute of one row, one of them twice. */
export const twoWriters: Scope = {
  name: 'two-writers',
  sentence: 'two clients write one attribute of one row, one of them twice',
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[retitle('c1', 'first of c1'), retitle('c1', 'second of c1')], [retitle('c2', 'of c2')]],
};
