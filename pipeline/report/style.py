"""How the report looks: light, dark and on paper, from a telephone to a wide screen."""

STYLE = """
:root { color-scheme: light dark;
  --paper: #f6f5f1; --surface: #ffffff; --ink: #1c2329; --muted: #5d6771; --line: #dcdfe2; --accent: #1d5f8a; --soft: #e6eef4;
  --warn: #b0530b; --good: #2b7a4b; --bad: #b3261e; --mark: #fdf1e3 }
@media (prefers-color-scheme: dark) { :root {
  --paper: #121518; --surface: #1b1f23; --ink: #e7e9eb; --muted: #9da7b0; --line: #353c43; --accent: #6fb4e3; --soft: #20303c;
  --warn: #eda45c; --good: #76c79f; --bad: #f28b82; --mark: #33281b } }
* { box-sizing: border-box }
html { scroll-behavior: smooth; scroll-padding-top: 3.6rem; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 400 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 1.5rem }
header { padding-top: 2.6rem; padding-bottom: 1.2rem }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .3rem; font-weight: 680 }
h2 { font-size: 1.28rem; line-height: 1.3; letter-spacing: -.01em; margin: 0 0 .25rem; font-weight: 660 }
h3 { font-size: 1rem; margin: 1.6rem 0 .5rem; font-weight: 640 }
p { margin: .35rem 0; max-width: 76ch }
a { color: var(--accent) }
.muted, .lead { color: var(--muted) } .lead { margin-bottom: 1rem }
nav { position: sticky; top: 0; z-index: 2; background: var(--paper); border-bottom: 1px solid var(--line) }
nav div { max-width: 1120px; margin: 0 auto; padding: 0 1.5rem; display: flex; gap: 1.3rem; overflow-x: auto; scrollbar-width: none }
nav a { padding: .75rem 0; white-space: nowrap; text-decoration: none; font-size: .92rem; font-weight: 550 }
nav a:hover { text-decoration: underline; text-underline-offset: .3em }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1.4rem 1.6rem 1.6rem; margin: 1.2rem 0 }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(148px, 1fr)); gap: .8rem; margin: 1.2rem 0 0 }
.tile { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: .8rem 1rem .9rem; margin: 0 }
.tile dt { color: var(--muted); font-size: .86rem } .tile dd { margin: 0; font-size: 1.75rem; line-height: 1.25; font-weight: 640; letter-spacing: -.02em }
.tile small { display: block; color: var(--muted); font-size: .82rem; font-weight: 400; letter-spacing: 0 }
.tile.warn dd { color: var(--warn) } .tile.bad dd { color: var(--bad) }
.scroll { overflow-x: auto; margin: .6rem 0 0 }
table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.42 }
th { text-align: left; font-weight: 560; color: var(--muted); font-size: .82rem; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: bottom; white-space: nowrap }
td { padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; min-width: 4.5rem }
tr:last-child td { border-bottom: 0 } td.wide { min-width: 17rem }
.n { text-align: right; white-space: nowrap } th.n { text-align: right }
.keep { white-space: nowrap }
.bar { display: flex; height: .6rem; min-width: 9rem; margin-top: .4rem; border-radius: 3px; overflow: hidden; background: var(--soft) }
.bar i { display: block; background: var(--accent) } .bar i.warn { background: var(--warn) }
figure { margin: .9rem 0 0; overflow-x: auto } figure svg { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit }
figure svg g:hover > path { opacity: .8 }
figcaption, .note { color: var(--muted); font-size: .86rem; margin-top: .5rem }
.key { display: inline-block; width: .7rem; height: .7rem; border-radius: 2px; margin: 0 .3rem 0 .8rem; background: var(--accent) }
.key.warn { background: var(--warn) } .key.good { background: var(--good) } .key.line { background: var(--line) } .key:first-child { margin-left: 0 }
.path { color: var(--muted); font-size: .84rem }
.doubts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: .9rem; margin: .8rem 0 0; padding: 0; list-style: none }
.doubt { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .8rem .8rem; break-inside: avoid }
.doubt b { font-weight: 620 } .doubt .why { float: right; color: var(--warn); font-size: .82rem; margin-left: .6rem }
.doubt img { display: block; width: 100%; height: auto; margin-top: .55rem; border-radius: 4px; background: #fff }
.doubt p { margin: .3rem 0 0; font-size: .9rem } .read { background: var(--mark); border-radius: 3px; padding: 0 .25rem }
.gone { border: 1px dashed var(--line); border-radius: 4px; color: var(--muted); font-size: .84rem; padding: .5rem .6rem; margin-top: .55rem }
.state { font-weight: 600; white-space: nowrap } .state.good { color: var(--good) } .state.warn { color: var(--warn) }
.advice { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: .8rem; margin-top: .8rem }
.advice div { border-left: 3px solid var(--bad); padding: .1rem 0 .1rem .8rem } .advice p { font-size: .9rem }
footer { color: var(--muted); font-size: .86rem; padding-top: .6rem; padding-bottom: 3rem }
@media (max-width: 640px) { body { font-size: 15px } header, main, footer, nav div { padding-left: 1rem; padding-right: 1rem }
  section { padding: 1.1rem 1rem 1.2rem } h1 { font-size: 1.55rem } .tiles { grid-template-columns: repeat(2, 1fr) } }
@media print { :root { --paper: #fff; --surface: #fff; --ink: #000; --muted: #444; --line: #bbb; --accent: #1d5f8a; --soft: #eee;
    --warn: #a34a06; --good: #2b7a4b; --bad: #b3261e; --mark: #f6ead9 }
  @page { size: A4; margin: 16mm 14mm } body { font-size: 10pt } nav { display: none } header, main, footer { padding: 0; max-width: none }
  section { border: 0; padding: 0; margin: 7mm 0 0 } h2, h3 { break-after: avoid } tr, figure, .tile { break-inside: avoid }
  figure, .scroll { overflow: visible } figure svg { min-width: 0 !important } thead { display: table-header-group } }
"""
