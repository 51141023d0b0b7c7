/** Facts about a recording that the quality rules need, from the catalog and the decoded files. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RecordingFacts, SpeechDetector } from "../captions/quality/document-facts.ts";
import { findRecordingIssues } from "../captions/quality/recording-issues.ts";
import type { RecognitionIssue } from "../captions/recognition/recognition-issue.ts";
import { type ChunkRow, listChunks, listWords } from "../catalog/repositories/chunks.ts";
import { type GlossaryProposal, listGlossaryTerms, listProposals } from "../catalog/repositories/glossary.ts";
import { findDecodedFacts, listSilences } from "../catalog/repositories/recordings.ts";
import { listSpeechSpans } from "../catalog/repositories/speech-spans.ts";
import { findTranscription } from "../catalog/repositories/transcriptions.ts";
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
export interface LoadedRecordingFacts
  extends Required<Omit<RecordingFacts, "durationMs" | "speakersKnown" | keyof SpeechFacts>>,
    SpeechFacts {
  readonly durationMs?: number;
  readonly recognitionIssues: readonly RecognitionIssue[];
  readonly proposals: readonly GlossaryProposal[];
  /** Spoken language, ISO 639-1. */
  readonly language: string;
}

type SpeechFacts = Pick<RecordingFacts, "speech" | "speechDetector">;

/** Loads the facts. */
export async function loadRecordingFacts(
  { catalog, folder }: Pick<StationServices, "catalog" | "folder">,
  { recordingId, transcriptionId, durationMs, glossaryName }: RecordingFactsRequest,
): Promise<LoadedRecordingFacts> {
  const chunks = listChunks(catalog, transcriptionId);
  const words = listWords(catalog, transcriptionId);
  const proposals = listProposals(catalog, transcriptionId);
  const recognitionIssues = chunks.flatMap(({ doubts }) => doubts);
  const known = { transcriptionId, chunks, folder: join(folder.recordings, recordingId) };
  return {
    ...(durationMs === undefined ? {} : { durationMs }),
    words,
    ...(await loadSpeech({ catalog }, known)),
    silences: listSilences(catalog, recordingId),
    missing: findDecodedFacts(catalog, recordingId)?.missing ?? [],
    glossary: glossaryName === undefined ? [] : listGlossaryTerms(catalog, glossaryName).map(({ term }) => term),
    nearNames: proposals.map(({ startMs, heard, term }) => ({ startMs, heard, term })),
    recordingIssues: findRecordingIssues({ recognitionIssues, words }),
    recognitionIssues,
    proposals,
    language: chunks.find(({ language }) => language !== null)?.language ?? "en",
  };
}

interface KnownSpeech {
  readonly transcriptionId: string;
  readonly chunks: readonly ChunkRow[];
  /** Folder with the decoded recording. */
  readonly folder: string;
}

/**
 * Where speech was found, and by what. Of a transcription of an earlier version the spans were not stored: loudness tells,
 * or nothing is known if the file with the levels no longer exists either.
 */
async function loadSpeech(
  { catalog }: Pick<StationServices, "catalog">,
  { transcriptionId, chunks, folder }: KnownSpeech,
): Promise<SpeechFacts> {
  const speech = listSpeechSpans(catalog, transcriptionId);
  const speechDetector = findTranscription(catalog, transcriptionId)?.voiceDetection ?? undefined;
  const isStored = speech.length > 0 || (speechDetector !== undefined && chunks.length === 0);
  if (isStored) return { speech, ...(speechDetector === undefined ? {} : { speechDetector }) };
  const levels = await readFile(decodedFiles(folder).levels).catch(() => undefined);
  if (levels === undefined) return {};
  return { speech: detectByEnergy(levels), speechDetector: "energy" satisfies SpeechDetector };
}
