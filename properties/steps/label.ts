/** What steps share that name a label. */
import { clientOfLabel, relabel } from '../language/labels.ts';
import { plainStep } from './step.ts';

interface Labelled {
  readonly label: string;
}

export const ofLabel = {
  ...plainStep,
  clients: ({ label }: Labelled): readonly string[] => {
    const client = clientOfLabel(label);
    return client === undefined ? [] : [client];
  },
  rename: <Step extends Labelled>(step: Step, rename: (client: string) => string): Step => ({
    ...step,
    label: relabel(step.label, rename),
  }),
};

/** An opening concerns both ends; a delivery the end that receives it; all else the process that the label begins with. */
export function concernsOfLabel({ label }: Labelled): readonly string[] {
  const opening = /^(c\d+) opening$/.exec(label)?.[1];
  if (opening !== undefined) return [opening, 'server'];
  const receiver = /→(.+)$/.exec(label)?.[1];
  return [receiver ?? label.split(' ')[0] ?? label];
}
