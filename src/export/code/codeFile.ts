/** One file of an export. */
export interface CodeFile {
  /** Relative to the folder of the export, with `/` between folders. */
  readonly path: string;
  /** VS Code's id of the language. */
  readonly languageId: string;
  readonly text: string;
  /** VS Code's name of an encoding that is not UTF-8 alone: older programs take a file without a byte order mark for another one. */
  readonly encoding?: "utf8bom";
}
