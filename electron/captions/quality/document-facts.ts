/** What is known of a recording besides its captions. What is not known is not checked. */
import type { RecognitionIssue } from "../recognition/recognition-issue.ts";
import type { TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";
import type { Issue } from "./issue.ts";

/** A name of the glossary that may have been meant where something else was recognized. */
export interface NearName {
  /** Milliseconds from the start of the recording. */
  readonly startMs: number;
  /** What was recognized. */
  readonly heard: string;
  /** The glossary's name. */
  readonly term: string;
}

/** How speech was told from silence: by the Silero network, or by loudness, which music and noise have as well. */
export const speechDetectors = ["silero", "energy"] as const;
export type SpeechDetector = (typeof speechDetectors)[number];

/** A span of the recording that cannot be read. */
export interface MissingSpan extends TimeSpan {
  readonly kind: "end" | "hole" | "damage";
}

/** What does not change while captions are corrected. */
export interface RecordingFacts {
  readonly durationMs?: number;
  /** Spans without sound, in order. */
  readonly silences?: readonly TimeSpan[];
  /** Spans in which speech was found, in order, pauses left out; none: nobody speaks. */
  readonly speech?: readonly TimeSpan[];
  /** What found it. */
  readonly speechDetector?: SpeechDetector;
  /** Spans of the recording that cannot be read, in order. */
  readonly missing?: readonly MissingSpan[];
  /** What was recognized, in order. */
  readonly words?: readonly Word[];
  /** Names as they are spelled here: members of the council, streets, departments. */
  readonly glossary?: readonly string[];
  /** In order of time. */
  readonly nearNames?: readonly NearName[];
  /** What recognition itself is not sure of: `findRecordingIssues`. In order of time. */
  readonly recordingIssues?: readonly Issue[];
  /** True once the speakers have names. */
  readonly speakersKnown?: boolean;
}

export interface DocumentFacts extends RecordingFacts {
  /** Indexes of cues whose words a person has checked. */
  readonly reviewed?: ReadonlySet<number>;
  /** Spans of which a person has said that nobody speaks in them. */
  readonly noSpeech?: readonly TimeSpan[];
}

/** What recognition leaves for the rules about the recording. */
export interface RecognitionFacts {
  readonly recognitionIssues: readonly RecognitionIssue[];
  readonly words: readonly Word[];
}
