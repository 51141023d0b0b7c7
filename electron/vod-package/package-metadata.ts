/**
 * `metadata.json` of a package: what a VOD system needs to know. Fields that such a system has added, such as
 * statistics, are kept when the package is written again.
 */
import { join } from "node:path";
import { z } from "zod";
import type { Publication } from "../contract/publishing.ts";
import { readPlainText } from "../platform/plain-files.ts";

export const metadataName = "metadata.json";

/** The fields that are read from an existing file; all other fields are kept. */
const storedSchema = z.looseObject({
  recording_id: z.string(),
  published_date: z.string().optional(),
  statistics: z.looseObject({}).optional(),
});
export type StoredMetadata = z.infer<typeof storedSchema>;

/** Initial values of the statistics that VOD systems keep of a video. */
const noStatistics = {
  views: 0,
  unique_viewers: 0,
  watch_seconds: 0,
  average_watch_seconds: 0,
  completions: 0,
  last_viewed_date: null,
};

/** Reads the metadata of a folder; undefined when there is none or it cannot be parsed. */
export async function readMetadata(folder: string): Promise<StoredMetadata | undefined> {
  const text = await readPlainText(join(folder, metadataName)).catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export interface PackageFile {
  readonly kind: "video" | "scc" | "vtt" | "chapters" | "thumbnail" | "page";
  /** File name inside the package. */
  readonly name: string;
  readonly bytes: number;
}

/** Formats the content of the file. Pure. */
export function formatMetadata(
  publication: Publication,
  files: readonly PackageFile[],
  before: StoredMetadata | undefined,
  now: string,
): string {
  const { seconds, city, title, publicTitle, description, date, tags, chapters, access, cues } = publication;
  const captions = publication.withCaptions ? { language: "en", count: cues.length } : null;
  const metadata: Record<string, unknown> = {
    version: 1,
    generator: "Archivist",
    recording_id: publication.recordingId,
    transcription_id: publication.transcriptionId,
    title: publicTitle,
    full_title: title,
    description,
    date,
    city,
    tags,
    duration_seconds: seconds,
    captions,
    chapters: chapters.map((chapter) => ({ title: chapter.title, offset_seconds: chapter.offset })),
    access,
    files,
    statistics: { ...noStatistics, ...before?.statistics },
    published_date: before?.published_date ?? now,
  };
  const added = Object.entries(before ?? {}).filter(([name]) => !(name in metadata));
  return `${JSON.stringify({ ...metadata, ...Object.fromEntries(added) }, undefined, 2)}\n`;
}
