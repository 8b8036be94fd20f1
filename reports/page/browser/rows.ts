/** The moments as they stand in the page, and what binds them: steps, and the ends of messages. */
import { findAll } from './elements.ts';

export interface Row {
  readonly index: number;
  readonly element: HTMLElement;
  readonly step: number;
  readonly isHeading: boolean;
  readonly ends: readonly { readonly message: string; readonly other: number | null }[];
  /** What the filter looks at, in small letters. */
  readonly text: string;
}

export function readRows(): readonly Row[] {
  return findAll('.moment', HTMLElement).map((element, index) => ({
    index,
    element,
    step: Number(element.dataset.step),
    isHeading: element.classList.contains('heading'),
    ends: readEnds(element.dataset.ends ?? ''),
    text: (element.textContent ?? '').toLowerCase(),
  }));
}

function readEnds(text: string): Row['ends'] {
  return text.split(' ').flatMap((end) => {
    const [message, other] = end.split(':');
    return message === undefined || message === '' ? [] : [{ message, other: other === undefined || other === '' ? null : Number(other) }];
  });
}
