/** What a caption format is: how its files are recognized, read and written. */
import type { Channel } from "../cea608/codes.ts";
import type { Cue } from "../cue.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import type { Issue } from "../quality/issue.ts";
import type { SccMode } from "../scc/mode.ts";
import type { FrameRate } from "../time/frame-rate.ts";
import type { TimecodeStyle } from "../time/timecode.ts";
import type { Word } from "../word.ts";
import type { SccForm, SccReadOptions } from "./scc-read.ts";

/** What a file does not say of itself. */
export interface ReadOptions extends SccReadOptions {
  /** The time on the file's clock at which the program starts, in milliseconds; absent: found out. Not for line 21. */
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
  /** Only Archivist's own format and those of speech recognition have words. */
  readonly words: readonly Word[];
  /** What is wrong with the form of the file. */
  readonly issues: readonly Issue[];
  readonly language?: string;
  /** How an SCC or MCC file is made, so that another one can be made like it. */
  readonly scc?: SccForm;
}

/** What a file that is written may be like, beside its captions. Each format takes what it has a place for. */
export interface WriteOptions {
  /** Frame rate of formats whose times are frames; absent: the format's usual one. */
  readonly rate?: FrameRate;
  /** When the file is made, for formats that state it; absent: the beginning of 1970, so that nothing is made up. */
  readonly date?: Date;
  /** How captions of line 21 are sent. */
  readonly line21?: {
    readonly timecode: TimecodeStyle;
    readonly startFrame: number;
    readonly mode: SccMode;
    readonly channel: Channel;
  };
}

/** A format of text files that can be read. */
export interface CaptionReader {
  /**
   * Whether a file is of this format, by its content: its name may be wrong.
   * @param start the first 4,096 characters, without byte-order mark and leading white space
   * @param text the whole file
   */
  readonly recognizes: (start: string, text: string) => boolean;
  /** @throws NotCaptionsError when there is nothing in the text that is a caption */
  readonly read: (text: string, options: ReadOptions) => ReadContent;
}

/** A format of text files that can be read and written. */
export interface CaptionFormat extends CaptionReader {
  /** The text of a file. */
  readonly write: (content: CaptionContent, profile: CueProfile, options: WriteOptions) => string;
}

/** A format of binary files that can be read. */
export interface BinaryCaptionReader {
  readonly recognizesBytes: (bytes: Uint8Array) => boolean;
  /** @throws NotCaptionsError when there is nothing in the bytes that is a caption */
  readonly readBytes: (bytes: Uint8Array, options: ReadOptions) => ReadContent;
}

/** A format of binary files that can be read and written. */
export interface BinaryCaptionFormat extends BinaryCaptionReader {
  /** The bytes of a file. */
  readonly writeBytes: (content: CaptionContent, profile: CueProfile, options: WriteOptions) => Uint8Array;
}
