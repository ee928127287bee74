/** The text with only the host of each address: a path names resources, a query may be signed, and a proxy's address may hold a password. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(/\b(https?:\/\/)(?:[^\s/?#@]*@)?([^\s/?#"'<>()]*)[^\s"'<>()]*/gi, "$1$2");
}

/** The host that the words of another program's error say it could not reach, with the code of the failure; undefined where they say neither. */
export function unreachedIn(words: string): { readonly host: string; readonly code: string } | undefined {
  const [code] =
    /\b(?:ENOTFOUND|EAI_AGAIN|ECONNRESET|ECONNREFUSED|ETIMEDOUT|ENETUNREACH)\b/.exec(words) ?? [];
  const [, host] =
    /\bhttps?:\/\/(?:[^\s/?#@]*@)?([\w.-]+)/i.exec(words) ??
    /\b(?:ENOTFOUND|EAI_AGAIN) ([\w.-]+)/.exec(words) ??
    [];
  return code !== undefined && host !== undefined ? { host, code } : undefined;
}
