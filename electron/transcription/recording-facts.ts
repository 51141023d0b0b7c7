/** Facts about a recording that the quality rules need, from the catalog and the decoded files. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RecordingFacts } from "../captions/quality/document-facts.ts";
import { findRecordingIssues } from "../captions/quality/recording-issues.ts";
import type { RecognitionIssue } from "../captions/recognition/recognition-issue.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import { listChunks, listWords } from "../catalog/repositories/chunks.ts";
import { type GlossaryProposal, listGlossaryTerms, listProposals } from "../catalog/repositories/glossary.ts";
import { listSilences } from "../catalog/repositories/recordings.ts";
import { decodedFiles } from "../media/decoding/files.ts";
import { detectByEnergy } from "../speech/detection/energy-detector.ts";
import type { StationServices } from "../station-services.ts";

export interface RecordingFactsRequest {
  readonly recordingId: string;
  readonly transcriptionId: string;
  /** Length of the recording, if known. */
  readonly durationMs: number | undefined;
  /** Glossary of the recording's city; undefined: none. */
  readonly glossaryName: string | undefined;
}

/** All facts, including what recognition found. */
export interface LoadedRecordingFacts extends Required<Omit<RecordingFacts, "durationMs" | "speakersKnown">> {
  readonly durationMs?: number;
  readonly recognitionIssues: readonly RecognitionIssue[];
  readonly proposals: readonly GlossaryProposal[];
  /** Spoken language, ISO 639-1. */
  readonly language: string;
}

/** Loads the facts. Sounds without words are omitted if the file with the levels no longer exists. */
export async function loadRecordingFacts(
  { catalog, folder }: Pick<StationServices, "catalog" | "folder">,
  { recordingId, transcriptionId, durationMs, glossaryName }: RecordingFactsRequest,
): Promise<LoadedRecordingFacts> {
  const chunks = listChunks(catalog, transcriptionId);
  const words = listWords(catalog, transcriptionId);
  const proposals = listProposals(catalog, transcriptionId);
  const recognitionIssues = chunks.flatMap(({ doubts }) => doubts);
  const sounds = await findSounds(join(folder.recordings, recordingId));
  return {
    ...(durationMs === undefined ? {} : { durationMs }),
    words,
    silences: listSilences(catalog, recordingId),
    glossary: glossaryName === undefined ? [] : listGlossaryTerms(catalog, glossaryName).map(({ term }) => term),
    nearNames: proposals.map(({ startMs, heard, term }) => ({ startMs, heard, term })),
    recordingIssues: findRecordingIssues({ recognitionIssues, sounds, words }),
    recognitionIssues,
    proposals,
    language: chunks.find(({ language }) => language !== null)?.language ?? "en",
  };
}

/** Spans that are louder than the room; undefined if the levels no longer exist. */
async function findSounds(folder: string): Promise<readonly TimeSpan[] | undefined> {
  const levels = await readFile(decodedFiles(folder).levels).catch(() => undefined);
  return levels && detectByEnergy(levels);
}
