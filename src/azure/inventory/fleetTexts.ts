import type { Json, JsonObject } from "../../core/resources/json.ts";

/** What stands in a text of the query's for a quotation mark: the answer would have a backslash before each of those, and take longer to parse. */
const standIn = "`";
const standIns = /`/g;

/**
 * The text of `column` without quotation marks; as it is where their stand-in is a part of it. Resource Graph has been seen to know no function that
 * replaces: https://github.com/MicrosoftDocs/dataexplorer-docs/issues/1296.
 */
export function withoutQuotes(column: string): string {
  return `iff(${column} contains '${standIn}', ${column}, strcat_array(split(${column}, '"'), '${standIn}'))`;
}

const profile = "properties.virtualMachineProfile";

/** The query's expression for what `propertiesIn` reads, in the same order. */
export const modelText = `tostring(pack_array(
    properties.provisioningState, properties.orchestrationMode, properties.singlePlacementGroup, properties.upgradePolicy,
    properties.lifecycleHooksProfile,
    isnotnull(${profile}), ${profile}.storageProfile.osDisk.osType, ${profile}.storageProfile.imageReference,
    ${profile}.extensionProfile.extensions, ${profile}.applicationProfile, ${profile}.scheduledEventsProfile,
    ${profile}.osProfile.secrets, ${profile}.osProfile.windowsConfiguration,
    isnotnull(${profile}.osProfile.linuxConfiguration), ${profile}.osProfile.linuxConfiguration.patchSettings))`;

/** What texts of the query's answer say. Of each different one it is worked out once, so that thousands of sets share it. */
export interface FleetTexts {
  /** What is no JSON is a text itself, since a malformed resource may hold anything. */
  readonly json: (text: string) => Json;
  /** The `properties` of a scale set, of its `modelText`. */
  readonly properties: (text: string) => Json;
}

export function fleetTexts(): FleetTexts {
  return { json: once(jsonIn), properties: once(propertiesIn) };
}

/** In how many places a text is looked at before it is compared with others. */
const sampleCount = 16;

/**
 * `read`, done once per text. These are long, and new each time: a map that has them as its keys takes as long for their hashes as all the
 * rest does. Those that are the same in some places mostly are the same.
 */
function once(read: (text: string) => Json): (text: string) => Json {
  const known = new Map<number, { readonly text: string; readonly value: Json }[]>();
  return (text) => {
    const step = text.length / sampleCount;
    let key = text.length;
    for (let sample = 0; sample < sampleCount; sample++) {
      key = (key * 31 + text.charCodeAt(Math.floor(sample * step))) | 0;
    }
    const alike = known.get(key) ?? [];
    const same = alike.find((one) => one.text === text);
    if (same !== undefined) return same.value;
    const value = read(text);
    known.set(key, [...alike, { text, value }]);
    return value;
  };
}

function jsonIn(text: string): Json {
  const json = text.includes('"') ? text : text.replace(standIns, '"');
  try {
    return JSON.parse(json) as Json;
  } catch {
    return text;
  }
}

function propertiesIn(text: string): Json {
  const model = jsonIn(text);
  if (!Array.isArray(model)) return model;
  const [
    provisioningState,
    orchestrationMode,
    singlePlacementGroup,
    upgradePolicy,
    lifecycleHooksProfile,
    hasProfile,
    ...parts
  ] = model as readonly Json[];
  return there({
    provisioningState,
    orchestrationMode,
    singlePlacementGroup,
    upgradePolicy,
    lifecycleHooksProfile,
    virtualMachineProfile: hasProfile === true ? profileOf(parts) : undefined,
  });
}

function profileOf(parts: readonly Json[]): JsonObject {
  const [osType, imageReference, extensions, applicationProfile, scheduledEventsProfile, ...system] = parts;
  return there({
    storageProfile: unlessEmpty({ osDisk: unlessEmpty({ osType }), imageReference }),
    extensionProfile: unlessEmpty({ extensions }),
    applicationProfile,
    scheduledEventsProfile,
    osProfile: osProfileOf(system),
  });
}

function osProfileOf([secrets, windowsConfiguration, isLinux, patchSettings]: readonly Json[]) {
  const linuxConfiguration = isLinux === true ? there({ patchSettings }) : undefined;
  return unlessEmpty({ secrets, windowsConfiguration, linuxConfiguration });
}

type Members = Readonly<Record<string, Json | undefined>>;

/** Resource Graph has null where ARM has nothing, and empty text in columns of text. */
export function isThere(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== "";
}

/** Of `members` those that ARM would have. */
function there(members: Members): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isThere(value)));
}

/** The same; undefined where there are none. */
function unlessEmpty(members: Members): JsonObject | undefined {
  const left = there(members);
  return Object.keys(left).length === 0 ? undefined : left;
}
