/** The contents of a transcription's files; all of it comes from the catalog, and from one version of the captions. */
import { parse } from "node:path";
import type { Cue } from "../captions/cue.ts";
import { writeCaptions } from "../captions/formats/write.ts";
import type { CueProfile } from "../captions/quality/caption-profile.ts";
import { checkSccFile } from "../captions/quality/scc/file-checks.ts";
import { compareWithCues, encodeScc } from "../captions/scc/encode.ts";
import { parseScc } from "../captions/scc/file.ts";
import { shiftCues, shiftWords } from "../captions/time/shift.ts";
import { findApproval } from "../catalog/repositories/approvals.ts";
import { listChunks } from "../catalog/repositories/chunks.ts";
import { findSummary } from "../catalog/repositories/insights.ts";
import { findScore, listIssues } from "../catalog/repositories/outputs.ts";
import { decodedLength } from "../catalog/repositories/recordings.ts";
import { listStyledWords } from "../catalog/repositories/style-edits.ts";
import { listStages } from "../catalog/repositories/transcription-stages.ts";
import { findCues, findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { FileKind, OutputFormat } from "../contract/formats.ts";
import type { StationServices } from "../station-services.ts";
import { listVersionWords } from "./derivation/version-words.ts";
import { inStageOrder, type StageName } from "./events.ts";
import { findMeetingLanguage } from "./meeting-language.ts";
import { findRecordingTimes, getFileOffsetMs } from "./recording-times.ts";
import { formatReport } from "./report.ts";
import { findReportedMedia } from "./reported-media.ts";

/**
 * Verifies an SCC file; one that a decoder could misread is not delivered.
 * @throws ArchivistError `captions.not-verified`
 */
function verifyScc(scc: string, cues: readonly Cue[], profile: CueProfile): void {
  const difference = compareWithCues(scc, cues, { profile });
  if (difference !== undefined) {
    throw new ArchivistError("captions.not-verified", {
      cause: `the captions do not decode to the text that they were made from (${difference})`,
    });
  }
  const fault = checkSccFile(parseScc(scc)).find(({ severity }) => severity === "error");
  if (fault !== undefined) {
    throw new ArchivistError("captions.not-verified", { cause: `the SCC file is not sound (${fault.message})` });
  }
}

/** What is delivered, and how. */
export interface DeliverySubject {
  readonly services: Pick<StationServices, "catalog" | "settings">;
  readonly transcriptionId: string;
  readonly recordingId: string;
  /** Path of the recording, after which the files are named. */
  readonly path: string;
  readonly model: string;
  /** The language that was asked for, if none was recognized. */
  readonly language: string;
  /** Of the transcription: the same captions are the same file, whenever it is written. */
  readonly createdDate: string;
  readonly profile: CueProfile;
}

export interface FileContents {
  /** In the order of the list. */
  readonly texts: ReadonlyMap<FileKind, string>;
  /** The version of the captions that all of them hold. */
  readonly version: number;
}

/**
 * The text of every requested file, all of the newest version. A summary of an older version is left out.
 * @throws ArchivistError `captions.not-verified`; `meeting.unknown` if there are no captions
 */
export function makeContents(subject: DeliverySubject, formats: readonly OutputFormat[]): FileContents {
  const { services, transcriptionId, recordingId, path, model, profile } = subject;
  const { catalog, settings } = services;
  const version = findNewestVersionNumber(catalog, transcriptionId);
  if (version === undefined) {
    throw new ArchivistError("meeting.unknown", { subject: parse(path).base, cause: "it has no captions yet" });
  }
  const cues = findCues(catalog, transcriptionId, version) ?? [];
  const words = listVersionWords(catalog, transcriptionId, version);
  const chunks = listChunks(catalog, transcriptionId);
  const durationMs = decodedLength(catalog, recordingId)?.durationMs ?? cues.at(-1)?.endMs ?? 0;
  const language = findMeetingLanguage(chunks) ?? subject.language;
  const times = findRecordingTimes(catalog, recordingId);
  const document = { recording: parse(path).base, durationMs, model, language };
  const timed = (format: OutputFormat) => {
    const byMs = getFileOffsetMs(format, times);
    return { ...document, cues: shiftCues(cues, byMs), words: shiftWords(words, byMs) };
  };
  const date = new Date(subject.createdDate);
  const texts = new Map<FileKind, string>();
  // Encoded once: the text goes into a file, and its delay into the report.
  const { cues: sidecar } = timed("scc");
  const scc = encodeScc(sidecar, { profile });
  for (const format of formats) {
    texts.set(format, format === "scc" ? scc.text : writeCaptions(format, timed(format), profile, { date }));
  }
  if (formats.includes("scc")) verifyScc(scc.text, sidecar, profile);
  const summary = findSummary(catalog, transcriptionId);
  if (summary?.version === version) texts.set("summary", summary.markdown);
  const report = formatReport({
    title: parse(path).name,
    path,
    info: findReportedMedia(catalog, recordingId),
    durationMs,
    model,
    language,
    pieces: chunks.length,
    words: listStyledWords(catalog, transcriptionId),
    repairedWords: chunks.reduce((sum, chunk) => sum + chunk.repairedWords, 0),
    cueCount: cues.length,
    worstDelayMs: scc.worstDelayMs,
    issues: listIssues(catalog, transcriptionId),
    score: findScore(catalog, transcriptionId) ?? 0,
    passScore: settings.quality.passScore,
    version,
    approval: findApproval(catalog, transcriptionId),
    steps: inStageOrder(listStages(catalog, transcriptionId))
      // The time for writing is not known yet.
      .filter(({ name }) => name !== "write")
      .map(({ name, elapsedMs }) => ({ name: name as StageName, elapsedMs })),
  });
  texts.set("report", report);
  return { texts, version };
}
