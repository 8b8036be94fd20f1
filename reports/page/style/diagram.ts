/**
 * How the diagram looks. Everything in it has its place at zoom 1 in custom properties (`--y`, `--h`), and is stretched
 * by `--zoom`, so that zooming is one property and marks keep their form.
 */
export const diagramStyle = `
:root {
  --client-1: light-dark(#2456c9, #86adff); --client-2: light-dark(#8a3ab9, #d49bff); --client-3: light-dark(#0b7069, #5bd0c4);
  --client-4: light-dark(#b0316e, #ff95c2); --client-5: light-dark(#8a5500, #f0b45c); --client-6: light-dark(#4d6512, #b5d163);
  --server: light-dark(#2b2d31, #dfe1e5); --world: light-dark(#62656b, #9a9fa8);
}
.client-1 { --process: var(--client-1); } .client-2 { --process: var(--client-2); } .client-3 { --process: var(--client-3); }
.client-4 { --process: var(--client-4); } .client-5 { --process: var(--client-5); } .client-6 { --process: var(--client-6); }
.server { --process: var(--server); } .world { --process: var(--world); }

.title-row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 10px 20px; margin-bottom: 10px; }
.title-row h2 { color: var(--ink); font-size: 18px; letter-spacing: -0.012em; }
.filter { display: inline-flex; align-items: center; gap: 8px; }
.filter input { width: 150px; min-height: 30px; padding: 3px 10px; border: 1px solid var(--line-strong); border-radius: 7px; background: var(--card); color: var(--ink); font: 13px/1.3 var(--sans); }
.filter input::placeholder { color: var(--ink-faint); opacity: 1; }
.filter output:empty { display: none; }
.filter output { color: var(--ink-soft); font-size: 13px; font-variant-numeric: tabular-nums; }

.stage { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; align-items: start; }
.diagram { position: relative; min-width: 0; max-height: max(380px, calc(100vh - 130px)); overflow: auto; border: 1px solid var(--line); border-radius: 12px; background: var(--card); scroll-padding: 56px 0 24px; overscroll-behavior-x: contain; }
.frame { --zoom: 1; --narrow: 1; --who: 64px; --lanes: calc(var(--time) + var(--breadth) * var(--narrow) * 1px); position: relative; min-width: calc(var(--lanes) + var(--words)); }
.heads { position: sticky; top: 0; z-index: 3; height: 34px; border-bottom: 1px solid var(--line); background: var(--card); }
.head { position: absolute; top: 8px; left: calc(var(--time) + var(--x) * var(--narrow) * 1px); transform: translateX(-50%); color: var(--process); font-size: 12px; font-weight: 650; line-height: 18px; }
.head.unit { left: 0; width: calc(var(--time) - 8px); transform: none; text-align: right; color: var(--ink-faint); font-weight: 400; }
.canvas { position: relative; height: calc(var(--height) * var(--zoom) * 1px); margin: 6px 0 10px; }

.lanes { position: absolute; left: var(--time); top: 0; width: calc(var(--w) * var(--narrow) * 1px); height: calc(var(--h) * var(--zoom) * 1px); overflow: visible; pointer-events: none; z-index: 1; }
.stretched { transform: scale(var(--narrow), var(--zoom)); }
.stretched line { vector-effect: non-scaling-stroke; }
.placed { transform: translate(calc(var(--x) * var(--narrow) * 1px), calc(var(--y) * var(--zoom) * 1px)); }
.placed.turned { transform: translate(calc(var(--x) * var(--narrow) * 1px), calc(var(--y) * var(--zoom) * 1px)) rotate(atan2(calc(var(--dy) * var(--zoom)), calc(var(--dx) * var(--narrow)))); }
.placed.sideways { transform: translate(calc(var(--x) * var(--narrow) * 1px), calc(var(--y) * var(--zoom) * 1px)) rotate(90deg); }
.lane { stroke: var(--line-strong); stroke-width: 1; }
.band { x: calc(var(--x) * var(--narrow) * 1px - 6px); width: calc(var(--w) * 1px); }
.group { x: calc(var(--x) * var(--narrow) * 1px); width: calc(var(--w) * var(--narrow) * 1px); }
.band, .group { y: calc(var(--y) * var(--zoom) * 1px); height: calc(var(--h) * var(--zoom) * 1px); stroke-width: 1; }
.pattern-ground { fill: var(--card); }
pattern path { fill: none; stroke-width: 1.4; }
.status-uninitialized { fill: none; stroke: var(--ink-faint); stroke-dasharray: 2 3; }
.status-connecting { fill: url(#pattern-connecting); stroke: light-dark(#a87413, #d3a13f); }
#pattern-connecting path { stroke: light-dark(#c99431, #b98b32); }
.status-open { fill: light-dark(#aedfbf, #22563a); stroke: light-dark(#3f9560, #4fae79); }
.status-closing { fill: url(#pattern-closing); stroke: light-dark(#b4602c, #e0915c); }
#pattern-closing path { stroke: light-dark(#d58a5a, #a8683d); }
.status-closed { fill: url(#pattern-closed); stroke: light-dark(#7b7f87, #868b94); }
#pattern-closed circle { fill: light-dark(#8d9199, #7d828b); }
.status-other { fill: var(--sunken); stroke: var(--ink-soft); }
.letter { font: 650 10px/1 var(--sans); text-anchor: middle; fill: var(--ink-soft); stroke: var(--card); stroke-width: 3px; paint-order: stroke; }
.group { fill: light-dark(#e7e6f4, #2b2b42); stroke: light-dark(#a5a3cc, #63629a); }
.group-label { font: 550 10px/1 var(--sans); dominant-baseline: central; fill: light-dark(#45437a, #c3c2ee); }

.message { stroke: var(--process); stroke-width: 1.3; fill: none; opacity: 0.85; }
.message .tip { fill: var(--process); stroke: none; }
.message.lost { stroke-dasharray: 5 3; }
.message .cross { stroke: var(--bad-strong); stroke-width: 2.2; stroke-linecap: round; stroke-dasharray: none; }
.message.injected { stroke-dasharray: 2 2.5; }
.message .origin { fill: var(--card); stroke: var(--process, var(--ink-soft)); stroke-width: 1.5; stroke-dasharray: none; }
.message.underway { stroke-dasharray: 9 2 6 3 4 4 2 5 1 6 1 99; }
.message.lit { opacity: 1; stroke-width: 2.6; }
.lanes.following .message:not(.lit) { opacity: 0.22; }

.mark { --process-ink: var(--process, var(--ink-soft)); }
.mark .solid { fill: var(--process-ink); stroke: var(--card); stroke-width: 1.5; paint-order: stroke; }
.mark .open { fill: var(--card); stroke: var(--process-ink); stroke-width: 1.5; }
.mark .dashed { stroke-dasharray: 2 1.6; }
.mark .stroke { fill: none; stroke: var(--process-ink); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.mark .alarm { fill: var(--bad-strong); stroke: var(--card); stroke-width: 1.5; paint-order: stroke; }
.mark .on-alarm { stroke: light-dark(#fff, #1a0c0a); stroke-width: 2; stroke-linecap: round; }
.mark.selected { filter: drop-shadow(0 0 0.5px var(--accent)) drop-shadow(0 0 3px var(--accent)); }

.moment, .caption { position: absolute; left: 0; right: 0; top: calc(var(--y) * var(--zoom) * 1px); height: calc(var(--h) * var(--zoom) * 1px); }
.moment { padding: calc(var(--m) * var(--zoom) * 1px - 9px) 16px 0 calc(var(--lanes) + var(--who)); font-size: 13.5px; line-height: 18px; cursor: default; scroll-margin: 48px 0 24px; }
.moment:hover { background: color-mix(in srgb, var(--ink) 4%, transparent); }
.moment[aria-selected="true"] { background: var(--accent-ground); }
.moment:focus { outline: none; }
.moment:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.moment.partner { background: color-mix(in srgb, var(--accent-ground) 60%, transparent); }
.line { display: block; width: max-content; }
.when { position: absolute; left: 0; top: calc(var(--m) * var(--zoom) * 1px - 9px); width: calc(var(--time) - 8px); text-align: right; color: var(--ink-faint); font-size: 11.5px; font-weight: 400; font-variant-numeric: tabular-nums; }
.process { position: absolute; left: var(--lanes); width: 56px; color: var(--process); font-size: 12px; font-weight: 650; }
.title { display: block; color: var(--ink); }
.moment.kind-quiescent .title, .moment.kind-time .title { color: var(--ink-soft); }
.moment.heading { padding-left: calc(var(--lanes) + 34px); font-weight: 600; }
.moment.kind-step:not(.heading) .title { font-weight: 600; }
.moment.heading::before { content: ""; position: absolute; left: calc(var(--lanes) - 4px); right: 0; top: 5px; border-top: 1px solid var(--line); }
.number { position: absolute; left: var(--lanes); width: 26px; color: var(--ink-soft); font-variant-numeric: tabular-nums; }
.moment.kind-skip .title { color: var(--ink-soft); font-weight: 400; font-style: italic; }
.moment.kind-failed { background: var(--bad-ground); box-shadow: inset 0 2px var(--bad-strong), inset 0 -2px var(--bad-strong); font-weight: 600; }
.moment.kind-failed .title { color: var(--bad); }
.moment.kind-failed .line:last-child::after { content: "first divergence"; margin-left: 12px; padding: 0 8px; border-radius: 99px; background: var(--bad-strong); color: light-dark(#ffffff, #1a0c0a); font-size: 11.5px; }
.moment.missed { opacity: 0.28; }
.caption { padding: 12px 16px 0 var(--lanes); color: var(--ink-soft); font-size: 13px; font-weight: 600; line-height: 18px; white-space: nowrap; }
.caption::before { content: ""; position: absolute; left: calc(var(--lanes) - 4px); right: 0; top: 6px; border-top: 1px dashed var(--line-strong); }

.frame.overview .title, .frame.overview .process, .frame.overview .number, .frame.overview .when, .frame.overview .caption,
.frame.overview .letter, .frame.overview .group-label { visibility: hidden; }
.frame.overview .moment { padding-top: 0; }
.frame.overview .moment.kind-step:not(.heading) .title { font-weight: 600; }
.moment.heading::before { display: none; }
.frame.overview .moment.told { overflow: visible; }
.frame.overview .moment.told .title, .frame.overview .moment.told .number { visibility: visible; position: absolute; top: calc(50% - 9px); }
.frame.overview .moment.told .title { left: calc(var(--lanes) + 34px); }
.frame.overview .moment.told .line:not(:first-child) { display: none; }
.frame.overview .moment.told .line:first-child:not(:last-child)::after { content: " …"; }
.frame.overview .mark:not(.kind-failed):not(.kind-fault):not(.kind-commit):not(.kind-command):not(.selected) { display: none; }
.frame.overview .mark > * { transform: scale(0.6); }
.frame.overview .message { opacity: 0.55; stroke-width: 1; }
.frame.overview .placed.turned { display: none; }
.frame.overview .moment[aria-selected="true"] { box-shadow: 0 0 0 1.5px var(--accent); z-index: 2; }
.frame.overview .moment.kind-failed { box-shadow: 0 0 0 1.5px var(--bad-strong); z-index: 2; }

.details { display: none; position: absolute; z-index: 4; top: 100%; left: var(--lanes); max-width: 480px; padding: 10px 14px; border: 1px solid var(--line-strong); border-radius: 10px; background: var(--card); font-weight: 400; box-shadow: 0 8px 30px rgb(0 0 0 / 0.15); }
.moment > .details[hidden] { display: none; }
.details > div { display: grid; grid-template-columns: 110px minmax(0, 1fr); gap: 10px; }
.panel { position: sticky; top: 12px; max-height: max(380px, calc(100vh - 130px)); overflow: auto; padding: 16px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.panel h3 { font-size: 15px; font-weight: 600; line-height: 1.4; overflow-wrap: anywhere; letter-spacing: -0.005em; }
.panel .of { margin-bottom: 10px; color: var(--process, var(--ink-soft)); font-size: 13px; font-weight: 600; }
.panel dl { margin-top: 10px; }
.panel .hint { padding-top: 10px; border-top: 1px solid var(--line); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 12px; color: var(--ink-soft); font-size: 12.5px; }
.legend li { display: inline-flex; align-items: center; gap: 5px; }
.legend b { color: var(--ink); font-weight: 650; }
.icon { --zoom: 1; --narrow: 1; flex: none; }

@media (min-width: 1180px) { .stage.detailed { grid-template-columns: minmax(0, 1fr) minmax(280px, 24%); } }
@media (max-width: 620px) {
  .diagram { max-height: 72vh; }
  .filter { flex: 1 1 100%; }
  .filter input { flex: 1; max-width: none; }
  .frame { --narrow: 0.6; --who: 47px; }
  .group-label { font-size: 8.5px; }
}
@media print {
  .diagram { max-height: none; overflow: visible; border: 0; }
  .heads { position: static; }
  .frame { min-width: 0; }
}
.dragging { cursor: grabbing; user-select: none; }
`;
