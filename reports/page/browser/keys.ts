/** What the keys do. Keys with Ctrl, Alt or Meta stay the browser's, and so do all while something is typed. */
import type { Move } from './moves.ts';

type KeyAction = 'larger' | 'smaller' | 'reset' | 'fit' | 'filter' | 'help' | 'clear';
type KeyActions = Readonly<Record<KeyAction, () => void>> & { readonly move: (move: Move) => void };

export function actionOf(key: string, actions: KeyActions): (() => void) | undefined {
  const move = movesByKey.get(key);
  if (move !== undefined) return () => actions.move(move);
  const action = actionsByKey.get(key);
  return action === undefined ? undefined : () => actions[action]();
}

const movesByKey: ReadonlyMap<string, Move> = new Map([
  ['ArrowDown', 'down'],
  ['j', 'down'],
  ['ArrowUp', 'up'],
  ['k', 'up'],
  ['ArrowLeft', 'earlierEnd'],
  ['h', 'earlierEnd'],
  ['ArrowRight', 'laterEnd'],
  ['l', 'laterEnd'],
  ['n', 'nextStep'],
  ['p', 'previousStep'],
  ['Home', 'first'],
  ['End', 'last'],
  ['d', 'divergence'],
]);
const actionsByKey: ReadonlyMap<string, KeyAction> = new Map([
  ['+', 'larger'],
  ['=', 'larger'],
  ['-', 'smaller'],
  ['−', 'smaller'],
  ['0', 'reset'],
  ['f', 'fit'],
  ['/', 'filter'],
  ['?', 'help'],
  ['Escape', 'clear'],
]);

/** Keys that scroll the page: they are the diagram's only while it has the focus. */
const scrollingKeys: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

export function listenToKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]') !== null && key !== '?') return;
    if (target instanceof HTMLInputElement) return;
    const inDiagram = target instanceof Element && target.closest('.stage') !== null;
    if (scrollingKeys.has(key) && !inDiagram) return;
    const action = actionOf(key, actions);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}
