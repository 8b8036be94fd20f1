import { retitle, scope } from '../scope.ts';

export const oneAttribute = scope({
  sentence: 'two clients that follow a row write the same attribute of it',
  rules: ['Q3', 'Q5', 'W3', 'W5', 'Q2', 'H2'],
  tooth: 'update-before-acknowledgement',
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
});
