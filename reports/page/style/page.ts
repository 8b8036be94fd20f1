/** How the page looks around its diagram. */
export const pageStyle = `
body { padding-bottom: 64px; }
.bar { display: flex; align-items: center; gap: 12px; padding: 12px clamp(16px, 3vw, 48px); border-bottom: 1px solid var(--line); }
.brand { display: inline-flex; align-items: center; gap: 8px; font-weight: 650; letter-spacing: -0.01em; }
.brand path { fill: none; stroke: var(--accent); stroke-width: 1.8; stroke-linecap: round; }
.bar .name { flex: 1; min-width: 0; color: var(--ink-soft); font: 13px/1.4 var(--mono); overflow-wrap: anywhere; }
main { max-width: 1760px; margin: 0 auto; padding: 0 clamp(16px, 3vw, 48px); }
h2 { font-size: 13px; font-weight: 600; letter-spacing: 0.01em; color: var(--ink-soft); }
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
[hidden] { display: none !important; }

.button {
  appearance: none; display: inline-flex; align-items: center; gap: 6px; min-height: 30px; padding: 3px 11px;
  border: 1px solid var(--line-strong); border-radius: 7px; background: var(--card); color: var(--ink);
  font: 500 13px/1.3 var(--sans); text-decoration: none; cursor: pointer; white-space: nowrap;
}
.button:hover { border-color: var(--ink-faint); background: var(--sunken); }
.button kbd { padding: 0 4px; border-radius: 4px; background: var(--sunken); color: var(--ink-soft); font-size: 11px; }
.group-of { display: inline-flex; }
.group-of .button { border-radius: 0; margin-left: -1px; min-width: 34px; justify-content: center; }
.group-of .button:first-child { border-radius: 7px 0 0 7px; margin-left: 0; }
.group-of .button:last-child { border-radius: 0 7px 7px 0; }

.verdict { padding: clamp(24px, 4vw, 44px) 0 20px; }
.badge { display: inline-block; margin-right: 12px; padding: 1px 10px; border-radius: 99px; font-size: 13px; font-weight: 600; }
.badge.failed { background: var(--bad-ground); color: var(--bad); }
.badge.held { background: var(--good-ground); color: var(--good); }
.badge.undecided { background: var(--unsure-ground); color: var(--unsure); }
.class { display: inline; color: var(--ink-soft); font-size: 13px; overflow-wrap: anywhere; }
h1 { margin: 12px 0 12px; max-width: 44ch; font-size: clamp(24px, 1.1rem + 1.6vw, 38px); font-weight: 650; line-height: 1.18; letter-spacing: -0.022em; overflow-wrap: anywhere; text-wrap: balance; }
.law { max-width: 92ch; color: var(--ink-soft); text-wrap: pretty; overflow-wrap: anywhere; }
.rule { display: inline-block; margin-right: 4px; padding: 0 7px; border-radius: 5px; background: var(--accent-ground); color: var(--accent); font: 600 13px/1.6 var(--mono); }

.explained { display: grid; gap: 32px; grid-template-columns: minmax(0, 1fr); margin-bottom: 40px; }
.sides { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)); margin: 10px 0; }
.side { padding: 12px 16px 16px; border: 1px solid var(--line); border-top-width: 3px; border-radius: 10px; background: var(--card); min-width: 0; }
.side.allowed { border-top-color: var(--good); }
.side.shown { border-top-color: var(--bad-strong); }
.side figcaption { display: flex; justify-content: space-between; font-size: 13px; font-weight: 600; }
.side.allowed figcaption { color: var(--good); }
.side.shown figcaption { color: var(--bad); }
.sign { font-family: var(--mono); }
.said, .others { font: 14px/1.65 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; margin-top: 6px; }
.others li { margin-bottom: 4px; }
.or { margin-top: 8px; color: var(--ink-faint); font-size: 13px; }
del, ins { padding: 1px 3px; border-radius: 4px; text-decoration-line: underline; text-decoration-thickness: 2px; text-underline-offset: 3px; font-weight: 600; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
del { background: var(--good-ground); color: var(--good); text-decoration-style: dotted; }
ins { background: var(--bad-ground); color: var(--bad); text-decoration-style: solid; }
del::before { content: "−\\2060"; } ins::before { content: "+\\2060"; }
.where { font-size: 13px; }

.chain ol { counter-reset: link; margin-top: 10px; max-width: 92ch; }
.chain li { counter-increment: link; position: relative; padding: 0 0 14px 38px; }
.chain li::before { content: counter(link); position: absolute; left: 0; top: 0; width: 24px; height: 24px; border: 1px solid var(--line-strong); border-radius: 99px; background: var(--card); color: var(--ink-soft); font: 600 12px/22px var(--sans); text-align: center; font-variant-numeric: tabular-nums; }
.chain li:not(:last-child)::after { content: ""; position: absolute; left: 11.5px; top: 26px; bottom: 2px; width: 1px; background: var(--line-strong); }
.chain a { color: inherit; text-decoration-color: transparent; overflow-wrap: anywhere; }
.chain a:hover, .chain a:focus-visible { text-decoration-color: currentColor; }
.chain li:last-child { font-weight: 600; padding-bottom: 0; }
.chain li:last-child::before { border-color: var(--bad-strong); background: var(--bad-ground); color: var(--bad); }

.reproduction { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); margin-top: 40px; }
.column { display: grid; gap: 16px; align-content: start; min-width: 0; }
.card { padding: 18px 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); min-width: 0; }
.card > h2 { margin-bottom: 10px; color: var(--ink); font-size: 15px; letter-spacing: -0.005em; }
.setting { margin-bottom: 10px; color: var(--ink-soft); font-size: 14px; overflow-wrap: anywhere; }
.steps ol { counter-reset: step; }
.steps li { counter-increment: step; position: relative; padding: 5px 10px 5px 46px; border-radius: 7px; overflow-wrap: anywhere; }
.steps li::before { content: counter(step); position: absolute; left: 0; width: 32px; text-align: right; color: var(--ink-faint); font-variant-numeric: tabular-nums; }
.steps a { color: inherit; text-decoration-color: transparent; }
.steps a:hover { text-decoration-color: currentColor; }
.steps .failing { background: var(--bad-ground); box-shadow: inset 3px 0 var(--bad-strong); }
.steps .afterwards { margin-top: 8px; padding: 5px 10px 5px 46px; border-radius: 7px; }
.flag { display: inline-block; margin-left: 10px; color: var(--bad); font-size: 13px; font-weight: 600; }
.copied { display: flex; gap: 10px; align-items: start; }
.copied pre { flex: 1; min-width: 0; }
.card pre { padding: 10px 14px; border-radius: 8px; background: var(--sunken); font-size: 13px; line-height: 1.6; overflow: auto; }
.command pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.hint { margin-top: 10px; color: var(--ink-soft); font-size: 13px; }
.facts dl > div, .panel dl > div { display: grid; grid-template-columns: minmax(92px, 30%) minmax(0, 1fr); gap: 12px; padding: 5px 0; border-top: 1px solid var(--line); font-size: 14px; }
.facts dl > div:first-child, .panel dl > div:first-child { border-top: 0; }
dt { color: var(--ink-soft); overflow-wrap: anywhere; }
dd { overflow-wrap: anywhere; white-space: pre-wrap; font-variant-numeric: tabular-nums; }
.sources { display: grid; gap: 16px; margin-top: 16px; }
.source { padding: 0; }
.source summary { padding: 14px 20px; font-weight: 600; cursor: pointer; border-radius: 12px; }
.source .tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 0 20px; }
.source .tools .hint { flex: 1 1 260px; margin: 0; overflow-wrap: anywhere; }
.source pre { margin: 12px 20px 20px; max-height: 70vh; }

dialog { width: min(520px, calc(100vw - 32px)); padding: 22px 24px; border: 1px solid var(--line-strong); border-radius: 14px; background: var(--card); color: var(--ink); box-shadow: 0 24px 80px rgb(0 0 0 / 0.25); }
dialog::backdrop { background: rgb(0 0 0 / 0.35); }
dialog h2 { margin-bottom: 12px; color: var(--ink); font-size: 16px; }
dialog dl > div { display: grid; grid-template-columns: 132px minmax(0, 1fr); gap: 12px; padding: 4px 0; font-size: 14px; }
dialog dt { white-space: nowrap; }
dialog kbd, .hint kbd { padding: 1px 6px; border: 1px solid var(--line-strong); border-radius: 5px; background: var(--sunken); font-size: 12px; }
dialog .button { margin-top: 16px; }

@media (min-width: 1180px) {
  .explained { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 56px; }
  .reproduction { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
}
@media (max-width: 620px) {
  .copied { flex-direction: column; }
  .bar { flex-wrap: wrap; }
  .bar .name { order: 3; flex-basis: 100%; }
  .bar .controls { margin-left: auto; }
  .facts dl > div, .panel dl > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
@media print {
  :root { color-scheme: light; }
  body { padding: 0; font-size: 11px; }
  .controls, .button, .panel { display: none !important; }
  .source:not([open]) { display: none; }
  .source pre { max-height: none; white-space: pre-wrap; }
  .card, .side { break-inside: avoid; }
}
`;
