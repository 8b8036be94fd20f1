/** What each action of the model is drawn as, and the one short line that tells it. */
import type { Action } from '../../model/actions.ts';
import { sayDuration } from '../../properties/language/words-time.ts';
import type { MomentKind } from './story.ts';
import { fullWord, sayClosing, sayCommand, sayObservation, sayQuiet, sayTime, sayToken, spaced } from './words.ts';

export interface Title {
  readonly kind: MomentKind;
  readonly title: string;
}

/** Names that an action alone does not tell: of a promise the call, of a client id the client. */
export interface Names {
  readonly callOf: (promise: string) => string;
  readonly clientOf: (clientId: string) => string;
}

export function titleOf(action: Action, names: Names): Title {
  switch (action.kind) {
    case 'command':
      return { kind: 'command', title: `calls ${sayCommand(action.command)}` };
    case 'refreshAnswered':
      return {
        kind: 'completion',
        title: `its refresh handler answers call ${action.call}: ${action.token === null ? 'nothing' : sayToken(action.token.label)}`,
      };
    case 'observed': {
      const { observation } = action;
      return { kind: 'shown', title: sayObservation(observation, observation.saw === 'settled' ? names.callOf(observation.promise) : '') };
    }
    case 'attempted':
      return { kind: 'opening', title: `begins connection ${action.connection}` };
    case 'opened':
      return { kind: 'opening', title: `connection ${action.connection} opens` };
    case 'clientSent':
    case 'serverSent':
      return { kind: 'sent', title: `sends ${action.kind === 'serverSent' ? `${action.client} ` : ''}${fullWord(action.word)}` };
    case 'serverReceived':
    case 'clientHeard':
      return {
        kind: 'received',
        title: `hears ${action.kind === 'serverReceived' ? `from ${action.client} ` : ''}${fullWord(action.word)}`,
      };
    case 'clientClosed':
      return {
        kind: 'closing',
        title: action.givenUp ? `gives connection ${action.connection} up` : `closes connection ${action.connection}`,
      };
    case 'serverClosed':
      return {
        kind: 'closing',
        title: `${action.givenUp ? 'gives up' : 'closes'} connection ${action.connection} of ${action.client}: ${sayClosing(action.closing)}`,
      };
    case 'clientHeardClose':
      return { kind: 'closing', title: `hears that connection ${action.connection} is closed: ${sayClosing(action.closing)}` };
    case 'serverHeardClose':
      return { kind: 'closing', title: `hears that connection ${action.connection} of ${action.client} is closed` };
    case 'fellSilent':
      return { kind: 'fault', title: 'its connection carries nothing from now on, and nobody is told' };
    case 'wallJumped':
      return { kind: 'fault', title: `its wall clock jumps ${sayDuration(Math.abs(action.byMs))} ${action.byMs < 0 ? 'back' : 'ahead'}` };
    case 'keysRotated':
      return { kind: 'fault', title: `tokens are signed by ${action.key} from now on` };
    case 'clientCrashed':
      return { kind: 'fault', title: 'crashes and begins anew' };
    case 'stored':
      return { kind: 'completion', title: `its storage holds write ${action.sequence}` };
    case 'notStored':
      return { kind: 'fault', title: `its storage fails to keep write ${action.sequence}` };
    case 'cleared':
      return { kind: 'completion', title: 'its storage has cleared itself' };
    case 'strangerHeard':
      return {
        kind: 'received',
        title: `hears a stranger (${spaced(action.said)}): ${action.closing === null ? 'nothing comes of it' : `closed, ${sayClosing(action.closing)}`}`,
      };
    case 'keysFetched':
      return { kind: 'completion', title: `has fetched the key set: ${action.keys.join(', ') || 'no keys'}` };
    case 'schemaPushed':
      return { kind: 'command', title: `its owner calls overrideSchema (${action.push})` };
    case 'pushSettled':
      return { kind: 'shown', title: `${action.push} comes to its end: ${sayOutcome(action.outcome)}` };
    case 'time':
      return { kind: 'time', title: sayTime(action.nowMs) };
    case 'quiescent':
      return { kind: 'quiescent', title: sayQuiet(action.quiescence) };
    case 'taskEnded':
      return { kind: 'quiescent', title: 'the task ends' };
    default:
      return decision(action, names);
  }
}

type Decision = Extract<
  Action,
  {
    readonly kind:
      | 'appendBegan'
      | 'committed'
      | 'refused'
      | 'schemaAppendBegan'
      | 'schemaCommitted'
      | 'appendDurable'
      | 'appendFailed'
      | 'recoveryBegan'
      | 'serverStopping'
      | 'serverStopped'
      | 'recovered'
      | 'evaluated'
      | 'encoded';
  }
>;

/** What the server decides, does with its log, and suffers. */
function decision(action: Decision, { clientOf }: Names): Title {
  switch (action.kind) {
    case 'appendBegan':
      return { kind: 'commit', title: `begins to append write ${action.sequence} of ${action.client}` };
    case 'committed':
      return { kind: 'commit', title: `commits write ${action.sequence} of ${clientOf(action.clientId)} as version ${action.version}` };
    case 'refused':
      return {
        kind: 'commit',
        title: `rejects write ${action.sequence} of ${clientOf(action.clientId)} as version ${action.version}: ${action.error}`,
      };
    case 'schemaAppendBegan':
      return { kind: 'commit', title: 'begins to append the schema' };
    case 'schemaCommitted':
      return { kind: 'commit', title: `has the new schema as version ${action.version}` };
    case 'appendDurable':
      return { kind: 'completion', title: 'its storage holds what was being appended' };
    case 'appendFailed':
      return {
        kind: 'fault',
        title: `its storage fails to append${action.kept === null ? '' : `, and yet keeps the ${action.kept.kind}`}`,
      };
    case 'recoveryBegan':
      return { kind: 'commit', title: 'reads its log anew' };
    case 'serverStopping':
      return { kind: 'fault', title: 'is being stopped' };
    case 'serverStopped':
      return { kind: 'fault', title: action.how === 'crash' ? 'crashes' : 'has stopped' };
    case 'recovered':
      return { kind: 'commit', title: `goes on from version ${action.version}` };
    case 'evaluated':
      return { kind: 'commit', title: `evaluates group ${action.group} for version ${action.version}` };
    case 'encoded':
      return { kind: 'commit', title: `encodes the update of group ${action.group} for version ${action.version}` };
  }
}

function sayOutcome(outcome: Extract<Action, { readonly kind: 'pushSettled' }>['outcome']): string {
  if (outcome.outcome === 'failed') return 'failed';
  return `${outcome.outcome}${outcome.issues.length === 0 ? '' : `, with issues: ${outcome.issues.join('; ')}`}`;
}
