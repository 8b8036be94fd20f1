/** Reads the schedule of a script. */
import { isObject, readChoice, readList, readObject, readWhole, wrong } from '../language/checks.ts';
import { isLabel } from '../language/labels.ts';
import { fair, scriptWord, settleWord } from './schedule-words.ts';
import type { ScheduleSpec } from './script.ts';

const kinds = ['fair', 'priorities', 'chosen'] as const;

/** @throws {ScriptError} */
export function readSchedule(value: unknown, path: string): ScheduleSpec {
  if (!isObject(value)) throw wrong(path, 'an object');
  const kind = readChoice(value.kind, `${path}.kind`, kinds);
  switch (kind) {
    case 'fair':
      readObject(value, path, ['kind']);
      return fair;
    case 'priorities': {
      const fields = readObject(value, path, ['kind', 'seed', 'changePoints']);
      return {
        kind,
        seed: readWhole(fields.seed, `${path}.seed`, 0),
        changePoints: readList(fields.changePoints, `${path}.changePoints`, (point, at) => readWhole(point, at, 1)),
      };
    }
    case 'chosen': {
      const fields = readObject(value, path, ['kind', 'choices']);
      return { kind, choices: readList(fields.choices, `${path}.choices`, readParticipant) };
    }
  }
}

function readParticipant(value: unknown, path: string): string {
  const known = typeof value === 'string' && (value === scriptWord || value === settleWord || isLabel(value));
  if (!known) throw wrong(path, `a label, "${scriptWord}" or "${settleWord}"`);
  return value;
}
