import { retitle, scope } from '../scope.ts';

export const disconnectAndWrite = scope({
  sentence: 'a client disconnects and connects again while another one writes',
  rules: ['S1', 'S9', 'H3', 'Q6'],
  tooth: 'disconnect-waits-for-its-timer',
  threads: [
    [
      { do: 'disconnect', client: 'c1' },
      { do: 'connect', client: 'c1' },
    ],
    [retitle('c2', 'of c2')],
  ],
});
