/** Reads SCC files into cues. */
import { type Channel, control, isControl, parseCommand, toFirstChannel } from "../cea608/codes.ts";
import type { Cue } from "../cue.ts";
import type { Issue } from "../quality/issue.ts";
import { checkSccFile } from "../quality/scc/file-checks.ts";
import { sccIssue } from "../quality/scc/scc-issue.ts";
import { type DecodedCaption, decodeChannels, findProgramStart, toCues } from "../scc/decode.ts";
import { parseScc } from "../scc/file.ts";
import type { SccMode } from "../scc/mode.ts";
import { type FrameRate, ntsc } from "../time/frame-rate.ts";
import { listDroppedFeatures } from "./dropped-features.ts";

/** Read options that an SCC file does not contain itself. Other formats need none of them. */
export interface SccReadOptions {
  /** Frame rate; absent: 29.97. */
  readonly rate?: FrameRate;
  /** Frame of the timecode at which the program starts; absent: detected. */
  readonly startFrame?: number;
  /** Channel to read; absent: the first that has captions. */
  readonly channel?: Channel;
}

export interface SccForm {
  /** Whether its labels are drop-frame. */
  readonly dropFrame: boolean;
  /** The frame that was used as the start of the program. */
  readonly startFrame: number;
  /** The channel that was read. */
  readonly channel: Channel;
  readonly mode: SccMode;
}

export interface SccFileContent {
  readonly cues: readonly Cue[];
  readonly issues: readonly Issue[];
  readonly scc: SccForm;
}

/** The offset is a guess, so it is reported. */
const startsAtHourOne = sccIssue(
  "start",
  1,
  "the file begins shortly after 01:00:00, so that is taken for the start of the program",
);

/** The words of line 21 in a file, and what they show. */
export interface Line21 {
  readonly channels: ReadonlyMap<Channel, readonly DecodedCaption[]>;
  /** All words in the order in which they are sent. */
  readonly words: Iterable<number>;
  /** Whether the file's labels are drop-frame. */
  readonly dropFrame: boolean;
  /** The frame that the file itself suggests as the start of the program. */
  readonly suggestedStart: number;
}

/** The captions of one channel as a viewer sees them, and the form of the file. */
export function toLine21Content(
  { channels, words, dropFrame, suggestedStart }: Line21,
  { rate = ntsc, startFrame, channel }: SccReadOptions,
): SccFileContent {
  const start = startFrame ?? suggestedStart;
  const isGuess = startFrame === undefined && start > 0;
  const used = channel ?? channels.keys().next().value ?? 1;
  const seen = channels.get(used) ?? [];
  const early = seen.filter((caption) => caption.startFrame < start);
  const beforeStart = sccIssue("before-start", 1, `${early.length} × a caption before the start of the program`);
  return {
    cues: toCues(seen, start, rate),
    scc: { dropFrame, startFrame: start, channel: used, mode: detectMode(seen, words) },
    issues: [
      ...(isGuess ? [startsAtHourOne] : []),
      ...(early.length > 0 ? [beforeStart] : []),
      ...findDroppedStyles(seen),
    ],
  };
}

/** Reads an SCC file: the captions that a viewer sees, the issues of the file, and its format. Never throws. */
export function readScc(text: string, options: SccReadOptions): SccFileContent {
  const { rate = ntsc } = options;
  const file = parseScc(text);
  const line21: Line21 = {
    channels: decodeChannels(file, rate),
    words: file.lines.flatMap(({ words }) => words),
    dropFrame: file.lines[0]?.timecode.dropFrame ?? true,
    suggestedStart: findProgramStart(file, rate),
  };
  const content = toLine21Content(line21, options);
  return { ...content, issues: [...content.issues, ...checkSccFile(file, rate)] };
}

const rollUpModes: Readonly<Record<number, SccMode>> = {
  [control.rollUp2]: "roll-up-2",
  [control.rollUp3]: "roll-up-3",
  [control.rollUp4]: "roll-up-4",
};

/** The mode of the first caption, with the depth of the first roll-up code. */
function detectMode(seen: readonly DecodedCaption[], words: Iterable<number>): SccMode {
  const mode = seen[0]?.mode ?? "pop-on";
  if (mode !== "roll-up") return mode;
  for (const word of words) {
    const command = isControl(word) ? parseCommand(toFirstChannel(word).word) : undefined;
    const depth = command === undefined ? undefined : rollUpModes[command.code];
    if (depth !== undefined) return depth;
  }
  return "roll-up-2";
}

/** Issues for styles that a cue cannot have. */
function findDroppedStyles(seen: readonly DecodedCaption[]): readonly Issue[] {
  const count = seen.filter(({ rows }) =>
    rows.some(({ spans = [] }) =>
      spans.some(({ color, background, flash }) => color === "black" || background || flash),
    ),
  ).length;
  return count === 0 ? [] : [listDroppedFeatures(`${count} × a background, black text, or flashing`)];
}
