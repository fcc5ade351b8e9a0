/** For paper first: A4, black on white, nothing that a copying machine would lose. */
export const REPORT_CSS = `
@page { size: A4; margin: 20mm 18mm 18mm 22mm }
:root { color-scheme: light; font: 11pt/1.45 Georgia, 'Times New Roman', serif; color: #111 }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: #fff }
h1 { font-size: 18pt; margin: 0 0 .3rem; text-align: center; text-wrap: balance }
h2 { font-size: 13pt; margin: 1.6rem 0 .5rem; break-after: avoid }
h3 { font-size: 11.5pt; margin: 1rem 0 .3rem; break-after: avoid }
p { margin: .4rem 0 }
.cover { text-align: center; margin-bottom: 1.4rem }
.example { border: 2px solid #7a2d1d; padding: .4rem .8rem; text-align: center; font-weight: bold }
.result { border: 1.5px solid #1d3f5e; padding: .6rem 1rem; margin: 1rem auto; text-align: center; break-inside: avoid }
.result b { font-size: 22pt }
.note { font-size: 9.5pt; color: #333 }
.warn { border-left: 4px solid #7a2d1d; padding-left: .6rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: 10pt; break-inside: auto }
tr { break-inside: avoid }
th, td { border: 1px solid #777; padding: .2rem .4rem; vertical-align: top; text-align: left }
th { background: #eee; print-color-adjust: exact }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
tfoot td { font-weight: bold }
.plan td { height: 2.6rem }
.chart { display: block; width: 100%; max-height: 11.5cm; margin: .4rem auto; font-family: Arial, Helvetica, sans-serif; break-inside: avoid; print-color-adjust: exact }
blockquote { margin: .2rem 0 .2rem 1rem; font-style: italic }
footer { margin-top: 2rem; font-size: 9pt; color: #333; border-top: 1px solid #999; padding-top: .4rem }
@media print { body { max-width: none; padding: 0 } }
@media screen and (max-width: 40rem) { table { font-size: 8.5pt } th, td { overflow-wrap: anywhere; padding: .15rem .25rem } }
`
