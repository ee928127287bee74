import type { Call, RouteTable } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { keyOf } from "../ids.ts";
import { list, ok, type Reply } from "../http/http.ts";
import type { JsonObject } from "../json.ts";
import type { GalleryVersion } from "../state.ts";

/** The id of the image that the path names, in the path's own casing. */
function imageId(call: Call): string {
  call.groupKey();
  const [group, gallery, image] = [
    call.param("resourceGroupName"),
    call.param("gallery"),
    call.param("image"),
  ];
  return `/subscriptions/${call.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/galleries/${gallery}/images/${image}`;
}

function versionsOf(call: Call): readonly GalleryVersion[] {
  const versions = call.state.galleries.get(keyOf(imageId(call)));
  if (versions !== undefined) return versions;
  const name = `${call.param("gallery")}/images/${call.param("image")}`;
  throw arm.unknownResource("Microsoft.Compute/galleries", name, call.param("resourceGroupName"));
}

/** A version as the service returns it; where it has been replicated to only when that is asked for. */
function versionBody(call: Call, version: GalleryVersion): JsonObject {
  const expanded = /ReplicationStatus/i.test(call.query("$expand") ?? "");
  const done = version.regions.every(({ replicated }) => replicated);
  return {
    id: `${imageId(call)}/versions/${version.name}`,
    name: version.name,
    type: "Microsoft.Compute/galleries/images/versions",
    location: version.regions[0]?.name ?? "westeurope",
    properties: {
      publishingProfile: {
        targetRegions: version.regions.map(({ name, excluded }) => ({
          name,
          regionalReplicaCount: 1,
          storageAccountType: "Standard_LRS",
          ...(excluded && { excludeFromLatest: true }),
        })),
        replicaCount: 1,
        excludeFromLatest: version.excludeFromLatest,
        publishedDate: new Date(version.published).toISOString(),
        storageAccountType: "Standard_LRS",
        replicationMode: "Full",
      },
      storageProfile: { osDiskImage: { hostCaching: "ReadWrite", sizeInGB: 30 } },
      provisioningState: "Succeeded",
      ...(expanded && {
        replicationStatus: {
          aggregatedState: done ? "Completed" : "InProgress",
          summary: version.regions.map(({ name, replicated }) => ({
            region: name,
            state: replicated ? "Completed" : "Replicating",
            details: "",
            progress: replicated ? 100 : 40,
          })),
        },
      }),
    },
  };
}

const listVersions = (call: Call): Reply =>
  list(versionsOf(call).map((version) => versionBody(call, version)));

function getVersion(call: Call): Reply {
  const name = call.param("version");
  const found = versionsOf(call).find((version) => version.name === name);
  if (found !== undefined) return ok(versionBody(call, found));
  const path = `${call.param("gallery")}/images/${call.param("image")}/versions/${name}`;
  throw arm.unknownResource("Microsoft.Compute/galleries", path, call.param("resourceGroupName"));
}

const versions =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/galleries/{gallery}/images/{image}/versions";

/** The versions of the images in an Azure Compute Gallery. */
export const galleryRoutes: RouteTable = {
  [versions]: { GET: listVersions },
  [`${versions}/{version}`]: { GET: getVersion },
};
