/** Decodes an SCC file into what a viewer sees: cues with frame-exact times, and the screen at any frame. */
import { type Channel, control, isControl, parseCommand, toFirstChannel } from "../cea608/codes.ts";
import type { CaptionMode, ChannelDecoder, Effect } from "../cea608/decoder/channel.ts";
import { FieldDecoder } from "../cea608/decoder/field.ts";
import type { ScreenRow } from "../cea608/decoder/memory.ts";
import { toCueStyles } from "../character-style.ts";
import type { Cue } from "../cue.ts";
import { type FrameRate, frameToMs, ntsc } from "../time/frame-rate.ts";
import { type Timecode, timecodeToFrame } from "../time/timecode.ts";
import { findPlace, findRollUpPlace, toRowStyle } from "./cue-style.ts";
import { lineFrames, type SccFile } from "./file.ts";

/** A caption as displayed on the screen. */
export interface DecodedCaption {
  /** Frame of the first copy of the code (or of the characters) that showed it, and of the code that removed it. */
  readonly startFrame: number;
  readonly endFrame: number;
  readonly mode: CaptionMode;
  readonly rows: readonly ScreenRow[];
  /** Roll-up only: the row with the new line. */
  readonly newRow?: number;
}

/** Duration of a caption that is never erased, as in pycaption. */
const lastCaptionFrames = 120;

/** True when text can be seen where it is written: a mid-row code before it shows as a blank. */
function hasText(screen: ChannelDecoder): boolean {
  const rows = screen.rows();
  return screen.mode === "roll-up" ? rows.some(({ row }) => row === screen.baseRow) : rows.length > 0;
}

/** Collects the captions of one channel of a file. */
class ChannelFollower {
  readonly captions: DecodedCaption[] = [];
  /** Start frame and mode of displayed text that is not yet in `captions`. */
  #open: { readonly since: number; readonly mode: CaptionMode } | undefined;
  /** Row of the newest roll-up line, kept because the channel may have left roll-up when the line disappears. */
  #newRow = 0;
  /** The caption that the next code may remove. */
  #pending: DecodedCaption | undefined;
  readonly #decoder: FieldDecoder;
  readonly #channel: Channel;

  constructor(decoder: FieldDecoder, channel: Channel) {
    this.#decoder = decoder;
    this.#channel = channel;
  }

  /** Must be called before a code that may replace the picture, because afterwards the picture is lost. */
  beforeChange(frame: number): void {
    this.#pending = undefined;
    if (this.#open === undefined) return;
    const { since, mode } = this.#open;
    const rows = this.#decoder.screen(this.#channel).rows();
    if (rows.length === 0 || frame <= since) return;
    const newRow = mode === "roll-up" ? { newRow: this.#newRow } : {};
    this.#pending = { startFrame: since, endFrame: frame, mode, rows, ...newRow };
  }

  after(effect: Effect, frame: number): void {
    const screen = this.#decoder.screen(this.#channel);
    const opened = { since: frame, mode: screen.mode ?? "pop-on" };
    if (effect === "replaced" || effect === "rolled") {
      if (this.#pending !== undefined) this.captions.push(this.#pending);
      // A flip shows a caption at once; after a roll the new line has not been written yet.
      this.#open = effect === "replaced" && screen.rows().length > 0 ? opened : undefined;
    } else if (effect === "written") {
      if (this.#open === undefined && hasText(screen)) this.#open = opened;
      if (screen.mode === "roll-up") this.#newRow = screen.baseRow;
    }
    this.#pending = undefined;
  }

  finish(frame: number): void {
    this.beforeChange(Math.max(frame, this.#open?.since ?? frame) + lastCaptionFrames);
    if (this.#pending !== undefined) this.captions.push(this.#pending);
  }
}

const replacingCodes: ReadonlySet<number> = new Set([
  control.endOfCaption,
  control.eraseDisplayedMemory,
  control.carriageReturn,
  control.rollUp2,
  control.rollUp3,
  control.rollUp4,
]);

/** True for codes that may replace the picture. */
function mayReplace(word: number): boolean {
  const code = isControl(word) ? parseCommand(toFirstChannel(word).word)?.code : undefined;
  return code !== undefined && replacingCodes.has(code);
}

export interface DecodeOptions {
  readonly rate?: FrameRate;
  /** Channel to decode; absent: the first that has captions. */
  readonly channel?: Channel;
}

/**
 * The words of a file with the frames on which they are sent. Lines are taken in the order of their labels, so that one
 * wrong label affects one caption and not all that follow; a line that begins too early is sent after the previous one.
 */
function* wordsByFrame(file: SccFile, rate: FrameRate): Generator<readonly [frame: number, word: number]> {
  const frames = lineFrames(file.lines, rate);
  const lines = file.lines.map(({ words }, index) => ({ frame: frames[index] ?? 0, words }));
  lines.sort((a, b) => a.frame - b.frame);
  let frame = 0;
  for (const line of lines) {
    frame = Math.max(frame, line.frame);
    for (const word of line.words) yield [frame++, word];
  }
}

/** The captions of every channel that has any. */
export function decodeChannels(file: SccFile, rate: FrameRate = ntsc): ReadonlyMap<Channel, readonly DecodedCaption[]> {
  return decodeWords(wordsByFrame(file, rate));
}

/**
 * The captions of every channel of a field that has any.
 * @param words without parity, with the frames on which they are sent, in that order
 */
export function decodeWords(
  words: Iterable<readonly [frame: number, word: number]>,
): ReadonlyMap<Channel, readonly DecodedCaption[]> {
  const decoder = new FieldDecoder();
  const followers = new Map<Channel, ChannelFollower>();
  let last = 0;
  for (const [frame, word] of words) {
    last = frame + 1;
    if (mayReplace(word)) for (const follower of followers.values()) follower.beforeChange(frame);
    const { channel, effect } = decoder.feed(word);
    if (channel === undefined) continue;
    let follower = followers.get(channel);
    if (follower === undefined) {
      follower = new ChannelFollower(decoder, channel);
      followers.set(channel, follower);
    }
    follower.after(effect, frame);
  }
  const seen = new Map<Channel, readonly DecodedCaption[]>();
  for (const [channel, follower] of [...followers].sort(([a], [b]) => a - b)) {
    follower.finish(last);
    if (follower.captions.length > 0) seen.set(channel, follower.captions);
  }
  return seen;
}

/**
 * Decodes the captions of one channel. In pop-on a caption is what one flip shows; in roll-up and paint-on it is what
 * was written until the next line, flip or erase.
 */
export function decodeScc(file: SccFile, { rate = ntsc, channel }: DecodeOptions = {}): readonly DecodedCaption[] {
  const seen = decodeChannels(file, rate);
  if (channel !== undefined) return seen.get(channel) ?? [];
  return seen.values().next().value ?? [];
}

/** The rows on the screen at a frame of the file's timecode. */
export function screenAt(
  file: SccFile,
  at: number,
  { rate = ntsc, channel }: DecodeOptions = {},
): readonly ScreenRow[] {
  const decoder = new FieldDecoder();
  for (const [frame, word] of wordsByFrame(file, rate)) {
    if (frame > at) break;
    decoder.feed(word);
  }
  return decoder.screen(channel ?? decoder.firstUsed() ?? 1).rows();
}

function toCue(caption: DecodedCaption, firstFrame: number, rate: FrameRate): Cue {
  const { startFrame, endFrame, mode, newRow } = caption;
  // Lines that have rolled up were captions before: only the new line is one.
  const rows = mode === "roll-up" ? caption.rows.filter(({ row }) => row === newRow) : caption.rows;
  return {
    startMs: frameToMs(startFrame - firstFrame, rate),
    endMs: frameToMs(endFrame - firstFrame, rate),
    lines: rows.map(({ text }) => text),
    ...toCueStyles(rows.map(toRowStyle)),
    ...(mode === "roll-up" ? findRollUpPlace(rows) : findPlace(rows)),
  };
}

/** Converts decoded captions to cues, timed from `firstFrame`. */
export function toCues(captions: readonly DecodedCaption[], firstFrame = 0, rate: FrameRate = ntsc): readonly Cue[] {
  return captions
    .filter(({ endFrame }) => endFrame > firstFrame)
    .map((caption) => toCue({ ...caption, startFrame: Math.max(firstFrame, caption.startFrame) }, firstFrame, rate))
    .filter(({ lines }) => lines.length > 0);
}

/**
 * A program's first caption is expected within this many minutes; in a file that begins later in hour 1, the program
 * does not start at 01:00:00.
 */
const soonMinutes = 2;

/**
 * The frame at which the program starts: hour 1 if the file's first label is in its first two minutes (most mastering
 * houses begin a program at 01:00:00) or in the seconds before it, else 0.
 */
export function findProgramStart(
  file: { readonly lines: readonly { readonly timecode: Timecode }[] },
  rate: FrameRate = ntsc,
): number {
  const first = file.lines[0]?.timecode;
  if (first === undefined) return 0;
  // The load of a caption at the very start begins up to three seconds earlier.
  const isBefore = first.hours === 0 && first.minutes === 59 && first.seconds >= 57;
  if (!isBefore && (first.hours !== 1 || first.minutes >= soonMinutes)) return 0;
  return timecodeToFrame({ ...first, hours: 1, minutes: 0, seconds: 0, frames: 0 }, rate);
}
