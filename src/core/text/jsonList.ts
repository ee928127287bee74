/** A list as `JSON.stringify` indents it by two spaces, item by item: as one text it may have tens of megabytes. `indent`: of its first line. */
export function* jsonList(items: Iterable<unknown>, indent = ""): Generator<string, void, void> {
  let before = "[";
  for (const item of items) {
    // Line breaks in JSON stand only between its parts.
    const text = JSON.stringify(item, undefined, 2).replaceAll("\n", `\n${indent}  `);
    yield `${before}\n${indent}  ${text}`;
    before = ",";
  }
  yield before === "[" ? "[]" : `\n${indent}]`;
}
