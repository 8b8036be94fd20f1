/** Which moment is looked at: its row, its mark, its messages with their other ends, and the panel with its details. */
import { find, findAll } from './elements.ts';
import type { Row } from './rows.ts';

export interface Selection {
  /** Of the moment that is looked at; -1 for none. */
  current(): number;
  select(index: number, how?: { readonly focus: boolean }): void;
}

export function openSelection(rows: readonly Row[]): Selection {
  const panel = find('.panel', HTMLElement);
  const lanes = find('svg.lanes', SVGSVGElement);
  let chosen = -1;

  const show = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    for (const element of findAll('.lit, .partner, .selected', Element)) element.classList.remove('lit', 'partner', 'selected');
    lanes.classList.toggle('following', row.ends.length > 0);
    find(`[data-mark="${index}"]`, SVGElement, lanes).classList.add('selected');
    for (const { message, other } of row.ends) {
      for (const element of findAll(`[data-message="${message}"]`, SVGElement, lanes)) element.classList.add('lit');
      if (other !== null) rows[other]?.element.classList.add('partner');
    }
    fillPanel(panel, row, rows.length);
  };

  const select: Selection['select'] = (index, how = { focus: true }) => {
    const row = rows[index];
    if (row === undefined) return;
    const before = rows[chosen]?.element ?? rows[0]?.element;
    before?.setAttribute('aria-selected', 'false');
    before?.setAttribute('tabindex', '-1');
    row.element.setAttribute('aria-selected', 'true');
    row.element.setAttribute('tabindex', '0');
    chosen = index;
    show(index);
    if (how.focus) row.element.focus({ preventScroll: true });
    bringIntoView(row.element);
  };

  for (const row of rows) {
    row.element.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'mouse' && event.buttons === 0) show(row.index);
    });
    row.element.addEventListener('click', (event) => {
      if (!(event.target instanceof HTMLAnchorElement)) select(row.index);
    });
    row.element.addEventListener('focus', () => {
      if (chosen !== row.index) select(row.index, { focus: false });
    });
  }
  find('.diagram', HTMLElement).addEventListener('pointerleave', () => show(chosen));
  return { current: () => chosen, select };
}

function fillPanel(panel: HTMLElement, { element, index }: Row, count: number): void {
  const title = findAll('.line', HTMLElement, element).map((line) => line.textContent ?? '');
  const number = element.querySelector('.number')?.textContent;
  const heading = document.createElement('h3');
  heading.textContent = `${number === null || number === undefined ? '' : `Step ${number}: `}${title.join(' ')}`;
  const place = document.createElement('p');
  place.className = `of ${[...element.classList].find((name) => /^(?:client-\d+|server|world)$/u.test(name)) ?? ''}`;
  place.textContent = `Row ${index + 1} of ${count}`;
  const details = find('.details', HTMLElement, element).cloneNode(true);
  if (details instanceof HTMLElement) {
    details.hidden = false;
    details.className = '';
    for (const link of findAll('a', HTMLAnchorElement, details)) link.removeAttribute('tabindex');
  }
  panel.replaceChildren(place, heading, details);
  panel.scrollTop = 0;
}

/** Only the diagram is scrolled across; the page is moved where the diagram is out of sight. */
function bringIntoView(element: HTMLElement): void {
  const diagram = find('.diagram', HTMLElement);
  const heads = find('.heads', HTMLElement).offsetHeight;
  const row = element.getBoundingClientRect();
  const box = diagram.getBoundingClientRect();
  const above = row.top - (box.top + heads + 20);
  const below = row.bottom - (box.bottom - 30);
  if (above < 0) diagram.scrollTop += above;
  else if (below > 0) diagram.scrollTop += Math.min(below, above);
  const now = element.getBoundingClientRect();
  if (now.top < 0 || now.bottom > innerHeight) diagram.scrollIntoView({ block: 'nearest' });
  const after = element.getBoundingClientRect();
  if (after.top < 0 || after.bottom > innerHeight) scrollBy(0, after.top - innerHeight / 2);
}
