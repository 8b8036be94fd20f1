/**
 * For tests, within the page: which texts lie on each other, and which are cut off. Each function is sent to the
 * browser as it stands, so it holds all that it needs.
 */

/** Pairs of texts whose boxes meet. Texts in different parts that scroll for themselves cannot. */
export function overlappingTexts(): readonly string[] {
  const boxes: { readonly text: string; readonly part: Element; readonly box: DOMRect }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim();
    const element = node.parentElement;
    if (text === '' || element === null || element.closest('script, noscript, .unseen') !== null) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const part = element.closest('.diagram, .panel, pre, dialog') ?? document.body;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of element instanceof SVGElement ? [element.getBoundingClientRect()] : range.getClientRects())
      boxes.push({ text, part, box });
  }
  boxes.sort((a, b) => a.box.top - b.box.top);
  const found: string[] = [];
  boxes.forEach((one, place) => {
    for (const other of boxes.slice(place + 1)) {
      if (other.box.top >= one.box.bottom) break;
      if (other.part !== one.part || other.text === one.text) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      if (across > 1 && down > 3) found.push(`"${one.text}" and "${other.text}"`);
    }
  });
  return found;
}

/** Texts that reach beyond the page, beyond what can be scrolled to, or beyond the bar that they stand in. */
export function cutTexts(): readonly string[] {
  const found: string[] = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px broad`);
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('.unseen, script, svg') !== null || !element.checkVisibility()) continue;
    const { overflowX } = getComputedStyle(element);
    const name = `${element.className} "${(element.textContent ?? '').slice(0, 60)}"`;
    const hides = overflowX === 'hidden' || overflowX === 'clip';
    if (hides && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${name}`);
    if (element.closest('.diagram, pre') !== null) continue;
    const box = element.getBoundingClientRect();
    if (box.left < -1 || box.right > innerWidth + 1) found.push(`beyond the page: ${name}`);
  }
  const diagram = document.querySelector('.diagram');
  const frame = document.querySelector('.frame')?.getBoundingClientRect();
  if (diagram === null || frame === undefined) return ['no diagram'];
  for (const line of diagram.querySelectorAll('.line, .when, .number, .process, .letter, .group-label, .head')) {
    const box = line.getBoundingClientRect();
    if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`beyond the diagram: "${line.textContent}"`);
  }
  for (const label of diagram.querySelectorAll('.group-label')) {
    const box = label.getBoundingClientRect();
    const bar = label.previousElementSibling?.getBoundingClientRect();
    if (bar !== undefined && box.bottom > bar.bottom + 1) found.push(`beyond its bar: "${label.textContent}"`);
  }
  return found;
}
