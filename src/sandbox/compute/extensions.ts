import type { Call, RouteTable } from "../http/call.ts";
import { list, noContent, ok, type Reply } from "../http/http.ts";
import { type JsonObject, merge, objectAt, textAt, withAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import { extensionsOf, profileOf, same } from "./model.ts";
import { accept, scaleSetOf } from "./scaleSets.ts";

const nameOf = (call: Call): string => call.param("extensionName");

const isNamed = (call: Call) => (extension: JsonObject) => same(textAt(extension, "name"), nameOf(call));

/** An extension as its own GET returns it: a resource below the set. */
function extensionBody(set: JsonObject, extension: JsonObject): JsonObject {
  const name = textAt(extension, "name") ?? "";
  return {
    name,
    id: `${textAt(set, "id") ?? ""}/extensions/${name}`,
    type: "Microsoft.Compute/virtualMachineScaleSets/extensions",
    properties: { ...objectAt(extension, "properties"), provisioningState: "Succeeded" },
  };
}

function listExtensions(call: Call): Reply {
  const { body } = scaleSetOf(call);
  return list(extensionsOf(profileOf(body)).map((extension) => extensionBody(body, extension)));
}

function getExtension(call: Call): Reply {
  const { body } = scaleSetOf(call);
  const found = extensionsOf(profileOf(body)).find(isNamed(call));
  if (found === undefined) throw ours.unknownExtension(textAt(body, "name") ?? "", nameOf(call));
  return ok(extensionBody(body, found));
}

/** Gives the model another list of extensions; instances get it as they get any change of the model. */
function change(call: Call, extensions: readonly JsonObject[], answer: (accepted: Reply) => Reply): Reply {
  const { key, body } = scaleSetOf(call);
  const path = ["properties", "virtualMachineProfile", "extensionProfile", "extensions"];
  return answer(accept(call, key, withAt(body, path, extensions), 200, () => resultOf(call)));
}

/** What the operation's own address answers in the end. */
function resultOf(call: Call): Reply {
  const { body } = scaleSetOf(call);
  const found = extensionsOf(profileOf(body)).find(isNamed(call));
  return found === undefined ? noContent : ok(extensionBody(body, found));
}

function writeExtension(call: Call, merges: boolean): Reply {
  const { body } = scaleSetOf(call);
  const extensions = extensionsOf(profileOf(body));
  const before = extensions.find(isNamed(call));
  if (before === undefined && merges) return getExtension(call);
  const { protectedSettings: _secret, ...sent } = objectAt(call.body(), "properties");
  const properties = merges ? merge(objectAt(before, "properties"), sent) : sent;
  const after: JsonObject = { name: textAt(before, "name") ?? nameOf(call), properties };
  const wanted =
    before === undefined
      ? [...extensions, after]
      : extensions.map((extension) => (extension === before ? after : extension));
  return change(call, wanted, ({ headers }) => ({
    status: before === undefined ? 201 : 200,
    body: extensionBody(body, after),
    ...(headers !== undefined && { headers }),
  }));
}

function deleteExtension(call: Call): Reply {
  const { body } = scaleSetOf(call);
  const extensions = extensionsOf(profileOf(body));
  const rest = extensions.filter((extension) => !isNamed(call)(extension));
  if (rest.length === extensions.length) return noContent;
  return change(call, rest, ({ headers }) => ({ status: 202, ...(headers !== undefined && { headers }) }));
}

const extensions =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachineScaleSets/{vmScaleSetName}/extensions";

export const extensionRoutes: RouteTable = {
  [extensions]: { GET: listExtensions },
  [`${extensions}/{extensionName}`]: {
    GET: getExtension,
    PUT: (call) => writeExtension(call, false),
    PATCH: (call) => writeExtension(call, true),
    DELETE: deleteExtension,
  },
};
