/** The look of the fleet report, on top of that of every page: theme variables only, and a border wherever a colour alone would tell. */
export const reportStyle = `
body.fleet { max-width: none; padding: 1rem 1.5rem 3rem; }
[hidden] { display: none !important; }
.skip a { position: absolute; inset-inline-start: -999rem; padding: 0.3rem 0.6rem; z-index: 9; background: var(--vscode-editor-background); border: 1px solid var(--vscode-focusBorder); }
.skip a:focus { inset-inline-start: 1rem; top: 0.5rem; }
:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 1px; }
section:focus-visible { outline: none; }
.top, .above { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1.5rem; }
.top h1 { margin: 0; }
.above { margin: 0.6rem 0 0.4rem; }
.above p { margin: 0; }
.fleet h2 { margin: 1.6rem 0 0.6rem; }
.fleet h3 { margin: 0; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; }
button {
  font: inherit; line-height: 1.4; padding: 0.15rem 0.65rem; border-radius: 2px; cursor: pointer;
  color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground);
  border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
}
button:hover { background: var(--vscode-button-secondaryHoverBackground); }
button.first { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
button.first:hover { background: var(--vscode-button-hoverBackground); }
button.plain { color: var(--vscode-textLink-foreground); background: none; border-color: transparent; padding: 0 0.3rem; text-align: start; }
button.plain:hover { text-decoration: underline; }
input, select {
  font: inherit; padding: 0.2rem 0.35rem; border-radius: 2px; max-width: 100%; width: 100%; min-width: 0;
  color: var(--vscode-input-foreground); background: var(--vscode-input-background);
  border: 1px solid var(--vscode-settings-textInputBorder, var(--vscode-input-border, var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border)))));
}
select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); }
input::placeholder { color: var(--vscode-input-placeholderForeground); opacity: 1; }
.note.bad { border-color: var(--vscode-list-errorForeground); }
.note.doubtful { border-color: var(--vscode-list-warningForeground); }
.note { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1rem; }
.note p { margin: 0; }

.bar { display: flex; height: 0.5rem; gap: 2px; margin: 0 0 0.6rem; }
.bar span { min-width: 3px; background: var(--tone); border: 1px solid var(--vscode-contrastBorder, transparent); }
.tiles { display: flex; flex-wrap: wrap; gap: 0.5rem; list-style: none; padding: 0; margin: 0; }
.tiles li { margin: 0; }
.tile {
  display: grid; min-width: 7.5rem; padding: 0.4rem 0.8rem 0.45rem; text-align: start; border-radius: 4px;
  color: var(--vscode-foreground); background: var(--vscode-editorWidget-background);
  border: 1px solid var(--vscode-widget-border, var(--vscode-panel-border));
}
.grid.portal { --acts: 16rem; }
.tile b { font-size: 1.5rem; font-weight: 600; line-height: 1.2; }
.tile:hover { background: var(--vscode-list-hoverBackground); }
.tile[aria-pressed="true"] { border-color: var(--vscode-focusBorder); box-shadow: inset 0 0 0 1px var(--vscode-focusBorder); }
.sign { color: var(--tone); font-weight: 600; display: inline-block; min-width: 1.2em; }
.is-broken, .is-blocked, .is-failed { --tone: var(--vscode-list-errorForeground); }
.is-uncontrolled, .is-conflict, .is-dangling { --tone: var(--vscode-list-warningForeground); }
.is-idle, .is-behind { --tone: var(--vscode-charts-blue); }
.is-controlled, .is-open, .is-current { --tone: var(--vscode-charts-green); }
.is-unknown, .is-unmanaged, .is-others, .is-unchecked { --tone: var(--vscode-descriptionForeground); }

#needs-body { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: 0.6rem; margin: 0; }
.need { margin: 0; padding: 0.6rem 0.9rem 0.7rem; display: flex; flex-direction: column; gap: 0.35rem; border-radius: 4px; border: 1px solid var(--vscode-widget-border, var(--vscode-panel-border)); border-inline-start: 4px solid var(--tone); background: var(--vscode-editorWidget-background); }
.need p { margin: 0; }
.need .buttons { margin-top: auto; padding-top: 0.2rem; }

.days { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); gap: 0.35rem; list-style: none; padding: 0; margin: 0.6rem 0 0; }
.days li.day { margin: 0; padding: 0.4rem 0.5rem; min-height: 6.5rem; display: flex; flex-direction: column; gap: 0.2rem; border-radius: 4px; border: 1px solid var(--vscode-widget-border, var(--vscode-panel-border)); }
.days li.today { border-color: var(--vscode-focusBorder); }
.day h3 { font-size: 0.95em; }
.day ul { list-style: none; padding: 0; margin: 0; font-size: 0.92em; }
.day ul li { margin: 0 0 0.3rem; line-height: 1.3; }
.day ul li bdi { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.day .count .is-conflict, .day .time { display: inline-block; }
.day .hours { display: flex; align-items: flex-end; gap: 1px; height: 1.8rem; border-bottom: 1px solid var(--vscode-descriptionForeground); }
.day .hours span { flex: 1; background: var(--vscode-charts-blue, var(--vscode-focusBorder)); }
.day .count { font-size: 0.92em; margin: 0; }
.day button { margin-top: auto; align-self: start; font-size: 0.92em; }
.open-now { margin: 0; padding: 0; list-style: none; }
.open-now li { margin: 0.15rem 0; }
.panel { margin-top: 0.6rem; padding: 0.6rem 0.9rem; border: 1px solid var(--vscode-focusBorder); border-radius: 4px; }
.panel .scroll { max-height: 22rem; overflow: auto; }
.panel thead th { position: sticky; top: 0; background: var(--vscode-editor-background); }

.about { display: flex; flex-wrap: wrap; gap: 0.2rem 1.5rem; margin: 0.5rem 0 0; }
.about div { display: flex; gap: 0.5rem; }
.about dt { flex: none; }
.about:empty { display: none; }

.facts { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; list-style: none; padding: 0; margin: 0 0 0.6rem; }
.facts li { margin: 0; }

.filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 0.5rem 0.7rem; align-items: end; }
.filters label { display: grid; gap: 0.15rem; color: var(--vscode-descriptionForeground); min-width: 0; }
.filters .wide { grid-column: span 2; }
.filters input, .filters select { height: 1.95em; }
.filters > button { justify-self: start; height: 1.95em; }
.grid {
  --columns: 14rem 11rem 24rem 12rem 9.5rem 8.5rem 12rem 11rem 17rem; --acts: 11.5rem; --width: calc(119rem + var(--acts));
  position: relative; overflow: auto; contain: content; max-height: clamp(15rem, 65vh, 60rem); border: 1px solid var(--vscode-widget-border, var(--vscode-panel-border)); border-radius: 2px;
}
.row { display: grid; grid-template-columns: var(--columns) var(--acts); height: 1.9em; width: max(100%, var(--width)); background: var(--vscode-editor-background); }
.head { position: sticky; top: 0; z-index: 3; }
.head .row { border-bottom: 1px solid var(--vscode-panel-border); font-weight: 600; }
.rows { position: relative; width: max(100%, var(--width)); }
.rows .row { position: absolute; inset-inline-start: 0; contain: strict; border-bottom: 1px solid var(--vscode-tree-tableColumnsBorder, var(--vscode-panel-border)); }
.rows .row:hover { background: var(--vscode-list-hoverBackground); }
.cell { padding: 0 0.5rem; line-height: 1.85em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.cell.name, .row .acts { background: inherit; }
.cell.name { position: sticky; inset-inline-start: 0; z-index: 1; font-weight: 400; border-inline-end: 1px solid var(--vscode-panel-border); }
.head .cell.name { font-weight: 600; }
.head .cell { cursor: pointer; user-select: none; }
.acts { line-height: 1.85em; position: sticky; inset-inline-end: 0; z-index: 1; display: flex; gap: 0.1rem; padding: 0 0.3rem; border-inline-start: 1px solid var(--vscode-panel-border); cursor: default; }
.acts > span { display: contents; }
.acts button { padding: 0 0.35rem; line-height: 1.5em; align-self: center; white-space: nowrap; }
.grid :focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: -2px; }
.arrow { margin-inline-start: 0.3em; display: inline-block; width: 1em; color: var(--vscode-descriptionForeground); }
#empty { position: sticky; inset-inline-start: 0; padding: 1rem; margin: 0; }
@media (max-width: 48rem) { .days { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); } .days li.day { min-height: 0; } }
@media (max-width: 40rem) {
  body.fleet { padding: 0.75rem; }
  .filters .wide { grid-column: auto; }
  .filters { grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); }
  .cell.name, .row .acts { position: static; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) {
  .tile[aria-pressed="true"] { outline: 2px solid Highlight; }
  .bar span, .day .hours span { background: CanvasText; forced-color-adjust: none; }
}
`;
