/** The caption formats that Archivist writes for a transcription, as settings and the command line name them. */
import { z } from "zod";
import { defaultFormatNames, deliveredFormatNames } from "../captions/formats/format-names.ts";

export const outputFormats = deliveredFormatNames;
/** Those that are written unless the settings say otherwise. */
export const defaultOutputFormats = defaultFormatNames;
export const outputFormatSchema = z.enum(outputFormats);
export type OutputFormat = z.infer<typeof outputFormatSchema>;

/** Kinds of files that belong to a transcription: its captions in each format, its summary and its report. */
export const fileKinds = [...outputFormats, "summary", "report"] as const;
export type FileKind = (typeof fileKinds)[number];
