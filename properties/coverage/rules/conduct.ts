/** When a rule of conduct (E) is put to the test: by every run, at different places. */
import { on, onSeen, probes } from '../probe.ts';

export const conductRules = probes({
  E1: ['A run came to its end, where nobody may wait any more.', on('over', () => true)],
  E2: ['A call was rejected, or a refresh handler threw or brought nothing.', ...rejections()],
  E3: ['Everything came to rest after what the script did.', on('quiescent', () => true)],
});

function rejections() {
  return [
    onSeen('settled', ({ observation }) => observation.error !== null),
    on('refreshAnswered', ({ token }) => token === null),
  ] as const;
}
