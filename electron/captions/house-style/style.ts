/** How a city writes what is spoken in the same way everywhere: spelling, times, money, numbers, titles and votes. */
import { z } from "zod";
import type { Immutable } from "../readonly.ts";

/** What stays as it was recognized. */
const asRecognized = "as-heard";

/** The choices of each part of a style, each written as its own example. */
export const styleChoices = {
  spelling: ["us", "uk", asRecognized],
  times: ["p.m.", "PM", "pm", asRecognized],
  money: ["$5", asRecognized],
  percent: ["5%", "5 percent", asRecognized],
  /** Numbers of ordinances and resolutions. */
  numbers: ["No. 26-14", "#26-14", "26-14", asRecognized],
  titles: ["Councilmember", "Council Member", "Councilor", "Councillor", asRecognized],
  votes: ["4-0", "4 to 0", asRecognized],
} as const;

const houseStyleSchema = z.strictObject({
  spelling: z.enum(styleChoices.spelling),
  times: z.enum(styleChoices.times),
  money: z.enum(styleChoices.money),
  percent: z.enum(styleChoices.percent),
  numbers: z.enum(styleChoices.numbers),
  titles: z.enum(styleChoices.titles),
  votes: z.enum(styleChoices.votes),
});
export type HouseStyle = Immutable<z.infer<typeof houseStyleSchema>>;
export type StylePartName = keyof HouseStyle;
export const stylePartNames = [
  "spelling",
  "times",
  "money",
  "percent",
  "numbers",
  "titles",
  "votes",
] as const satisfies readonly StylePartName[];

/** Styles by name, from which the others differ in single parts. */
export const baseStyles = {
  us: {
    spelling: "us",
    times: "p.m.",
    money: "$5",
    percent: "5%",
    numbers: "No. 26-14",
    titles: "Councilmember",
    votes: "4-0",
  },
  uk: {
    spelling: "uk",
    times: "pm",
    money: "$5",
    percent: "5%",
    numbers: "No. 26-14",
    titles: "Councillor",
    votes: "4-0",
  },
  ["as-heard"]: {
    spelling: asRecognized,
    times: asRecognized,
    money: asRecognized,
    percent: asRecognized,
    numbers: asRecognized,
    titles: asRecognized,
    votes: asRecognized,
  },
} as const satisfies Readonly<Record<HouseStyle["spelling"], HouseStyle>>;

/** The languages that have a style. Words of all others are never changed. */
const styledLanguages: ReadonlySet<string> = new Set(["en"]);

/** @param language ISO 639-1 */
export const hasHouseStyle = (language: string): boolean => styledLanguages.has(language);

/** True if a style changes nothing. */
export const changesNothing = (style: HouseStyle): boolean =>
  stylePartNames.every((part) => style[part] === asRecognized);

/**
 * Parses the text of a style: `us`, `uk` or `as-heard`, and what is different from it, such as
 * `us, titles=Council Member, votes=4 to 0`.
 * @returns undefined: the text is none
 */
export function parseHouseStyle(text: string): HouseStyle | undefined {
  const [name = "", ...parts] = text.split(",").map((part) => part.trim());
  if (!Object.hasOwn(baseStyles, name)) return undefined;
  const changes: Record<string, string> = {};
  for (const part of parts) {
    const at = part.indexOf("=");
    const key = part.slice(0, at).trim();
    if (at < 0 || Object.hasOwn(changes, key)) return undefined;
    changes[key] = part.slice(at + 1).trim();
  }
  const parsed = houseStyleSchema.safeParse({ ...baseStyles[name as keyof typeof baseStyles], ...changes });
  return parsed.success ? parsed.data : undefined;
}

/** Formats a style as the shortest text that `parseHouseStyle` reads. */
export function formatHouseStyle(style: HouseStyle): string {
  const base: HouseStyle = baseStyles[style.spelling];
  const changes = stylePartNames.filter((part) => style[part] !== base[part]).map((part) => `${part}=${style[part]}`);
  return [style.spelling, ...changes].join(", ");
}

export const defaultStyleText = "us";

/** How the text of a style is written. */
export const houseStyleHelp =
  "us, uk or as-heard, and what is different from it, like: us, titles=Council Member, votes=4 to 0 (parts: " +
  `${stylePartNames.map((part) => `${part} ${styleChoices[part].join(" | ")}`).join("; ")})`;

/** The text of a style, in its shortest form. */
export const houseStyleTextSchema = z
  .string()
  .refine((text) => parseHouseStyle(text) !== undefined, houseStyleHelp)
  .overwrite((text) => {
    const style = parseHouseStyle(text);
    return style === undefined ? text : formatHouseStyle(style);
  });
