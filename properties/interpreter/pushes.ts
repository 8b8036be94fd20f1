/** What a push of a schema comes to: an outcome, or a failure that the state of the server explains (C3, W2). */
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Finding } from '../checks/check.ts';
import type { Judge } from './judge.ts';
import type { ServerHost } from './server-host.ts';

/** Tells the model; what the process says once it is dead is not heard. */
export function pushTo(asked: ServerHost, judge: Judge, push: string, schema: Schema): void {
  asked.server.overrideSchema(schema).then(
    ({ accepted, compatible, issues }) => {
      const told = issues.map(({ collection, id, attribute, problem }) =>
        attribute === null ? `${collection}/${id} ${problem}` : `${collection}/${id} ${attribute} ${problem}`,
      );
      const outcome = accepted ? 'accepted' : 'refused';
      if (asked.isAlive) judge.tell({ kind: 'pushSettled', push, outcome: { outcome, compatible, issues: told.sort() } });
    },
    (problem: unknown) => {
      if (!asked.isAlive) return;
      if (problem instanceof Error && problem.name === 'StorageRefusedError')
        judge.tell({ kind: 'pushSettled', push, outcome: { outcome: 'unstorable' } });
      else if (isForeseen(problem)) judge.tell({ kind: 'pushSettled', push, outcome: { outcome: 'failed' } });
      else judge.accuse(failedOtherwise(push, problem), 'lockstep');
    },
  );
}

/** The names of what `overrideSchema` may reject with: a server that is not there, and one that ended on the way (W2). */
const foreseen: readonly string[] = ['ServerUnavailableError', 'SchemaOutcomeUnknownError'];

function isForeseen(problem: unknown): boolean {
  return problem instanceof Error && foreseen.includes(problem.name);
}

function failedOtherwise(push: string, problem: unknown): Finding {
  const message = `${push} rejected with what the server's state does not explain`;
  return { rule: 'C3', shape: 'push rejected', message, allowed: foreseen, shown: String(problem) };
}
