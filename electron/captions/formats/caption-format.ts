/** What a caption format is: how its files are recognized, read and written. */
import type { Cue } from "../cue.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import type { Issue } from "../quality/issue.ts";
import type { Word } from "../word.ts";
import type { SccForm, SccReadOptions } from "./scc-read.ts";

/** What a file does not say of itself. */
export interface ReadOptions extends SccReadOptions {
  /** The time on the file's clock at which the program starts, in milliseconds; absent: found out. Not for SCC. */
  readonly startMs?: number;
}

/** What is written into a caption file. */
export interface CaptionContent {
  readonly recording?: string;
  readonly durationMs?: number;
  readonly model?: string;
  readonly language?: string;
  readonly cues: readonly Cue[];
  readonly words: readonly Word[];
}

/** What was read from a caption file. */
export interface ReadContent {
  readonly cues: readonly Cue[];
  /** Only Archivist's own format has words. */
  readonly words: readonly Word[];
  /** What is wrong with the form of the file. */
  readonly issues: readonly Issue[];
  readonly language?: string;
  /** How an SCC file is made, so that another one can be made like it. */
  readonly scc?: SccForm;
}

export interface CaptionFormat {
  /**
   * Whether a file is of this format, by its content: its name may be wrong.
   * @param start the first 4,096 characters, without byte-order mark and leading white space
   * @param text the whole file
   */
  readonly recognizes: (start: string, text: string) => boolean;
  /** @throws NotCaptionsError when there is nothing in the text that is a caption */
  readonly read: (text: string, options: ReadOptions) => ReadContent;
  /** The text of a file. */
  readonly write: (content: CaptionContent, profile: CueProfile) => string;
}
