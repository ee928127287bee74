import { arrayAt, at, isObject, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { nameOf } from "../resources/ids.ts";
import { message } from "../text/message.ts";
import { extensionsOf } from "../resources/scaleSet.ts";
import { ofModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, credentials } from "./sources.ts";

/** Something outside the model that new instances need, which may have expired or gone since. Holds no secret. */
interface Reference {
  readonly from: string;
  /** A key vault, or the host of a signed URL. */
  readonly to: string;
  /** A signed URL, which expires of itself. A key vault alone does not show that anything will. */
  readonly isSigned?: true;
  /** When a signed URL expires, as it says. */
  readonly until?: string;
}

export const externalReferences: EligibilityRule = {
  id: "external-references",
  severity: "warn",
  title: message("The model uses nothing that can expire"),
  sources: [automaticUpgrade, credentials],
  check: ofModel((scaleSet) => {
    const references = referencesOf(scaleSet);
    if (references.length === 0) {
      return { status: "pass", message: message("The model uses no key vault and no signed URL.") };
    }
    const observed = [...new Set(references.map(inWords))].join(", ");
    if (!references.some(({ isSigned }) => isSigned)) {
      return {
        status: "pass",
        observed,
        message: message(
          "The model uses a key vault: {0}. Keep its secrets valid: an expired one fails the first batch.",
          observed,
        ),
      };
    }
    return {
      status: "fail",
      observed,
      message: message(
        "New instances need {0}. If it expired or was deleted, the first batch of an upgrade fails.",
        observed,
      ),
      fix: message("Check that the secrets and signed URLs are valid, and renew them in time."),
    };
  }),
};

function inWords({ from, to, until }: Reference): string {
  return `${from} → ${to}${until === undefined ? "" : ` (${until})`}`;
}

function referencesOf(scaleSet: JsonObject): readonly Reference[] {
  const profile = objectAt(scaleSet, "properties", "virtualMachineProfile");
  const secrets = arrayAt(profile, "osProfile", "secrets").map((secret): Reference => {
    return { from: "osProfile.secrets", to: vaultNameOf(secret) };
  });
  const extensions = extensionsOf(scaleSet).flatMap(({ name, properties }) => {
    const protectedSettings = objectAt(properties, "protectedSettingsFromKeyVault");
    const vault = protectedSettings && [{ from: name, to: vaultNameOf(protectedSettings) }];
    return [...(vault ?? []), ...referencesIn(name, properties["settings"])];
  });
  const listeners = at(profile, "osProfile", "windowsConfiguration", "winRM");
  return [
    ...secrets,
    ...referencesIn("winRM", listeners),
    ...extensions,
    ...referencesIn("applicationProfile", objectAt(profile, "applicationProfile")),
  ];
}

function vaultNameOf(reference: unknown): string {
  return nameOf(textAt(reference, "sourceVault", "id") ?? "key vault");
}

/** Settings are read so deep: each level costs a call on the stack, and those of real extensions are a few levels deep. */
const maxDepth = 100;

/** The key vaults and signed URLs in the texts of `value`. */
function referencesIn(from: string, value: unknown, depth = 1): readonly Reference[] {
  if (typeof value === "string") return referenceIn(from, value);
  if (depth > maxDepth) return [];
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(from, item, depth + 1));
  return isObject(value) ? Object.values(value).flatMap((item) => referencesIn(from, item, depth + 1)) : [];
}

const vaultHost = /https:\/\/([\w-]+\.(?:vault|managedhsm)\.[\w.]+)/i;

function referenceIn(from: string, text: string): readonly Reference[] {
  const vault = vaultHost.exec(text)?.[1];
  const vaults = vault === undefined ? [] : [{ from, to: vault }];
  const { url, host } = signedUrlIn(text) ?? {};
  if (url === undefined || host === undefined) return vaults;
  const until = /[?&]se=([^&]+)/i.exec(url)?.[1]?.replaceAll(/%3A/gi, ":");
  return [...vaults, { from, to: host, isSigned: true, ...(until !== undefined && { until }) }];
}

/** The first URL with a signature, which may stand within a command. Word by word, so that a long text takes no longer than it is. */
function signedUrlIn(text: string): { readonly url: string; readonly host: string } | undefined {
  for (const [word] of text.matchAll(/[^\s"']+/g)) {
    const url = word.slice(Math.max(0, word.search(/https?:\/\/[^/?&]/i)));
    const host = /^https?:\/\/([^/?&]+)/i.exec(url)?.[1];
    if (host !== undefined && /[?&]sig=/i.test(url)) return { url, host };
  }
  return undefined;
}
