/** Finished files. */
import { z } from "zod";
import { defaultOutputFormats, outputFormatSchema, outputFormats } from "../formats.ts";
import { optionalPath, setting } from "./setting.ts";

/**
 * Pattern of a folder: what it names lies below its share or its beginning. A single backslash at the beginning would be the
 * root of a disk, and look like a folder below.
 */
export const outputPatternSchema = z
  .string()
  .min(1)
  .refine((pattern) => !/^\\(?!\\)/.test(pattern), "it begins with a backslash")
  .refine((pattern) => !/(^|[\\/])\.\.?([\\/]|$)/.test(pattern), "it leads out of its folder");

export const outputSchema = z.strictObject({
  folder: setting(
    optionalPath.default(null),
    "Folder for finished files, except those of a city with an output pattern of its own. Empty: the place on the share of the recording or of its city, else `output` in the data folder.",
    "the absolute path of a folder, or null",
    { overNetwork: "folders" },
  ),
  pattern: setting(
    outputPatternSchema.default("{share}/transcriptions/{year}/{date}-{slug}"),
    "Folder for the files of recordings on a share and of cities with a share, made of {share}, {city}, {year}, {month}, {date}, {type}, {title} and {slug}.",
    "a path made of {share}, {city}, {year}, {month}, {date}, {type}, {title} and {slug}, without ..",
    { overNetwork: "folders" },
  ),
  formats: setting(
    z
      .array(outputFormatSchema)
      .min(1)
      .default([...defaultOutputFormats]),
    "Caption formats to write.",
    `a list out of ${outputFormats.join(", ")}`,
  ),
});
