/** The height of the rows. Where they are too low for words it becomes an overview, with as many steps told as have room. */
import { find } from './elements.ts';
import type { Row } from './rows.ts';

const factor = 1.25;
const largest = 3;
const smallest = 0.01;
/** Between the middles of two steps that are told in the overview. */
const toldDistance = 20;

export function openZoom(rows: readonly Row[]) {
  const diagram = find('.diagram', HTMLElement);
  const frame = find('.frame', HTMLElement);
  const canvas = find('.canvas', HTMLElement);
  const fullHeight = Number(frame.style.getPropertyValue('--height'));
  let zoom = 1;

  const set = (wanted: number, aroundY: number): void => {
    const next = Math.min(largest, Math.max(smallest, Math.abs(wanted - 1) < 0.02 ? 1 : wanted));
    const held = (diagram.scrollTop + aroundY - canvas.offsetTop) / zoom;
    zoom = next;
    frame.style.setProperty('--zoom', String(zoom));
    frame.classList.toggle('overview', zoom < 1);
    tellSteps(rows, zoom);
    diagram.scrollTop = held * zoom + canvas.offsetTop - aroundY;
  };
  const middle = (): number => diagram.clientHeight / 2;
  const by = (change: number): void => set(zoom * change, middle());

  diagram.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      set(zoom * Math.exp(-event.deltaY / 300), event.clientY - diagram.getBoundingClientRect().top);
    },
    { passive: false },
  );
  return {
    larger: () => by(factor),
    smaller: () => by(1 / factor),
    reset: () => set(1, middle()),
    fit: () => {
      set(1, 0);
      set(Math.min(1, (diagram.clientHeight - canvas.offsetTop - 14) / fullHeight), 0);
      diagram.scrollTop = 0;
    },
  };
}

function tellSteps(rows: readonly Row[], zoom: number): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const { element, isHeading } of rows) {
    const y = Number(element.style.getPropertyValue('--y')) * zoom;
    const told = isHeading && y - last >= toldDistance;
    element.classList.toggle('told', told);
    if (told) last = y;
  }
}
