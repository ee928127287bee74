import type { Json, JsonObject } from "../json.ts";

/** A region as ARM's locations call lists it; its id depends on the subscription that asks. */
export interface Location {
  readonly name: string;
  readonly type: "Region";
  readonly displayName: string;
  readonly regionalDisplayName: string;
  readonly metadata: JsonObject;
  readonly availabilityZoneMappings?: readonly Json[];
}

/** name | display name | geography group | place | longitude | latitude | pair (`-`: none) | zones */
const table = `
westeurope|West Europe|Europe|Netherlands|4.9|52.3667|northeurope|3
northeurope|North Europe|Europe|Ireland|-6.2597|53.3478|westeurope|3
germanywestcentral|Germany West Central|Europe|Frankfurt|8.682127|50.110924|germanynorth|3
germanynorth|Germany North|Europe|Berlin|8.806422|53.073635|germanywestcentral|0
francecentral|France Central|Europe|Paris|2.373|46.3772|francesouth|3
francesouth|France South|Europe|Marseille|2.1972|43.8345|francecentral|0
switzerlandnorth|Switzerland North|Europe|Zurich|8.564572|47.451542|switzerlandwest|3
switzerlandwest|Switzerland West|Europe|Geneva|6.143158|46.204391|switzerlandnorth|0
swedencentral|Sweden Central|Europe|Gävle|17.14127|60.67488|swedensouth|3
uksouth|UK South|Europe|London|-0.799|50.941|ukwest|3
ukwest|UK West|Europe|Cardiff|-3.084|53.427|uksouth|0
polandcentral|Poland Central|Europe|Warsaw|21.01666|52.23334|-|3
italynorth|Italy North|Europe|Milan|9.18109|45.46888|-|3
eastus|East US|US|Virginia|-79.8164|37.3719|westus|3
eastus2|East US 2|US|Virginia|-78.3889|36.6681|centralus|3
centralus|Central US|US|Iowa|-93.6208|41.5908|eastus2|3
northcentralus|North Central US|US|Illinois|-87.6278|41.8819|southcentralus|0
southcentralus|South Central US|US|Texas|-98.5|29.4167|northcentralus|3
westus|West US|US|California|-122.417|37.783|eastus|0
westus2|West US 2|US|Washington|-119.852|47.233|westcentralus|3
westus3|West US 3|US|Phoenix|-112.074036|33.448376|eastus|3
westcentralus|West Central US|US|Wyoming|-110.234|40.89|westus2|0
canadacentral|Canada Central|Canada|Toronto|-79.383|43.653|canadaeast|3
canadaeast|Canada East|Canada|Quebec|-71.217|46.817|canadacentral|0
brazilsouth|Brazil South|South America|Sao Paulo State|-46.633|-23.55|southcentralus|3
uaenorth|UAE North|Middle East|Dubai|55.316666|25.266666|uaecentral|3
southafricanorth|South Africa North|Africa|Johannesburg|28.21837|-25.73134|southafricawest|3
centralindia|Central India|Asia Pacific|Pune|73.9197|18.5822|southindia|3
southindia|South India|Asia Pacific|Chennai|80.1636|12.9822|centralindia|0
southeastasia|Southeast Asia|Asia Pacific|Singapore|103.833|1.283|eastasia|3
eastasia|East Asia|Asia Pacific|Hong Kong|114.188|22.267|southeastasia|3
japaneast|Japan East|Asia Pacific|Tokyo, Saitama|139.77|35.68|japanwest|3
japanwest|Japan West|Asia Pacific|Osaka|135.5022|34.6939|japaneast|3
koreacentral|Korea Central|Asia Pacific|Seoul|126.978|37.5665|koreasouth|3
australiaeast|Australia East|Asia Pacific|New South Wales|151.2094|-33.86|australiasoutheast|3
australiasoutheast|Australia Southeast|Asia Pacific|Victoria|144.9631|-37.8136|australiaeast|0
`;

function locationFrom(row: string): Location {
  const [
    name = "",
    displayName = "",
    geographyGroup = "",
    physicalLocation = "",
    longitude,
    latitude,
    pair,
    zones,
  ] = row.split("|");
  return {
    name,
    type: "Region",
    displayName,
    regionalDisplayName: `(${geographyGroup}) ${displayName}`,
    metadata: {
      regionType: "Physical",
      regionCategory: zones === "0" ? "Other" : "Recommended",
      geographyGroup,
      longitude: longitude ?? "",
      latitude: latitude ?? "",
      physicalLocation,
      pairedRegion: pair === undefined || pair === "-" ? [] : [{ name: pair }],
    },
    ...(zones !== "0" && {
      availabilityZoneMappings: ["1", "2", "3"].map((zone) => ({
        logicalZone: zone,
        physicalZone: `${name}-az${zone}`,
      })),
    }),
  };
}

export const locations: readonly Location[] = table.trim().split("\n").map(locationFrom);

const compact = (text: string): string => text.replaceAll(" ", "").toLowerCase();

/** The name of a location from what a client wrote: `West Europe` and `westeurope` are one. Undefined when there is none. */
export function locationOf(text: string): string | undefined {
  return locations.find(({ name }) => name === compact(text))?.name;
}
