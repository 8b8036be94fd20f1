import { follows, retitle, scope } from '../scope.ts';

export const clearAndWrite = scope({
  sentence: 'a client clears its store while its own write is under way',
  rules: ['K1', 'W5'],
  tooth: 'groups-not-left-on-disconnect',
  clients: ['c1'],
  setup: follows('c1', 'ann'),
  threads: [[retitle('c1', 'of c1'), { do: 'clear', client: 'c1' }]],
});
