/** What the page does when touched: it is whole without this, and nothing of it is drawn here. */
import { listenToCopy, listenToDrag, listenToTheme, showControls } from './controls.ts';
import { find, findAll } from './elements.ts';
import { openFilter } from './filter.ts';
import { openHelp } from './help.ts';
import { listenToKeys } from './keys.ts';
import { type Move, moveFrom } from './moves.ts';
import { readRows } from './rows.ts';
import { openSelection } from './selection.ts';
import { openZoom } from './zoom.ts';

const rows = readRows();
showControls();
const selection = openSelection(rows);
const zoom = openZoom(rows);
const filter = openFilter(rows, (row) => selection.select(row.index));
const help = openHelp();

const move = (wanted: Move): void => {
  const next = moveFrom(rows, selection.current(), wanted, filter.matches);
  if (next !== null) selection.select(next);
};
const actions = { ...zoom, move, filter: filter.begin, clear: filter.clear, help };

listenToKeys(actions);
listenToCopy();
listenToDrag();
listenToButtons();
listenToLinks();
begin();

function listenToButtons(): void {
  const byName: Readonly<Record<string, () => void>> = {
    theme: listenToTheme(),
    help,
    divergence: () => move('divergence'),
    in: zoom.larger,
    out: zoom.smaller,
    fit: zoom.fit,
  };
  for (const button of findAll('[data-action]', HTMLButtonElement)) {
    button.addEventListener('click', () => byName[button.dataset.action ?? '']?.());
  }
}

/** Links to moments choose them instead of moving the page about. */
function listenToLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#m"]') : null;
    if (link === null) return;
    event.preventDefault();
    const index = Number(link.getAttribute('href')?.slice(2));
    selection.select(index);
    find('.stage', HTMLElement).scrollIntoView({ block: 'nearest' });
  });
}

/** The place in the address, else the divergence, else the beginning; the reader stays at the top of the page. */
function begin(): void {
  const asked = /^#m(\d+)$/u.exec(location.hash)?.[1];
  const first = asked === undefined ? (moveFrom(rows, -1, 'divergence', () => true) ?? 0) : Number(asked);
  const top = scrollY;
  selection.select(first, { focus: asked !== undefined });
  if (asked === undefined) scrollTo(0, top);
}
