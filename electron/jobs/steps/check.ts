import { checkCues } from "../../captions/quality/cue-rules.ts";
import type { Issue } from "../../captions/quality/issue.ts";
import { type EncoderNote, encodeScc } from "../../captions/scc/encode.ts";
import { storeIssues } from "../../catalog/repositories/outputs.ts";
import { cuesOf } from "../../catalog/repositories/versions.ts";
import type { Step } from "../job.ts";
import { cueProfile } from "../work-options.ts";

/** BBC's guidelines allow captions to be late by two seconds at most (reference/captions.md §5). */
const unacceptableLateMs = 2000;
/** Less is not noticed: the beginning of a word. */
const noticeableLateMs = 250;

function issueOf(note: EncoderNote): Issue | undefined {
  switch (note.kind) {
    case "late": {
      if (note.lateMs < noticeableLateMs) return undefined;
      const severity = note.lateMs > unacceptableLateMs ? "error" : "warning";
      const message = `appears ${(note.lateMs / 1000).toFixed(2)} s late, because it takes that long to load`;
      return { severity, rule: "late", message, atMs: note.atMs };
    }
    case "re-cut":
      return { severity: "warning", rule: "re-cut", message: "was cut anew to fit the screen", atMs: note.atMs };
    case "lost-character":
      return undefined;
  }
}

/** A meeting in which nobody speaks is a dead channel or the wrong input, and must not pass for done. */
const noSpeech: Issue = {
  severity: "error",
  rule: "no-speech",
  message: "no speech was recognised in the whole recording: check its sound",
  atMs: 0,
};

/** What the quality rules find; the report lists it. */
export const checkStep: Step = {
  name: "check",
  // Cheap, and the rules may have changed since.
  isDone: () => false,
  run: async ({ workshop, transcription }) => {
    const profile = cueProfile(workshop.settings.captions);
    const cues = cuesOf(workshop.catalog, transcription.id, 0) ?? [];
    const { notes } = encodeScc(cues, profile);
    const issues = [...checkCues(cues, profile), ...notes.map(issueOf).filter((issue) => issue !== undefined)];
    if (cues.length === 0) issues.push(noSpeech);
    issues.sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
    storeIssues(workshop.catalog, transcription.id, issues);
  },
};
