/** Finds the city that the name of a recording contains. Pure. */
import type { CitySettings } from "../../contract/settings/cities.ts";

/** A text as it is compared: letters and digits alone, and the places between them where a word begins or ends. */
interface ComparedText {
  readonly characters: string;
  readonly borders: ReadonlySet<number>;
}

type CharacterKind = "lower" | "upper" | "digit";

function getCharacterKind(character: string): CharacterKind | undefined {
  if (/\p{N}/u.test(character)) return "digit";
  if (/\p{Lu}/u.test(character)) return "upper";
  return /\p{L}/u.test(character) ? "lower" : undefined;
}

/** Words are also told apart without a space: `OakdaleCouncil`, `Oakdale20260302`. */
const beginsWord = (before: CharacterKind | undefined, kind: CharacterKind): boolean =>
  before !== undefined && before !== kind && (before === "lower" || before === "digit" || kind === "digit");

/** Accents and case do not count: files are often named without them. */
function toComparedText(text: string): ComparedText {
  const borders = new Set<number>([0]);
  let characters = "";
  let before: CharacterKind | undefined;
  for (const character of text.normalize("NFKD").replace(/\p{M}/gu, "")) {
    const kind = getCharacterKind(character);
    if (kind === undefined || beginsWord(before, kind)) borders.add(characters.length);
    if (kind !== undefined) characters += character.toLowerCase();
    before = kind;
  }
  return { characters, borders: borders.add(characters.length) };
}

interface Occurrence {
  readonly city: CitySettings;
  readonly start: number;
  readonly end: number;
}

/** Every place where a name stands as whole words, with borders inside it only where the name has one itself. */
function listOccurrences(text: ComparedText, city: CitySettings): readonly Occurrence[] {
  const name = toComparedText(city.name);
  const found: Occurrence[] = [];
  if (name.characters === "") return found;
  let start = text.characters.indexOf(name.characters);
  for (; start >= 0; start = text.characters.indexOf(name.characters, start + 1)) {
    const end = start + name.characters.length;
    const isWhole = text.borders.has(start) && text.borders.has(end);
    const hasStrayBorder = [...text.borders].some((at) => at > start && at < end && !name.borders.has(at - start));
    if (isWhole && !hasStrayBorder) found.push({ city, start, end });
  }
  return found;
}

/**
 * Finds the city whose name stands in the name of a file, as whole words. A name inside a longer one does not count:
 * `North Oakdale Council` is not Oakdale's.
 * @param fileName without folders
 * @returns undefined: no city is named, or several are
 */
export function findCityInName(cities: readonly CitySettings[], fileName: string): CitySettings | undefined {
  const text = toComparedText(fileName.replace(/\.[a-z0-9]{1,5}$/i, ""));
  const all = cities.flatMap((city) => listOccurrences(text, city));
  const isInsideLonger = ({ start, end }: Occurrence): boolean =>
    all.some((other) => other.start <= start && other.end >= end && other.end - other.start > end - start);
  const [city, ...others] = new Set(all.filter((each) => !isInsideLonger(each)).map((each) => each.city));
  return others.length === 0 ? city : undefined;
}
