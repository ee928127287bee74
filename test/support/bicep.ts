const named: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\", "'": "'", $: "$" };

/**
 * The text that a literal of Bicep stands for, by the language's own rules
 * (https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings); throws where it is more than a literal.
 */
export function bicepLiteral(literal: string): string {
  const inner = /^'((?:[^'\\\r\n]|\\.)*)'$/su.exec(literal)?.[1];
  if (inner === undefined || /(?<!\\)(?:\\\\)*\$\{/u.test(inner)) throw new Error(`No literal: ${literal}`);
  return inner.replaceAll(
    /\\(?:u\{([0-9a-f]+)\}|(.))/gsu,
    (escape, code: string | undefined, name: string) => {
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      const character = named[name];
      if (character === undefined) throw new Error(`No escape of Bicep: ${escape}`);
      return character;
    },
  );
}
