/**
 * What all pages look like: colours for light and dark, type, spacing. `light-dark()` follows the reader's preference
 * unless a page sets `color-scheme` itself. All pairs of text and ground have a contrast of 4.5 or more.
 */
export const baseStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fbfbfa, #131416);
  --card: light-dark(#ffffff, #1a1c1f);
  --sunken: light-dark(#f3f3f1, #101113);
  --line: light-dark(#e4e4e0, #2c2f34);
  --line-strong: light-dark(#c9c9c3, #44484f);
  --ink: light-dark(#1b1c1e, #e9e9e6);
  --ink-soft: light-dark(#55585d, #a9adb4);
  --ink-faint: light-dark(#676a70, #8e939b);
  --accent: light-dark(#2f57c4, #8fb0ff);
  --accent-ground: light-dark(#e9effc, #1e2740);
  --bad: light-dark(#b3261e, #ff9a8f);
  --bad-strong: light-dark(#d03a2f, #f0695c);
  --bad-ground: light-dark(#fdeeec, #351b1a);
  --good: light-dark(#1c6b3c, #7fd6a0);
  --good-ground: light-dark(#e8f5ec, #15291d);
  --unsure: light-dark(#80550a, #e6bd6a);
  --unsure-ground: light-dark(#fbf3e0, #2d2413);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 15px/1.55 var(--sans);
  font-synthesis-weight: none;
  text-rendering: optimizeLegibility;
}
h1, h2, h3, p, ol, ul, dl, dd, pre, figure { margin: 0; padding: 0; }
ol, ul { list-style: none; }
code, pre, kbd { font-family: var(--mono); font-size: 0.9em; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
