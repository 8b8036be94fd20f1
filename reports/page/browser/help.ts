/** The keys, told when asked. */
import { find } from './elements.ts';

const keys: readonly (readonly [keys: string, words: string])[] = [
  ['↑ ↓  or  k j', 'moment before, moment after'],
  ['← →  or  h l', 'along a message to its other end'],
  ['n  p', 'next step, step before'],
  ['Home  End', 'first moment, last moment'],
  ['d', 'to the divergence'],
  ['+  −  0', 'larger, smaller, as it was'],
  ['f', 'all at once'],
  ['/', 'filter by text; Enter goes to the first, Esc ends it'],
  ['?', 'these keys'],
];

const hint =
  'Arrows, Home and End scroll the page until a moment has the focus; the letters always work. The wheel scrolls, with Ctrl it zooms. Drag the lanes to move them.';

export function openHelp(): () => void {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'keys-title');
  const close = '<button type="button" class="button">Close</button>';
  // Words of this file alone: nothing in them acts as markup.
  dialog.innerHTML = `<h2 id="keys-title">Keys</h2><dl>${keys.map(entry).join('')}</dl><p class="hint">${hint}</p>${close}`;
  document.body.append(dialog);
  find('button', HTMLButtonElement, dialog).addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  return () => (dialog.open ? dialog.close() : dialog.showModal());
}

function entry([names, words]: (typeof keys)[number]): string {
  const parts = names.split(/\s+/u).map((name) => (name === 'or' ? '<span>or</span> ' : `<kbd>${name}</kbd> `));
  return `<div><dt>${parts.join('')}</dt><dd>${words}</dd></div>`;
}
