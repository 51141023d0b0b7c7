import { readFile } from "node:fs/promises";
import { checkCues } from "../../captions/quality/checker.ts";
import { encoderIssue } from "../../captions/quality/encoder-rules.ts";
import type { Issue } from "../../captions/quality/issue.ts";
import type { RecordingFacts } from "../../captions/quality/rules/rule.ts";
import { scoreCaptions } from "../../captions/quality/score.ts";
import { encodeScc } from "../../captions/scc/encode.ts";
import { listChunks, listWords } from "../../catalog/repositories/chunks.ts";
import { listProposals } from "../../catalog/repositories/glossary.ts";
import { storeIssues } from "../../catalog/repositories/outputs.ts";
import { listSilences } from "../../catalog/repositories/recordings.ts";
import { findCues, findNewestVersionNumber } from "../../catalog/repositories/versions.ts";
import { decodedFiles } from "../../media/decode.ts";
import { detectByEnergy } from "../../speech/detection/energy-detector.ts";
import { getDecodedLength } from "../decoded-length.ts";
import { getCaptionProfile } from "../options.ts";
import { doubtIssues, missedSpeechIssues, proposalIssues } from "../recognition-issues.ts";
import type { TranscriptionStage } from "../transcription-run.ts";

/** A meeting in which nobody speaks is a dead channel or the wrong input, and must not pass for done. */
const noSpeech: Issue = {
  severity: "error",
  rule: "no-speech",
  message: "no speech was recognised in the whole recording",
  remedy: "Check its sound, and that it is the right recording.",
  atMs: 0,
};

/** What the quality rules find, and the score; the report lists them. */
export const checkStage: TranscriptionStage = {
  name: "check",
  // Cheap, and the rules may have changed since. What somebody has edited was checked with what they accepted.
  isDone: ({ services, transcription }) => (findNewestVersionNumber(services.catalog, transcription.id) ?? 0) > 0,
  run: async ({ services, transcription, recording, folder, request }) => {
    const { catalog, settings } = services;
    const profile = getCaptionProfile(settings, request);
    const cues = findCues(catalog, transcription.id, 0) ?? [];
    const words = listWords(catalog, transcription.id);
    const facts: RecordingFacts = {
      durationMs: getDecodedLength(catalog, recording.id).durationMs,
      silences: listSilences(catalog, recording.id),
      words,
    };
    const sounds = detectByEnergy(await readFile(decodedFiles(folder).levels));
    const { notes } = encodeScc(cues, { profile: profile.cues });
    const issues = [
      ...checkCues(cues, profile, facts),
      ...notes.map(encoderIssue).filter((issue) => issue !== undefined),
      ...doubtIssues(listChunks(catalog, transcription.id).flatMap(({ doubts }) => doubts)),
      ...missedSpeechIssues(sounds, words),
      ...proposalIssues(listProposals(catalog, transcription.id)),
    ];
    if (cues.length === 0) issues.push(noSpeech);
    issues.sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
    const { overall } = scoreCaptions(cues, issues, profile, facts);
    storeIssues(catalog, transcription.id, issues, overall);
  },
};
