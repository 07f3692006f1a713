/** The style sheet of the timeline page. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #16191f; --quiet: #545b64; --line: #d5dbdb; --track: #f2f3f3;
  --run: #0972d3; --cut: #8fb8e8; --stripe: #5a8fd0; --overlap: #d13212; --mark: #fdf3f1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1b2a; --text: #e9ebed; --quiet: #a5b1c2; --line: #354150; --track: #1a2636;
    --run: #539fe5; --cut: #27476b; --stripe: #3d6ea3; --overlap: #ff8a73; --mark: #33201f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
.legend { color: var(--quiet); font-size: .875rem; }
.key { display: inline-block; width: 1.5rem; height: .8rem; border-radius: .2rem; margin: 0 .25rem 0 1rem; vertical-align: -.05rem; }
.key:first-child { margin-left: .125rem; }
.run, .bar b { background: var(--run); }
.cut, .bar { background: repeating-linear-gradient(135deg, var(--cut) 0 3px, var(--stripe) 3px 5px); }
.days { position: relative; height: 1.5rem; margin-left: 14rem; font-size: .8rem; color: var(--quiet); }
.days span { position: absolute; white-space: nowrap; padding-left: .2rem; }
.lane { display: grid; grid-template-columns: 14rem 1fr; align-items: center; margin-bottom: .25rem; }
.name { padding-right: .75rem; font-size: .875rem; overflow-wrap: anywhere; }
.track { position: relative; height: 2rem; background: var(--track); border-radius: .25rem; overflow: clip; overflow-clip-margin: .4rem; }
.track i { position: absolute; top: 0; bottom: 0; border-left: 1px solid var(--line); }
.bar { position: absolute; top: .3rem; bottom: .3rem; min-width: 6px; border-radius: .2rem; overflow: hidden; }
.bar b { display: block; height: 100%; }
.bar.overlap, .key.overlap { outline: 2px solid var(--overlap); outline-offset: 1px; }
.bar.closed, .key.closed { background: repeating-linear-gradient(135deg, transparent 0 3px, var(--quiet) 3px 5px); outline: 1px dashed var(--quiet); }
.bar.closed b { background: none; }
.bar:hover, .bar:focus-visible { outline: 3px solid var(--text); outline-offset: 1px; z-index: 1; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem .4rem; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
tbody th { font-weight: 600; overflow-wrap: anywhere; }
td .date { white-space: nowrap; }
tr.overlap { background: var(--mark); }
tr.overlap td:last-child { color: var(--overlap); font-weight: 600; }
tr.closed td[data-heading="Opens"], tr.closed td[data-heading="Last start before"], tr.closed td[data-heading="Closes"], tr.closed td[data-heading="UTC"] { text-decoration: line-through; color: var(--quiet); }
tr:target { outline: 3px solid var(--run); outline-offset: -3px; }
@media (max-width: 45rem) {
  .days { margin-left: 0; }
  .days small { display: none; }
  .lane { grid-template-columns: 1fr; margin-bottom: .6rem; }
  table, tbody, tr, tbody th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border: 1px solid var(--line); border-radius: .4rem; margin-bottom: .75rem; padding: .4rem; }
  th, td { border: 0; padding: .15rem .25rem; }
  td { display: grid; grid-template-columns: 8.5rem 1fr; overflow-wrap: anywhere; }
  td::before { content: attr(data-heading); color: var(--quiet); font-weight: 400; }
  td:empty { display: none; }
}
@media print { section, tr { break-inside: avoid; } .bar, .key { print-color-adjust: exact; } }
`;
