/** A client hands over a new token for its session (S3). */
import { updateToken } from '../generation/state/client.ts';
import { isConnected, tokenOf } from '../generation/state/state.ts';
import { drawToken } from '../generation/tokens.ts';
import { client } from '../language/names.ts';
import { oddityOfToken } from '../language/oddity.ts';
import { plainerTokens } from '../language/plainer-tokens.ts';
import { choice, object } from '../language/shapes.ts';
import { noNames } from '../language/step-names.ts';
import { token } from '../language/tokens.ts';
import { sayTokenLabel } from '../language/words-actions.ts';
import { sayClaims } from '../language/words-details.ts';
import { sayToken } from '../language/words-tokens.ts';
import { defineCommand, plainCall } from './command.ts';

export const updateSessionToken = defineCommand(object({ do: choice(['updateSessionToken']), client, token }))({
  needs: ['refresh'],
  say: (command) => `${command.client} updates its token to ${sayToken(command.token)}`,
  swarm: { weight: 45, weightInGroup: 5, family: null, isIndispensable: false, isSequential: true },
  suits: (of) => (of.session === undefined ? 1 : isConnected(of) ? 12 : 5),
  generate: ({ chance, profile }, of) => ({
    do: 'updateSessionToken',
    client: of.name,
    token: drawToken(chance, profile.tokens, of.session?.token.spec),
  }),
  apply: (forecast, of, command) => {
    const minted = tokenOf(forecast, of, command.token);
    if (minted !== undefined) updateToken(forecast, of, minted);
  },
  *shrink(command) {
    for (const plainer of plainerTokens(command.token)) yield { ...command, token: plainer };
  },
  oddity: (command) => oddityOfToken(command.token),
  names: noNames,
  parts: { tokens: (command, change) => ({ ...command, token: change(command.token) }), query: null, operations: null },
  prepare: async ({ call, nextPromise, purse }, process, command) => {
    const minted = await purse.mint(command.token, process.client.token());
    if (minted === null) return null;
    return () =>
      call(process, { do: 'updateSessionToken', promise: nextPromise(), token: minted.token }, () =>
        process.client.updateSessionToken(minted.bytes),
      );
  },
  call: {
    ...plainCall,
    makesLate: true,
    say: ({ token: handed, promise }) => ({
      brief: ` to ${sayTokenLabel(handed.label)}`,
      exact: ` token ${handed.label}`,
      details: { token: sayClaims(handed), promise },
    }),
  },
});
