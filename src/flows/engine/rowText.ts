/** `text` in lines of at most `maxCharacters`, broken at spaces; a longer word stays whole. */
export function wrapped(text: string, maxCharacters: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > maxCharacters) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
