/**
 * The look of every page: theme variables only (https://code.visualstudio.com/api/references/theme-color), so that it follows light, dark
 * and high-contrast themes. Each state has a sign and a word in addition to its colour.
 */
export const style = `
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; padding: 1.25rem 1.75rem 3rem; max-width: 72rem; overflow-wrap: anywhere;
  color: var(--vscode-foreground); background: var(--vscode-editor-background);
  font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5;
}
h1, h2, h3 { line-height: 1.25; font-weight: 600; margin: 1.75rem 0 0.6rem; }
h1 { font-size: 1.6rem; margin-top: 0; }
h2 { font-size: 1.2rem; }
h3 { font-size: 1rem; }
p, ol, ul { margin: 0.5rem 0; }
ol, ul { padding-inline-start: 1.6rem; }
li { margin: 0.35rem 0; }
a { color: var(--vscode-textLink-foreground); }
a:hover { color: var(--vscode-textLink-activeForeground); }
a:focus-visible, summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
code { overflow-wrap: anywhere; font-family: var(--vscode-editor-font-family); font-size: 0.95em; color: inherit; background: none; padding: 0; }
.muted, caption, dt { color: var(--vscode-descriptionForeground); }
.actions { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.5rem; padding: 0; margin: 0.75rem 0; list-style: none; }
.actions li { margin: 0; }
a.action {
  display: inline-block; padding: 0.15rem 0.65rem; text-decoration: none; border-radius: 2px;
  color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground);
  border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
}
a.step { display: inline-block; padding: 0.15rem 0; }
.actions li:has(a.step) { margin-inline-end: 0.75rem; }
a.action:hover { background: var(--vscode-button-secondaryHoverBackground); }
a.action.first { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
a.action.first:hover { background: var(--vscode-button-hoverBackground); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
caption { text-align: start; padding: 0 0 0.4rem; }
th, td { overflow-wrap: break-word; text-align: start; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0; border-bottom: 1px solid var(--vscode-panel-border); }
thead th { font-weight: 600; }
tbody th { font-weight: 400; }
td > :first-child, th > :first-child { margin-top: 0; }
td > :last-child { margin-bottom: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.25rem; margin: 0.5rem 0; }
dd { margin: 0; }
.state { font-weight: 600; }
.state.bad { color: var(--vscode-list-errorForeground); }
.state.doubtful { color: var(--vscode-list-warningForeground); }
.state.good { color: color-mix(in oklab, var(--vscode-charts-green) 80%, var(--vscode-foreground)); }
.state.open { color: var(--vscode-descriptionForeground); }
.note {
  margin: 0.75rem 0; padding: 0.5rem 0.9rem; border-inline-start: 4px solid var(--vscode-textBlockQuote-border);
  background: var(--vscode-textBlockQuote-background);
}
.note > :first-child { margin-top: 0; }
.note > :last-child { margin-bottom: 0; }
.timeline { list-style: none; margin-inline-start: 0.4rem; padding-inline-start: 1.4rem; border-inline-start: 2px solid var(--vscode-panel-border); }
.timeline > li { margin: 0 0 1.75rem; }
.timeline h3 { margin: 0 0 0.3rem; }
.changes > li { margin: 0 0 1rem; }
.changes dl { margin-inline-start: 0; }
.why { list-style: none; padding-inline-start: 0.9rem; border-inline-start: 2px solid var(--vscode-panel-border); }
details { border-top: 1px solid var(--vscode-panel-border); }
summary { cursor: pointer; padding: 0.5rem 0; }
summary h2, summary h3 { display: inline; margin: 0; }
@media (max-width: 40rem) { body { padding: 1rem; } dl { grid-template-columns: 1fr; } }
`;
