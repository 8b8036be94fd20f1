/** The keys, told when asked. */

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

export function openHelp(): () => void {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'keys-title');
  const title = document.createElement('h2');
  title.id = 'keys-title';
  title.textContent = 'Keys';
  const list = document.createElement('dl');
  for (const [names, words] of keys) list.append(entry(names, words));
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.textContent =
    'Arrows, Home and End scroll the page until a moment has the focus; the letters always work. The wheel scrolls, with Ctrl it zooms. Drag the lanes to move them.';
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button';
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  dialog.append(title, list, hint, close);
  document.body.append(dialog);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  return () => (dialog.open ? dialog.close() : dialog.showModal());
}

function entry(names: string, words: string): HTMLElement {
  const row = document.createElement('div');
  const term = document.createElement('dt');
  for (const name of names.split(/\s+/u)) {
    const part = document.createElement(name === 'or' ? 'span' : 'kbd');
    part.textContent = name;
    term.append(part, ' ');
  }
  const description = document.createElement('dd');
  description.textContent = words;
  row.append(term, description);
  return row;
}
