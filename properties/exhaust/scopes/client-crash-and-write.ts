import { retitle, scope, startSession, tokenOf } from '../scope.ts';

export const clientCrashAndWrite = scope({
  sentence: 'a client that writes may crash, lose what it was storing, and begin a session again',
  rules: ['K2', 'W5', 'W1'],
  tooth: 'acknowledged-write-stays-stored',
  threads: [[retitle('c1', 'of c1'), startSession('c1', tokenOf('ann'))]],
  fault: { do: 'restartClient', client: 'c1', keepsTail: false },
});
