/** Names of people and streets in an agenda, for the city's glossary. Pure. */

export interface AgendaName {
  readonly name: string;
  /** Told by a title or office before it, rather than by its capitals. */
  readonly isSure: boolean;
}

const maxNames = 100;

const part = "\\p{Lu}[\\p{Ll}’'-]+(?:\\p{Lu}\\p{Ll}+)?";
const full = `${part}(?:\\s+\\p{Lu}\\.)?(?:\\s+(?:de|la|van|von|der|del|${part})){0,3}`;
const office =
  "(?:Mayor(?: Pro Tem)?|(?:Vice[ -])?Chair(?:man|woman|person)?|Commissioner|Council(?: ?[Mm]ember|man|woman)?|Alder(?:man|woman|person)?|Supervisor|Trustee|Clerk|Attorney|Administrator|Manager|Engineer|Planner|Director|Chief|Treasurer|Superintendent|Mr\\.?|Mrs\\.?|Ms\\.?|Dr\\.?|Rev\\.?|Presented by|Presenter|Applicant|Petitioner|Owner)";
const titled = new RegExp(`\\b${office}:?,?\\s+(${full})`, "gu");
const afterwards = new RegExp(
  `\\b(${part}(?:\\s+\\p{Lu}\\.)?\\s+${part}),\\s+(?:the\\s+)?(?:City|Town|Village|County|Public|Finance|Community|Assistant|Deputy|${office})`,
  "gu",
);
const street = new RegExp(
  `\\b((?:${part}\\s+){1,3}(?:Street|Avenue|Road|Drive|Lane|Boulevard|Parkway|Court|Circle|Trail|Place|Way|Park|Creek|Lake))\\b`,
  "gu",
);

/** Words with capitals in every agenda: no part of a name. */
const ordinary = new Set(
  "A An Adopt Agenda Amendment And Annual Approve Approval Authorize Award Board Budget Call City Code Comment Commission Committee Comments Community Conditional Consent Consider Consideration Contract Council County Department Development Director Economic Engineer Finance Final Fire First General Hall Hearing Improvement Item Items January February March April May June July August September October November December Meeting Minutes Monday Tuesday Wednesday Thursday Friday Saturday Sunday Motion New Next North South East West Old Open Ordinance Order Park Parks Permit Planning Plan Plat Police Preliminary Project Proposed Public Regular Report Reports Request Resolution Review Second Service Session Special Staff State Street The Town Use Update Utility Variance Village Water Work Works Zoning".split(
    " ",
  ),
);

const isOrdinary = (name: string): boolean => name.split(/\s+/).every((word) => ordinary.has(word));

/** Without ordinary words at its edges. */
function trimName(name: string): string {
  const words = name.trim().split(/\s+/);
  while (words.length > 0 && ordinary.has(words[0] ?? "")) words.shift();
  while (words.length > 0 && ordinary.has(words.at(-1) ?? "")) words.pop();
  return words.join(" ");
}

/** @param known names that the glossary has already */
export function findAgendaNames(
  lines: readonly { readonly text: string }[],
  known: readonly string[],
): readonly AgendaName[] {
  const isKnown = new Set(known.map((name) => name.toLowerCase()));
  const found = new Map<string, AgendaName>();
  const add = (name: string, isSure: boolean): void => {
    if (name.length < 3 || isOrdinary(name) || isKnown.has(name.toLowerCase())) return;
    if (!found.has(name) || isSure) found.set(name, { name, isSure });
  };
  for (const { text } of lines) {
    // In capitals nothing tells a name from a word.
    if (!/\p{Ll}/u.test(text)) continue;
    for (const [, name = ""] of text.matchAll(titled)) add(trimName(name), true);
    for (const [, name = ""] of text.matchAll(afterwards)) add(trimName(name), true);
    for (const [, name = ""] of text.matchAll(street)) {
      const words = name.split(/\s+/);
      while (words.length > 1 && ordinary.has(words[0] ?? "")) words.shift();
      if (words.length > 1) add(words.join(" "), false);
    }
  }
  return [...found.values()].slice(0, maxNames);
}
