/** An observer is the user's: what it throws must not stop a commit half way (B1). */

import { createUserCalls } from '../protocol/user-calls.ts';
import type { Logger } from '../runtime/ports.ts';
import type { ServerObserver } from './observer.ts';

export function guardedObserver(observer: ServerObserver, logger: Logger): ServerObserver {
  const call = createUserCalls(logger);
  return {
    onAppendBegin: (...told) => call(() => observer.onAppendBegin(...told)),
    onCommit: (...told) => call(() => observer.onCommit(...told)),
    onReject: (...told) => call(() => observer.onReject(...told)),
    onSchemaAppendBegin: () => call(() => observer.onSchemaAppendBegin()),
    onSchemaRefused: () => call(() => observer.onSchemaRefused()),
    onSchemaCommit: (...told) => call(() => observer.onSchemaCommit(...told)),
    onRecoveryBegin: () => call(() => observer.onRecoveryBegin()),
    onRecovered: (...told) => call(() => observer.onRecovered(...told)),
    onEvaluate: (...told) => call(() => observer.onEvaluate(...told)),
    onEncode: (...told) => call(() => observer.onEncode(...told)),
    onLook: (...told) => call(() => observer.onLook(...told)),
    onCommitSpent: (...told) => call(() => observer.onCommitSpent(...told)),
    onAnswerSpent: (...told) => call(() => observer.onAnswerSpent(...told)),
    onKeysFetched: (...told) => call(() => observer.onKeysFetched(...told)),
  };
}
