/** Members that hold secrets, or the names of people. */
const left: ReadonlySet<string> = new Set([
  "systemdata",
  "protectedsettings",
  "protectedsettingsfromkeyvault",
  "adminpassword",
  "adminusername",
  "customdata",
  "userdata",
  "secrets",
  "ssh",
  "additionalunattendcontent",
  "winrm",
]);

/** A value as JSON, without members that hold secrets or the names of people, in whatever depth: for what is kept. */
export function withoutSecrets<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutSecrets(item)) as T;
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !left.has(name.toLowerCase()));
  // Tags are named as people like.
  const inside = (name: string, inner: unknown) => (name === "tags" ? inner : withoutSecrets(inner));
  return Object.fromEntries(kept.map(([name, inner]) => [name, inside(name, inner)])) as T;
}

/** Whether a value has such members, so that it can't be kept whole. */
export function holdsSecrets(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecrets);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, inner]) => left.has(name.toLowerCase()) || (name !== "tags" && holdsSecrets(inner)),
  );
}
