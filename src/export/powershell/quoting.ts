/** A text as one literal of PowerShell: in it a quote is doubled, and PowerShell takes five characters for that quote. */
export function literal(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}

export function bool(value: boolean): string {
  return value ? "$true" : "$false";
}

/** A hashtable; undefined where two names are the same without case, which PowerShell takes for one. */
export function hashtable(entries: readonly (readonly [string, string])[]): string | undefined {
  const names = new Set(entries.map(([name]) => name.toLowerCase()));
  if (names.size < entries.length) return undefined;
  return `@{ ${entries.map(([name, value]) => `${literal(name)} = ${literal(value)}`).join("; ")} }`;
}
