/** Reads the steps of a script: one reader a kind, in a table that the compiler holds complete. */
import type { Nonsense, StrangerWord } from '../../model/actions.ts';
import { readChoice, readFlag, readList, readName, readNumber, readPattern, readWhole, wrong } from '../language/checks.ts';
import { isLabel } from '../language/labels.ts';
import { readSchema } from '../language/schemas.ts';
import { commandReaders, keysOf, type Readers, readClient, readClientOnly, readCommand, readKind, readStep } from './parse-commands.ts';
import type { Step, StepKind } from './script.ts';

export const callbacks = ['status', 'sessionError', 'results', 'synced', 'syncFailed'] as const;
export const cuts = ['clean', 'abrupt', 'halfOpen'] as const;
export const restarts = ['graceful', 'crash'] as const;
/** What a server may be told that no client should say; the first of them a client may be told too. */
export const nonsenses: readonly Nonsense[] = [
  'notJson',
  'notAFrame',
  'unknownType',
  'missingField',
  'badFilter',
  'helloAgain',
  'subscribedTwice',
  'writeGap',
  'requestGap',
  'oversized',
];
export const strangerWords: readonly StrangerWord[] = ['notJson', 'oversized', 'beforeHello', 'otherVersion'];

const readers: Readers<StepKind> = {
  ...commandReaders,
  together: (value, path) => {
    const commands = readList(readStep(value, path, ['commands']).commands, `${path}.commands`, readCommand);
    if (commands.length === 0) throw wrong(`${path}.commands`, 'at least one command');
    return { do: 'together', commands };
  },
  inCallback: (value, path) => {
    const fields = readStep(value, path, ['client', 'callback', 'command']);
    return {
      do: 'inCallback',
      client: readClient(fields.client, `${path}.client`),
      callback: readChoice(fields.callback, `${path}.callback`, callbacks),
      command: readCommand(fields.command, `${path}.command`),
    };
  },
  hold: (value, path) => ({ do: 'hold', label: readLabel(readStep(value, path, ['label']).label, `${path}.label`) }),
  release: (value, path) => ({ do: 'release', label: readLabel(readStep(value, path, ['label']).label, `${path}.label`) }),
  deliver: (value, path) => {
    const fields = readStep(value, path, ['label', 'count']);
    return { do: 'deliver', label: readLabel(fields.label, `${path}.label`), count: readWhole(fields.count, `${path}.count`, 1) };
  },
  advance: (value, path) => ({ do: 'advance', ms: readWhole(readStep(value, path, ['ms']).ms, `${path}.ms`, 0) }),
  cut: (value, path) => {
    const fields = readStep(value, path, ['client', 'how']);
    return { do: 'cut', client: readClient(fields.client, `${path}.client`), how: readChoice(fields.how, `${path}.how`, cuts) };
  },
  refuseConnections: (value, path) => ({ do: 'refuseConnections', ...readClientOnly(value, path) }),
  acceptConnections: (value, path) => ({ do: 'acceptConnections', ...readClientOnly(value, path) }),
  jumpWallClock: (value, path) => {
    const fields = readStep(value, path, ['process', 'byMs']);
    return { do: 'jumpWallClock', process: readProcess(fields.process, `${path}.process`), byMs: readNumber(fields.byMs, `${path}.byMs`) };
  },
  rotateKeys: (value, path) => {
    readStep(value, path, []);
    return { do: 'rotateKeys' };
  },
  pushSchema: (value, path) => ({
    do: 'pushSchema',
    schema: readSchema(readStep(value, path, ['schema']).schema, `${path}.schema`),
  }),
  restartServer: (value, path) => {
    const fields = readStep(value, path, ['how', 'keepsTail']);
    return {
      do: 'restartServer',
      how: readChoice(fields.how, `${path}.how`, restarts),
      keepsTail: readFlag(fields.keepsTail, `${path}.keepsTail`),
    };
  },
  restartClient: (value, path) => {
    const fields = readStep(value, path, ['client', 'keepsTail']);
    return {
      do: 'restartClient',
      client: readClient(fields.client, `${path}.client`),
      keepsTail: readFlag(fields.keepsTail, `${path}.keepsTail`),
    };
  },
  failStorage: (value, path) => {
    const fields = readStep(value, path, ['process', 'keepsTail']);
    return {
      do: 'failStorage',
      process: readProcess(fields.process, `${path}.process`),
      keepsTail: readFlag(fields.keepsTail, `${path}.keepsTail`),
    };
  },
  inject: (value, path) => {
    const fields = readStep(value, path, ['client', 'to', 'nonsense']);
    return {
      do: 'inject',
      client: readClient(fields.client, `${path}.client`),
      to: readChoice(fields.to, `${path}.to`, ['server', 'client']),
      nonsense: readChoice(fields.nonsense, `${path}.nonsense`, nonsenses),
    };
  },
  stranger: (value, path) => ({
    do: 'stranger',
    says: readChoice(readStep(value, path, ['says']).says, `${path}.says`, strangerWords),
  }),
};

export const stepKinds: readonly StepKind[] = keysOf(readers);

export function readAnyStep(value: unknown, path: string): Step {
  return readers[readKind(value, path, stepKinds)](value, path);
}

function readLabel(value: unknown, path: string): string {
  const label = readName(value, path);
  if (!isLabel(label)) throw wrong(path, 'a label like c1→server, c1 refresh timer or server append');
  return label;
}

function readProcess(value: unknown, path: string): string {
  return readPattern(value, path, /^(server|c[1-9][0-9]*)$/, 'server or a client like c1');
}
