/** The summary and the key phrases of a meeting, which follow its newest captions. */
import { parse } from "node:path";
import { withoutSounds } from "../../captions/editing/version-words.ts";
import { findSummary, storeSummary } from "../../catalog/repositories/insights.ts";
import { decodedLength } from "../../catalog/repositories/recordings.ts";
import { findCues, findNewestVersionNumber } from "../../catalog/repositories/versions.ts";
import { formatSummary } from "../../insight/markdown.ts";
import { summarize } from "../../insight/summary.ts";
import type { StationServices } from "../../station-services.ts";
import { listVersionWords } from "./version-words.ts";

type SummaryServices = Pick<StationServices, "catalog" | "settings">;

export interface SummarySubject {
  readonly transcriptionId: string;
  readonly recordingId: string;
  /** Path or name of the recording, for the title. */
  readonly path: string;
}

/** For a recording that is to have a summary at a station that usually makes none. */
const defaultSentences = 10;

/** The options that affect a summary, as they are stored with it. */
const toOptions = ({ settings }: Pick<SummaryServices, "settings">): string => JSON.stringify(settings.insight);

/** True if there is a summary, made of the newest captions with the settings as they are. */
export function isSummaryCurrent(services: SummaryServices, transcriptionId: string): boolean {
  const stored = findSummary(services.catalog, transcriptionId);
  const newest = findNewestVersionNumber(services.catalog, transcriptionId);
  return stored !== undefined && stored.version === newest && stored.options === toOptions(services);
}

/**
 * Makes the summary anew unless it is current.
 * @returns The version that it is made of, which is the newest one at that moment; undefined: there are no captions
 */
export async function deriveSummary(
  services: SummaryServices,
  { transcriptionId, recordingId, path }: SummarySubject,
): Promise<number | undefined> {
  const { catalog, settings } = services;
  for (;;) {
    const version = findNewestVersionNumber(catalog, transcriptionId);
    if (version === undefined || isSummaryCurrent(services, transcriptionId)) return version;
    const words = listVersionWords(catalog, transcriptionId, version);
    const summary = await summarize(version === 0 ? words : withoutSounds(words), {
      sentences: settings.insight.summarySentences || defaultSentences,
      keyPhrases: settings.insight.keyPhrases,
    });
    const lastMs = findCues(catalog, transcriptionId, version)?.at(-1)?.endMs ?? 0;
    const head = { title: parse(path).name, durationMs: decodedLength(catalog, recordingId)?.durationMs ?? lastMs };
    // A version may have been made meanwhile: the summary of it comes next.
    storeSummary(catalog, transcriptionId, {
      ...summary,
      markdown: formatSummary(summary, head),
      options: toOptions(services),
      version,
    });
  }
}

/**
 * Makes an existing summary follow the newest captions; where none was made, none is.
 * @returns The newest version; undefined: there are no captions
 */
export async function refreshSummary(services: SummaryServices, subject: SummarySubject): Promise<number | undefined> {
  const { catalog } = services;
  if (findSummary(catalog, subject.transcriptionId) !== undefined) return deriveSummary(services, subject);
  return findNewestVersionNumber(catalog, subject.transcriptionId);
}
