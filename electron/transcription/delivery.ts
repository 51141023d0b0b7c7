/** Writes the output files of a finished transcription; all content comes from the catalog, so this can be repeated. */
import { mkdir, readFile } from "node:fs/promises";
import { parse } from "node:path";
import type { Cue } from "../captions/cue.ts";
import { writeCaptions } from "../captions/formats/write.ts";
import type { CueProfile } from "../captions/quality/caption-profile.ts";
import { checkSccFile } from "../captions/quality/scc/file-checks.ts";
import { compareWithCues, encodeScc } from "../captions/scc/encode.ts";
import { parseScc } from "../captions/scc/file.ts";
import { shiftCues, shiftWords } from "../captions/time/shift.ts";
import { listChunks } from "../catalog/repositories/chunks.ts";
import { findSummary } from "../catalog/repositories/insights.ts";
import { findLastWriter, findScore, listIssues, recordWrittenFile } from "../catalog/repositories/outputs.ts";
import { listStyledWords } from "../catalog/repositories/style-edits.ts";
import { listStages } from "../catalog/repositories/transcription-stages.ts";
import { findNewestCues } from "../catalog/repositories/versions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { FileKind, OutputFormat } from "../contract/formats.ts";
import { sha256, writeFileAtomic } from "../platform/atomic-write.ts";
import { fileError } from "../platform/file-errors.ts";
import { pathExists } from "../platform/path-exists.ts";
import { renameExisting } from "../platform/rename-existing.ts";
import { getDecodedLength } from "./decoded-length.ts";
import { inStageOrder, type StageName } from "./events.ts";
import { findMeetingLanguage } from "./meeting-language.ts";
import { getCaptionProfile } from "./options.ts";
import { numberedBase, outputPath } from "./output-names.ts";
import { findRecordingTimes, getFileOffsetMs } from "./recording-times.ts";
import { formatReport } from "./report.ts";
import type { TranscriptionRun } from "./transcription-run.ts";

export interface DeliveredFile {
  readonly kind: FileKind;
  readonly path: string;
}

export interface Delivery {
  readonly files: readonly DeliveredFile[];
  /** Existing files of other origin that were in the way, under their new names. */
  readonly renamed: readonly string[];
  /** Files that were edited since they were written, and were left unchanged. */
  readonly kept: readonly string[];
}

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

/** The text of every requested file, in the order of the list. */
function contents(job: TranscriptionRun, formats: readonly OutputFormat[]): ReadonlyMap<FileKind, string> {
  const { services, transcription, recording, request, info } = job;
  const { catalog } = services;
  const profile = getCaptionProfile(services.settings, request).cues;
  const cues = findNewestCues(catalog, transcription.id);
  const words = listStyledWords(catalog, transcription.id);
  const chunks = listChunks(catalog, transcription.id);
  const { durationMs } = getDecodedLength(catalog, recording.id);
  const language = findMeetingLanguage(chunks) ?? request.language;
  const times = findRecordingTimes(catalog, recording.id);
  const document = {
    recording: parse(request.path).base,
    durationMs,
    model: request.model.name,
    language,
  };
  const timed = (format: OutputFormat) => {
    const byMs = getFileOffsetMs(format, times);
    return { ...document, cues: shiftCues(cues, byMs), words: shiftWords(words, byMs) };
  };
  // The same captions are the same file, whenever it is written.
  const date = new Date(transcription.createdDate);
  const texts = new Map<FileKind, string>();
  // Encoded once: the text goes into a file, and its delay into the report.
  const { cues: sidecar } = timed("scc");
  const scc = encodeScc(sidecar, { profile });
  for (const format of formats) {
    texts.set(format, format === "scc" ? scc.text : writeCaptions(format, timed(format), profile, { date }));
  }
  if (formats.includes("scc")) verifyScc(scc.text, sidecar, profile);
  const summary = findSummary(catalog, transcription.id);
  if (summary !== undefined) texts.set("summary", summary.markdown);
  const report = formatReport({
    title: parse(request.path).name,
    path: request.path,
    info,
    durationMs,
    model: request.model.name,
    language,
    pieces: chunks.length,
    words,
    repairedWords: chunks.reduce((sum, chunk) => sum + chunk.repairedWords, 0),
    cueCount: cues.length,
    worstDelayMs: scc.worstDelayMs,
    issues: listIssues(catalog, transcription.id),
    score: findScore(catalog, transcription.id) ?? 0,
    passScore: services.settings.quality.passScore,
    steps: inStageOrder(listStages(catalog, transcription.id))
      // The time for writing is not known yet.
      .filter(({ name }) => name !== "write")
      .map(({ name, elapsedMs }) => ({ name: name as StageName, elapsedMs })),
  });
  texts.set("report", report);
  return texts;
}

/**
 * Base name of the files: that of the recording, which Cablecast requires for a sidecar. A number is appended only if
 * another recording of the same name has its files in the same folder.
 */
async function baseName(job: TranscriptionRun, folder: string, kinds: readonly FileKind[]): Promise<string> {
  const wanted = parse(job.request.path).name;
  const taken = async (base: string): Promise<boolean> => {
    for (const kind of kinds) {
      const path = outputPath(folder, base, kind);
      const writer = findLastWriter(job.services.catalog, path);
      if (writer !== undefined && writer.recordingId !== job.recording.id && (await pathExists(path))) return true;
    }
    return false;
  };
  for (let number = 1; ; number++) {
    const base = number === 1 ? wanted : numberedBase(wanted, number);
    if (!(await taken(base))) return base;
  }
}

/** What to do with a file of ours that was edited since it was written. */
export type EditedFilePolicy = "put-aside" | "keep";

type Presence = "absent" | "ours" | "same" | "edited" | "foreign";

/** Whether a file already exists, and who wrote it. */
async function presence(job: TranscriptionRun, path: string, text: string): Promise<Presence> {
  if (!(await pathExists(path))) return "absent";
  const present = sha256(await readFile(path));
  if (present === sha256(text)) return "same";
  const ours = findLastWriter(job.services.catalog, path);
  if (ours === undefined) return "foreign";
  return present === ours.sha256 ? "ours" : "edited";
}

/**
 * Writes the files.
 * @param edited new captions put an edited file aside; captions that are only delivered again leave it unchanged. A
 *   file that Archivist did not write is put aside in either case: it is not what was requested.
 * @throws ArchivistError `folder.not-writable`, `disk.full`, `captions.not-verified`
 */
export async function deliver(
  job: TranscriptionRun,
  folder: string,
  formats: readonly OutputFormat[],
  edited: EditedFilePolicy,
): Promise<Delivery> {
  const texts = contents(job, formats);
  const files: DeliveredFile[] = [];
  const aside: string[] = [];
  const kept: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    const base = await baseName(job, folder, [...texts.keys()]);
    for (const [kind, text] of texts) {
      const path = outputPath(folder, base, kind);
      files.push({ kind, path });
      const there = await presence(job, path, text);
      if (there === "edited" && edited === "keep") kept.push(path);
      else {
        if (there === "edited" || there === "foreign") aside.push(await renameExisting(path));
        const hash = there === "same" ? sha256(text) : await writeFileAtomic(path, text);
        recordWrittenFile(job.services.catalog, job.transcription.id, { kind, path, sha256: hash });
      }
    }
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  }
  return { files, renamed: aside, kept };
}
