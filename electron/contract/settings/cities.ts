/** The cities: where their recordings are stored, how they are named, and how they are published. */
import { z } from "zod";
import { houseStyleTextSchema } from "../../captions/house-style/style.ts";
import { captionProfileNameSchema, speakerLabels } from "../../captions/quality/caption-profile.ts";
import { languageCodeSchema, otherLanguageCaptions } from "../languages.ts";
import { accessLevels } from "../publishing.ts";
import { soundTextSchema } from "../sound.ts";
import { outputPatternSchema } from "./output.ts";
import { areUnique, setting } from "./setting.ts";

/** Cablecast metadata of a city's shows; used when they are published. */
const cityCablecastSchema = z.strictObject({
  location: z.number().int().positive().nullable().default(null),
  channel: z.number().int().positive().nullable().default(null),
  category: z.number().int().positive().nullable().default(null),
  producer: z.number().int().positive().nullable().default(null),
  project: z.number().int().positive().nullable().default(null),
  /** Id of the show field that takes tags. */
  tagField: z.number().int().positive().nullable().default(null),
  /** Other show fields: id and text, in which {city}, {date}, {type} and {title} are filled in. */
  customFields: z
    .array(z.strictObject({ field: z.number().int().positive(), value: z.union([z.string().min(1), z.number()]) }))
    .default([]),
});

export const citySchema = z.strictObject({
  /** Display name of the city; unique. */
  name: z.string().trim().min(1).max(100),
  /** Labels of the shares on which its recordings arrive. */
  shares: z.array(z.string()).min(1),
  /** Folders on those shares, as glob patterns relative to the share; several cities may use one share. */
  folders: z.array(z.string().min(1)).min(1).default(["**"]),
  /** Regular expressions with the groups date, type and title: the first that matches a file name sets them. */
  namePatterns: z.array(z.string().min(1).max(2_000)).default([]),
  /** Pattern of the output folder; null: `output.pattern`. */
  output: outputPatternSchema.nullable().default(null),
  /** Glossary whose names are used; null: the one with the city's name. */
  glossary: z.string().min(1).nullable().default(null),
  language: z
    .string()
    .regex(/^(auto|[a-z]{2,3})$/)
    .nullable()
    .default(null),
  /** Other languages that people speak in its meetings; null: as set by `speech.otherLanguages`. */
  otherLanguages: z.array(languageCodeSchema).nullable().default(null),
  /** Captions of what is said in them; null: as set by `speech.otherLanguageCaptions`. */
  otherLanguageCaptions: z.enum(otherLanguageCaptions).nullable().default(null),
  /** Which sound of its recordings is used; null: the one with speech. */
  sound: soundTextSchema.nullable().default(null),
  captionProfile: captionProfileNameSchema.nullable().default(null),
  /** How its captions show a change of speaker; null: as set by `captions.speakerLabels`. */
  speakerLabels: z.enum(speakerLabels).nullable().default(null),
  /** How words are written, as text (`captions/house-style/style.ts`); null: as set by `captions.style`. */
  style: houseStyleTextSchema.nullable().default(null),
  cablecast: cityCablecastSchema.prefault({}),
  /** Only approved captions are published; null: as set by `publishing.needsApproval`. */
  needsApproval: z.boolean().nullable().default(null),
  /** Who may watch; null: as set by `generic.access`. */
  access: z.enum(accessLevels).nullable().default(null),
  /** Mail addresses notified when the city's jobs end, and of problems. */
  notify: z.array(z.email()).default([]),
});
export type CitySettings = z.infer<typeof citySchema>;

/**
 * Name of the glossary and dictionary that a recording is recognized and corrected with.
 * @param city its city in the settings, if there is one
 * @param cityName the city that the recording names itself
 * @returns undefined: it has none
 */
export const findGlossaryName = (city: CitySettings | undefined, cityName: string | undefined): string | undefined =>
  city === undefined ? cityName : (city.glossary ?? city.name);

export const citiesSchema = z.strictObject({
  members: setting(
    z
      .array(citySchema)
      .refine((cities) => areUnique(cities.map(({ name }) => name)), "two cities have the same name")
      .default([]),
    "The member cities: name, shares, folders, namePatterns, output, glossary, language, otherLanguages, otherLanguageCaptions, sound, captionProfile, speakerLabels, style, cablecast, needsApproval, access, notify.",
    "a list of cities, each with a name of its own and the labels of its shares",
    { overNetwork: "folders" },
  ),
});
