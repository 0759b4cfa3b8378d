// How a report looks on a screen, light and dark, and on paper.
export const REPORT_STYLE = `
:root { color-scheme: light dark; --text: #1c1c1f; --muted: #5c5c66; --line: #d9d9e0; --paper: #ffffff; --sunken: #f4f4f7; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --text: #ececf1; --muted: #a6a6b3; --line: #3a3a44; --paper: #16161a; --sunken: #202027; --warn: #ffb454; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1000px; padding: 40px 24px 80px; background: var(--paper); color: var(--text); font: 15px/1.55 system-ui, sans-serif; }
h1 { margin: 0 0 4px; font-size: 28px; line-height: 1.2; }
h2 { margin: 40px 0 8px; font-size: 20px; }
p { max-width: 76ch; margin: 8px 0; overflow-wrap: anywhere; }
.about, .notes { color: var(--muted); font-size: 13px; }
.about { margin: 0; padding: 0; list-style: none; }
.warning { border-left: 4px solid var(--warn); padding: 4px 12px; color: var(--warn); font-weight: 600; }
figure { margin: 20px 0; overflow-x: auto; }
figcaption { margin-bottom: 6px; font-weight: 600; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
th, td { border-bottom: 1px solid var(--line); padding: 5px 10px; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--text); font-weight: 600; }
tbody th { font-weight: 500; }
pre { margin: 4px 0 12px; border-radius: 6px; padding: 8px 12px; background: var(--sunken); font: 12.5px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
svg { display: block; width: 100%; max-width: 760px; font: 11px system-ui, sans-serif; }
svg text { fill: var(--muted); }
svg .name { font-weight: 600; }
svg .grid { stroke: var(--line); stroke-width: 0.5; }
svg .axis { fill: none; stroke: var(--muted); }
svg .line { fill: none; stroke-width: 2; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } figure, pre { break-inside: avoid; } h2 { break-after: avoid; } }
`
