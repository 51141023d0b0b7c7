/** Facts about a recording that the quality rules need, from the catalog and the decoded files. */
import { join } from "node:path";
import type { PlacedStyleEdit } from "../captions/house-style/styled-words.ts";
import type { RecordingFacts, SpeechDetector } from "../captions/quality/document-facts.ts";
import { findRecordingIssues } from "../captions/quality/recording-issues.ts";
import type { RecognitionIssue } from "../captions/recognition/recognition-issue.ts";
import { type ChunkRow, listChunks, listWords } from "../catalog/repositories/chunks.ts";
import { type GlossaryProposal, listGlossaryTerms } from "../catalog/repositories/glossary.ts";
import { withHearingDoubts } from "../catalog/repositories/hearings.ts";
import { findDecodedFacts, listSilences } from "../catalog/repositories/recordings.ts";
import { listSpeechSpans } from "../catalog/repositories/speech-spans.ts";
import { findStyledWords } from "../catalog/repositories/style-edits.ts";
import { findTranscription } from "../catalog/repositories/transcriptions.ts";
import { decodedFiles } from "../media/decoding/files.ts";
import { readPlainFile } from "../platform/plain-files.ts";
import { detectByEnergy } from "../speech/detection/energy-detector.ts";
import type { StationServices } from "../station-services.ts";
import { findMeetingLanguage } from "./meeting-language.ts";
import { findProposals } from "./near-names.ts";

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
  /** By their place among the words as the city writes them. */
  readonly proposals: readonly GlossaryProposal[];
  /** What the city's style has made of the recognized words. */
  readonly styleEdits: readonly PlacedStyleEdit[];
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
  const { words, edits: styleEdits, indexes } = findStyledWords(catalog, transcriptionId);
  const terms = glossaryName === undefined ? [] : listGlossaryTerms(catalog, glossaryName);
  const heard = listWords(catalog, transcriptionId);
  const proposals = findProposals(catalog, transcriptionId, heard, terms).map((proposal) =>
    toStyledPlace(proposal, indexes),
  );
  const recognitionIssues = withHearingDoubts(
    catalog,
    transcriptionId,
    chunks.flatMap(({ doubts }) => doubts),
  );
  const known = { transcriptionId, chunks, folder: join(folder.recordings, recordingId) };
  return {
    ...(durationMs === undefined ? {} : { durationMs }),
    words,
    styleEdits,
    ...(await loadSpeech({ catalog }, known)),
    silences: listSilences(catalog, recordingId),
    missing: findDecodedFacts(catalog, recordingId)?.missing ?? [],
    glossary: terms.map(({ term }) => term),
    nearNames: proposals.map(({ startMs, heard, term }) => ({ startMs, heard, term })),
    recordingIssues: findRecordingIssues({ recognitionIssues, words }),
    recognitionIssues,
    proposals,
    language: findMeetingLanguage(chunks) ?? "en",
  };
}

/** A proposal by its place among the styled words. @param indexes the styled word of each recognized one */
function toStyledPlace(proposal: GlossaryProposal, indexes: readonly number[]): GlossaryProposal {
  const first = indexes[proposal.wordIndex] ?? proposal.wordIndex;
  const last = indexes[proposal.wordIndex + proposal.wordCount - 1] ?? first;
  return { ...proposal, wordIndex: first, wordCount: last - first + 1 };
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
  const levels = await readPlainFile(decodedFiles(folder).levels).catch(() => undefined);
  if (levels === undefined) return {};
  return { speech: detectByEnergy(levels), speechDetector: "energy" satisfies SpeechDetector };
}
