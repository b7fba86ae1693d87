/**
 * HTML: one file that opens without a network. Data is inert JSON; the only script that may run is the one whose hash
 * the page's policy names.
 */
import { SCRIPT, SCRIPT_SHA256, STYLE } from './built/page.js';
import type { PageData } from './page-data.js';

const POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${SCRIPT_SHA256}'`,
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The page as text, the same for the same data. */
export function pageHtml(data: PageData): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="yuma-engine">
<link rel="icon" href="data:,">
<title>${escapeHtml(data.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main id="page"><h1>${escapeHtml(data.title)}</h1><p>${escapeHtml(data.lead)}</p></main>
<noscript><p>The charts are drawn by a script in this file, and scripts are off.</p></noscript>
<script type="application/json" id="data">${scriptSafeJson(data)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

const UNSAFE: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON that ends no script element and opens no comment, and is a line of JavaScript as well. */
export const scriptSafeJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => UNSAFE[character]!);
