import { listNoSpeech } from "../../captions/editing/document-issues.ts";
import { findIssues } from "../../captions/quality/find-issues.ts";
import { scoreCaptions } from "../../captions/quality/score.ts";
import { listNoSpeechMarks } from "../../catalog/repositories/drafts.ts";
import { storeIssues } from "../../catalog/repositories/outputs.ts";
import { findCues, findNewestVersionNumber } from "../../catalog/repositories/versions.ts";
import { getDecodedLength } from "../decoded-length.ts";
import { getCaptionProfile } from "../options.ts";
import { loadRecordingFacts } from "../recording-facts.ts";
import type { TranscriptionStage } from "../transcription-run.ts";

/** Runs the quality rules, and stores the issues and the score; the report lists them. */
export const checkStage: TranscriptionStage = {
  name: "check",
  // The check is cheap and the rules may have changed, so it runs again. Edited captions were checked together with
  // their dismissed warnings.
  isDone: ({ services, transcription }) => (findNewestVersionNumber(services.catalog, transcription.id) ?? 0) > 0,
  run: async ({ services, transcription, recording, request }) => {
    const { catalog, settings } = services;
    const profile = getCaptionProfile(settings, request);
    const cues = findCues(catalog, transcription.id, 0) ?? [];
    const facts = await loadRecordingFacts(services, {
      recordingId: recording.id,
      transcriptionId: transcription.id,
      durationMs: getDecodedLength(catalog, recording.id).durationMs,
      glossaryName: request.glossaryName,
    });
    // What people have said of the recording holds for a new transcription of it.
    const place = { recordingId: recording.id, transcriptionId: transcription.id };
    const noSpeech = listNoSpeech(listNoSpeechMarks(catalog, place));
    const issues = findIssues(cues, { ...facts, noSpeech }, profile).toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
    const { overall } = scoreCaptions(cues, issues, profile, facts);
    storeIssues(catalog, transcription.id, issues, overall);
  },
};
