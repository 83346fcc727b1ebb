import { createHash } from 'node:crypto';
import { program } from '../model/program.ts';
import { escapeHtml } from './escapeHtml.ts';

/** Contrast is at least 4.5:1 in both schemes (WCAG 2.2, 1.4.3); no meaning hangs on colour alone. */
const style = `:root{color-scheme:light dark;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--ground:#fff;--raised:#f6f8fa;--link:#0550ae;
--critical:#a40e26;--high:#b35900;--medium:#7d5f00;--low:#0550ae;--info:#57606a;--error:#6639ba;--ok:#116329}
@media(prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9da7b1;--line:#3d444d;--ground:#0d1117;--raised:#161b22;--link:#79b8ff;
--critical:#ff8182;--high:#f0a35e;--medium:#e3c04e;--low:#79b8ff;--info:#9da7b1;--error:#c8a8ff;--ok:#6fdd8b}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:1.5rem;color:var(--text);background:var(--ground)}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.5rem;border-bottom:1px solid var(--line);padding-bottom:.75rem}
h1{font-size:1.5rem;margin:0}nav{display:flex;gap:1rem}a{color:var(--link)}
.soft{color:var(--soft)}
.wide{overflow-x:auto;margin-top:1.5rem}
table{border-collapse:collapse;width:100%}
caption{text-align:left;padding:0 0 .5rem}h2{font-size:1.15rem;font-weight:600;margin:0}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid var(--line)}
thead th{background:var(--raised);white-space:nowrap}tbody th{font-weight:400;min-width:14rem}th+td{min-width:8rem}td:last-child{min-width:16rem}td,li{overflow-wrap:anywhere}
code{font:.875em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.mark{white-space:nowrap;font-weight:600}.mark::before{content:"";display:inline-block;width:.7em;height:.7em;margin-right:.4em;background:currentColor}.mark+.mark{margin-left:.6em}
.critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.info{color:var(--info)}
.failed{color:var(--error)}.ok{color:var(--ok)}
details{font-size:.875rem}details p,details pre{margin:.25rem 0}summary{cursor:pointer;color:var(--link)}
pre{font:1em/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
ul.places{margin:0;padding:0;list-style:none}ul.places li+li{margin-top:.25rem}`;

/** Nothing but the page's own style: no script, picture, form or frame, and nothing from elsewhere. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The landing page around some content. @param host whose page it is, where known: many may be open beside each other */
export const page = (content: string, telemetryPath: string, host = ''): string =>
  `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(host === '' ? 'virt-audit' : `${host}: virt-audit`)}</title><style>${style}</style></head>
<body><header><h1>virt-audit</h1><span class="soft">${program.version}</span>${host === '' ? '' : `<strong>${escapeHtml(host)}</strong>`}
<nav aria-label="Endpoints"><a href="${escapeHtml(telemetryPath)}">Metrics</a><a href="/-/healthy">Health</a><a href="/-/ready">Readiness</a></nav></header>
<main>
${content}
</main></body></html>
`;
