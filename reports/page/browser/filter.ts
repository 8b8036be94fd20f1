/** Finds moments by their text: the others fade, and the keys pass over them. */
import { find } from './elements.ts';
import type { Row } from './rows.ts';

/** `onEnter` is called with the first match. */
export function openFilter(rows: readonly Row[], onEnter: (row: Row) => void) {
  const input = find('.filter input', HTMLInputElement);
  const output = find('.filter output', HTMLOutputElement);
  const matches = (row: Row): boolean => row.text.includes(input.value.trim().toLowerCase());
  const apply = (): void => {
    for (const row of rows) row.element.classList.toggle('missed', !matches(row));
    const all = input.value.trim() === '';
    output.value = all ? '' : `${rows.filter(matches).length} of ${rows.length}`;
  };
  const clear = (): void => {
    input.value = '';
    apply();
  };
  input.addEventListener('input', apply);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') clear();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    const first = rows.find(matches);
    if (first === undefined) return;
    input.blur();
    onEnter(first);
  });
  return {
    matches,
    begin: () => {
      input.focus();
      input.select();
    },
    clear,
  };
}
