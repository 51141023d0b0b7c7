import { z } from "zod";

/** The caption formats that Archivist writes for a transcription, in the order in which it lists them. */
export const outputFormats = ["scc", "vtt", "srt", "txt", "json"] as const;

/** The caption formats that a file can be converted to. */
export const captionFileFormats = [...outputFormats, "ttml"] as const;

export const outputFormatSchema = z.enum(outputFormats);

export type OutputFormat = z.infer<typeof outputFormatSchema>;
