import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** Two clients that follow a row write the same attribute of it. */
export const oneAttribute: Scope = {
  name: 'one-attribute',
  sentence: 'two clients that follow a row write the same attribute of it',
  rules: ['Q3', 'Q5', 'W3', 'W5', 'Q2', 'H2'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
};
