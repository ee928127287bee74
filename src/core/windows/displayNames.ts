import { memo } from "../memo.ts";
import { ianaOf, offsetNow } from "./zones.ts";

/**
 * Windows' id of each time zone and what Windows shows for it, as of 2025: the places of `tzutil /l`, then the name of its standard time
 * where that is another than the id. What is shown for a retired zone stands at the current one: `insteadOfRetired`.
 */
const table = `
Azores Standard Time=Azores
Cape Verde Standard Time=Cabo Verde Is.;Cabo Verde Standard Time
UTC-02=Coordinated Universal Time-02;Mid-Atlantic - Old;Mid-Atlantic Standard Time
Greenland Standard Time=Greenland
Tocantins Standard Time=Araguaina
Paraguay Standard Time=Asuncion
E. South America Standard Time=Brasilia
SA Eastern Standard Time=Cayenne, Fortaleza
Argentina Standard Time=City of Buenos Aires
Montevideo Standard Time=Montevideo
Magallanes Standard Time=Punta Arenas
Saint Pierre Standard Time=Saint Pierre and Miquelon
Bahia Standard Time=Salvador
Newfoundland Standard Time=Newfoundland
Atlantic Standard Time=Atlantic Time (Canada)
Venezuela Standard Time=Caracas
Central Brazilian Standard Time=Cuiaba
SA Western Standard Time=Georgetown, La Paz, Manaus, San Juan
Pacific SA Standard Time=Santiago
SA Pacific Standard Time=Bogota, Lima, Quito, Rio Branco
Eastern Standard Time (Mexico)=Chetumal
Eastern Standard Time=Eastern Time (US & Canada)
Haiti Standard Time=Haiti
Cuba Standard Time=Havana
US Eastern Standard Time=Indiana (East)
Turks And Caicos Standard Time=Turks and Caicos
Central America Standard Time=Central America
Central Standard Time=Central Time (US & Canada)
Easter Island Standard Time=Easter Island
Central Standard Time (Mexico)=Guadalajara, Mexico City, Monterrey
Canada Central Standard Time=Saskatchewan
US Mountain Standard Time=Arizona
Mountain Standard Time (Mexico)=La Paz, Mazatlan
Mountain Standard Time=Mountain Time (US & Canada)
Yukon Standard Time=Yukon
Pacific Standard Time (Mexico)=Baja California
UTC-08=Coordinated Universal Time-08
Pacific Standard Time=Pacific Time (US & Canada)
Alaskan Standard Time=Alaska
UTC-09=Coordinated Universal Time-09
Marquesas Standard Time=Marquesas Islands
Aleutian Standard Time=Aleutian Islands
Hawaiian Standard Time=Hawaii
UTC-11=Coordinated Universal Time-11
Dateline Standard Time=International Date Line West
UTC=Coordinated Universal Time
GMT Standard Time=Dublin, Edinburgh, Lisbon, London
Greenwich Standard Time=Monrovia, Reykjavik
Sao Tome Standard Time=Sao Tome
W. Europe Standard Time=Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna
Central Europe Standard Time=Belgrade, Bratislava, Budapest, Ljubljana, Prague
Romance Standard Time=Brussels, Copenhagen, Madrid, Paris
Morocco Standard Time=Casablanca
Central European Standard Time=Sarajevo, Skopje, Warsaw, Zagreb
W. Central Africa Standard Time=West Central Africa
GTB Standard Time=Athens, Bucharest
Middle East Standard Time=Beirut
Egypt Standard Time=Cairo
E. Europe Standard Time=Chisinau
West Bank Standard Time=Gaza, Hebron;West Bank Gaza Standard Time
South Africa Standard Time=Harare, Pretoria
FLE Standard Time=Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius
Israel Standard Time=Jerusalem;Jerusalem Standard Time
South Sudan Standard Time=Juba
Kaliningrad Standard Time=Kaliningrad;Russia TZ 1 Standard Time
Sudan Standard Time=Khartoum
Libya Standard Time=Tripoli
Namibia Standard Time=Windhoek
Jordan Standard Time=Amman
Arabic Standard Time=Baghdad
Syria Standard Time=Damascus
Turkey Standard Time=Istanbul
Arab Standard Time=Kuwait, Riyadh
Belarus Standard Time=Minsk
Russian Standard Time=Moscow, St. Petersburg;Russia TZ 2 Standard Time
E. Africa Standard Time=Nairobi
Volgograd Standard Time=Volgograd
Iran Standard Time=Tehran
Arabian Standard Time=Abu Dhabi, Muscat
Astrakhan Standard Time=Astrakhan, Ulyanovsk
Azerbaijan Standard Time=Baku
Russia Time Zone 3=Izhevsk, Samara;Russia TZ 3 Standard Time
Mauritius Standard Time=Port Louis
Saratov Standard Time=Saratov
Georgian Standard Time=Tbilisi
Caucasus Standard Time=Yerevan
Afghanistan Standard Time=Kabul
West Asia Standard Time=Ashgabat, Tashkent
Qyzylorda Standard Time=Astana
Ekaterinburg Standard Time=Ekaterinburg;Russia TZ 4 Standard Time
Pakistan Standard Time=Islamabad, Karachi
India Standard Time=Chennai, Kolkata, Mumbai, New Delhi
Sri Lanka Standard Time=Sri Jayawardenepura
Nepal Standard Time=Kathmandu
Central Asia Standard Time=Bishkek
Bangladesh Standard Time=Dhaka
Omsk Standard Time=Omsk
Myanmar Standard Time=Yangon (Rangoon)
SE Asia Standard Time=Bangkok, Hanoi, Jakarta
Altai Standard Time=Barnaul, Gorno-Altaysk
W. Mongolia Standard Time=Hovd
North Asia Standard Time=Krasnoyarsk;Russia TZ 6 Standard Time
N. Central Asia Standard Time=Novosibirsk;Novosibirsk Standard Time
Tomsk Standard Time=Tomsk
China Standard Time=Beijing, Chongqing, Hong Kong SAR, Urumqi;Beijing, Chongqing, Hong Kong, Urumqi
North Asia East Standard Time=Irkutsk;Russia TZ 7 Standard Time
Singapore Standard Time=Kuala Lumpur, Singapore;Malay Peninsula Standard Time
W. Australia Standard Time=Perth
Taipei Standard Time=Taipei
Ulaanbaatar Standard Time=Ulaanbaatar
Aus Central W. Standard Time=Eucla
Transbaikal Standard Time=Chita
Tokyo Standard Time=Osaka, Sapporo, Tokyo
North Korea Standard Time=Pyongyang
Korea Standard Time=Seoul
Yakutsk Standard Time=Yakutsk;Russia TZ 8 Standard Time
Cen. Australia Standard Time=Adelaide
AUS Central Standard Time=Darwin
E. Australia Standard Time=Brisbane
AUS Eastern Standard Time=Canberra, Melbourne, Sydney
West Pacific Standard Time=Guam, Port Moresby
Tasmania Standard Time=Hobart
Vladivostok Standard Time=Vladivostok;Russia TZ 9 Standard Time
Lord Howe Standard Time=Lord Howe Island
Bougainville Standard Time=Bougainville Island
Russia Time Zone 10=Chokurdakh;Russia TZ 10 Standard Time
Magadan Standard Time=Magadan
Norfolk Standard Time=Norfolk Island
Sakhalin Standard Time=Sakhalin
Central Pacific Standard Time=Solomon Is., New Caledonia
Russia Time Zone 11=Anadyr, Petropavlovsk-Kamchatsky;Russia TZ 11 Standard Time;Petropavlovsk-Kamchatsky - Old;Kamchatka Standard Time
New Zealand Standard Time=Auckland, Wellington
UTC+12=Coordinated Universal Time+12
Fiji Standard Time=Fiji
Chatham Islands Standard Time=Chatham Islands
UTC+13=Coordinated Universal Time+13
Tonga Standard Time=Nuku'alofa
Samoa Standard Time=Samoa
Line Islands Standard Time=Kiritimati Island
`;

/** The Windows id that a display name belongs to, such as `(UTC+01:00) Brussels, Copenhagen, Madrid, Paris` or `Romance Daylight Time`. */
export function idOfDisplayName(text: string): string | undefined {
  const [, offset, name = ""] = /^\s*(?:\((?:UTC|GMT)\s*([+-]\d{2}:\d{2})?\))?(.*)$/i.exec(text) ?? [];
  const standard = name.replace(/\bDaylight Time\b/i, "Standard Time").trim();
  const id = ianaOf(standard) === undefined ? idsOf(table).get(plain(standard)) : standard;
  // Places change their offset, and Windows then names another zone by them: Astana was +06:00.
  return id !== undefined && (offset === undefined || everHas(id, offset)) ? id : undefined;
}

const idsOf = memo((lines: string): ReadonlyMap<string, string> => {
  const entries = lines
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [id = "", names = ""] = line.split("=");
      return names.split(";").map((name) => [plain(name), id] as const);
    });
  return new Map(entries);
});

/** Letters and digits without accents, with the signs of offsets. */
function plain(name: string): string {
  const letters = name.normalize("NFD").toLowerCase().replace("co-ordinated", "coordinated");
  return letters.replaceAll(/[^\p{L}\p{N}+-]|[+-](?!\d)/gu, "");
}

/** Whether the zone's clock has this offset in one half of a recent year. */
function everHas(windowsId: string, offset: string): boolean {
  const ianaId = ianaOf(windowsId);
  return ianaId !== undefined && recentMoments.some((now) => offsetNow(ianaId, now) === `UTC${offset}`);
}

const recentMoments = ["2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z"];
