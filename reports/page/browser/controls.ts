/** Buttons: copying, the theme, and dragging the lanes. */
import { find, findAll } from './elements.ts';

/** Shown only now: without a script they could do nothing. */
export function showControls(): void {
  for (const element of findAll('.controls, .copy, .panel', HTMLElement)) element.hidden = false;
  find('.stage', HTMLElement).classList.add('detailed');
}

export function listenToCopy(): void {
  for (const button of findAll('.copy', HTMLButtonElement)) {
    const source = button.closest('.card')?.querySelector('pre');
    button.addEventListener('click', () => {
      if (!(source instanceof HTMLElement)) return;
      void copy(source).then((copied) => {
        button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 1_600);
      });
    });
  }
}

/** Where the browser lets no page write to the clipboard, the text is at least selected. */
async function copy(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return false;
  }
}

const themes = ['auto', 'light', 'dark'] as const;

export function listenToTheme(): () => void {
  const button = find('[data-action="theme"]', HTMLButtonElement);
  let place = 0;
  return () => {
    place = (place + 1) % themes.length;
    const theme = themes[place] ?? 'auto';
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
}

/** Only the lanes: words are there to be selected. */
export function listenToDrag(): void {
  const diagram = find('.diagram', HTMLElement);
  const lanesWidth = find('svg.lanes', SVGSVGElement).width.baseVal.value;
  let from: { readonly x: number; readonly y: number; readonly left: number; readonly top: number } | null = null;
  diagram.addEventListener('pointerdown', (event) => {
    const x = event.clientX - diagram.getBoundingClientRect().left + diagram.scrollLeft;
    if (event.pointerType !== 'mouse' || event.button !== 0 || x > lanesWidth) return;
    from = { x: event.clientX, y: event.clientY, left: diagram.scrollLeft, top: diagram.scrollTop };
  });
  addEventListener('pointermove', (event) => {
    if (from === null) return;
    diagram.classList.add('dragging');
    diagram.scrollLeft = from.left + from.x - event.clientX;
    diagram.scrollTop = from.top + from.y - event.clientY;
  });
  addEventListener('pointerup', () => {
    from = null;
    diagram.classList.remove('dragging');
  });
}
