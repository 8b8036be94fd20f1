/** Schemas, answers and groups at the server where another system promises something else (C3, C4, C5, S6, H1, H2). */
import { withServer } from '../../change.ts';
import type { Overrides } from './override.ts';

export const server: Overrides<'answersByTimer' | 'keepsBrokenClients' | 'tellsNoIssues' | 'saysNoSchema' | 'showsNoGroups'> = {
  answersByTimer: () => ({ owedAnswer: () => undefined }),

  keepsBrokenClients: () => ({ pushCloses: () => false }),

  tellsNoIssues: () => ({ outcomeTold: (outcome) => (outcome.outcome === 'failed' ? outcome : { ...outcome, issues: [] }) }),

  saysNoSchema: () => ({ isSchemaUntold: () => false, learnHash: (state) => state }),

  showsNoGroups: () => ({
    joinGroup: (state) => state,
    settleCost: (state) => (state.server.cost === null ? state : withServer(state, { cost: null })),
  }),
};
