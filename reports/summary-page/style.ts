/** What the summary page looks like, beyond what all pages share. */
export const summaryStyle = `
:root { --bar: color-mix(in srgb, var(--accent) 68%, var(--card)); }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
header { margin-bottom: 28px; }
h1 { font-size: 26px; line-height: 1.25; letter-spacing: -0.012em; font-weight: 650; text-wrap: balance; }
.verdict { display: inline-block; margin: 0 10px 6px 0; padding: 2px 10px 3px; border-radius: 6px; font-size: 14px; font-weight: 650; letter-spacing: 0.03em; vertical-align: middle; }
.held .verdict { color: var(--good); background: var(--good-ground); }
.failed .verdict { color: var(--bad); background: var(--bad-ground); }
.undecided .verdict { color: var(--unsure); background: var(--unsure-ground); }
h2 { font-size: 19px; font-weight: 650; letter-spacing: -0.008em; margin: 44px 0 6px; }
h3 { font-size: 15px; font-weight: 650; }
.lead, figcaption { color: var(--ink-soft); max-width: 78ch; text-wrap: pretty; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr)); gap: 14px 28px; margin-top: 20px; }
.figures dt { color: var(--ink-faint); font-size: 13px; }
.figures dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.figures .wide { grid-column: 1 / -1; }
.notes { margin-top: 16px; }
.notes li { padding: 6px 12px; border-left: 3px solid var(--unsure); background: var(--unsure-ground); margin-top: 6px; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; min-width: 0; }
.failure { margin-top: 14px; border-left: 3px solid var(--bad-strong); }
.failure h3 { color: var(--bad); overflow-wrap: anywhere; }
.failure p { margin-top: 4px; overflow-wrap: anywhere; }
.failure .law, .failure .about { color: var(--ink-soft); font-size: 14px; }
.pairs { margin-top: 10px; display: grid; grid-template-columns: auto 1fr; gap: 3px 14px; }
.pairs dt { color: var(--ink-faint); }
.pairs dd { overflow-wrap: anywhere; }
.failure ol { list-style: decimal; padding-left: 28px; margin-top: 8px; }
.failure ol li { overflow-wrap: anywhere; padding-left: 4px; }
.failure li.here { color: var(--bad); font-weight: 650; }
.command { display: block; margin-top: 12px; padding: 9px 12px; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
details { margin-top: 10px; }
summary { cursor: pointer; color: var(--accent); }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); gap: 18px; margin-top: 16px; align-items: start; }
.stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 18px; align-content: start; }
.grid + .stack { margin-top: 18px; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 0 20px; }
figure { display: block; }
figcaption { font-size: 14px; margin: 3px 0 12px; }
.scroll { overflow-x: auto; }
.scroll svg { display: block; width: 100%; height: auto; color: var(--ink); }
.plot { --plot-background: var(--card); }
.plot text { white-space: pre; }
.plot [aria-label*="axis"], .plot [aria-label*="tick"] { color: var(--ink-soft); }
.plot [aria-label*="grid"] { stroke-opacity: 0.13; }
.key { display: inline-block; width: 13px; height: 13px; border-radius: 3px; vertical-align: -2px; margin: 0 4px 0 2px; background: color-mix(in srgb, var(--accent) 45%, transparent); }
.key.never { background: var(--bad-ground); border: 1px solid var(--bad); }
.key.second { background: var(--unsure); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; color: var(--ink-faint); font-size: 13px; }
th, td { padding: 6px 16px 6px 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
tr:last-child td, tr:last-child th { border-bottom: 0; }
tbody th { color: var(--ink); font-size: inherit; white-space: nowrap; }
td.visited { white-space: nowrap; }
td.share { width: 130px; min-width: 70px; }
.meter { display: block; height: 7px; border-radius: 4px; background: var(--line); overflow: hidden; }
.meter i { display: block; height: 100%; background: var(--good); }
.meter.gaps i { background: var(--unsure); }
td.words { color: var(--ink-soft); font-size: 14px; overflow-wrap: anywhere; min-width: 200px; }
.never-words { color: var(--bad); }
.cells { margin-top: 6px; columns: 3 300px; column-gap: 28px; font-size: 13.5px; }
.cells li { display: flex; justify-content: space-between; gap: 12px; border-bottom: 1px solid var(--line); padding: 1px 0; break-inside: avoid; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.cells li.never { color: var(--bad); }
footer { margin-top: 48px; color: var(--ink-faint); font-size: 13px; }
@media (max-width: 640px) {
  main { padding: 20px 14px 48px; }
  .card { padding: 14px; }
  h1 { font-size: 22px; }
  thead, td.share { display: none; }
  tr { display: grid; grid-template-columns: 1fr auto; border-bottom: 1px solid var(--line); padding: 6px 0; }
  tr:last-child { border-bottom: 0; }
  th, td { border: 0; padding: 0; }
  td.words { grid-column: 1 / -1; min-width: 0; }
}
@media print {
  .card, figure { break-inside: avoid; }
}
`;
