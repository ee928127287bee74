/** One file of an export. */
export interface CodeFile {
  /** Relative to the folder of the export, with `/` between folders. */
  readonly path: string;
  /** VS Code's id of the language. */
  readonly languageId: string;
  readonly text: string;
}
