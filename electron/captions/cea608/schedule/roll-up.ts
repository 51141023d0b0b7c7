/**
 * Schedules roll-up captions: `{RUn}{CR}{PAC row 15}text` for every line (../README.md, "Line 21 timing"). The text is
 * visible as it arrives, so a line's first two characters are due at its time; the lines of a cue share its time by
 * their length. A line that would be late goes on in the row before it, if it fits there, or does not choose the mode
 * again: that saves codes.
 */
import { type Cue, type CueRow, toCueRows } from "../../cue.ts";
import { msToFrame } from "../../time/frame-rate.ts";
import { control, rowCount } from "../codes.ts";
import { countFrames, doubled, loadRow, type Unit } from "../load.ts";
import { layOutRows } from "../row-layout.ts";
import { countColumns, countLineColumns } from "../transliterate.ts";
import { FrameTimeline } from "./frame-timeline.ts";
import { canShareRow, type SpokenRow } from "./join-rows.ts";
import { pairFrames } from "./limits.ts";
import type { Schedule, ScheduledCaption, ScheduleOptions } from "./types.ts";

/** Number of rows of text that stay on the screen. */
export type RollUpDepth = 2 | 3 | 4;

const depthCodes = { 2: control.rollUp2, 3: control.rollUp3, 4: control.rollUp4 } as const;
/** Text stays until new text rolls it off, but is erased at a silence of this length. */
const silenceMs = 3_000;

interface DueLine {
  readonly row: CueRow;
  readonly frame: number;
}

/** The lines of a cue with the frames at which they are due. */
function dueLines(cue: Cue, { rate, startFrame }: ScheduleOptions): readonly DueLine[] {
  const rows = toCueRows(cue);
  const total = rows.reduce((sum, { text }) => sum + text.length, 0);
  let passed = 0;
  return rows.map((row) => {
    const ms = cue.startMs + ((cue.endMs - cue.startMs) * passed) / total;
    passed += row.text.length;
    return { row, frame: startFrame + msToFrame(ms, rate) };
  });
}

/** The row of the newest line, never higher than the depth: where the caption says, or as near to its edge as possible. */
function findBaseRow(depth: RollUpDepth, cue: Cue): number {
  const placed = cue.places?.map(({ row }) => row) ?? [];
  if (placed.length > 0) return Math.max(depth, ...placed);
  if (cue.edge === "middle") return Math.ceil((rowCount + depth) / 2);
  return cue.edge === "top" ? depth : rowCount;
}

/** The row that is being written. */
interface OpenRow extends SpokenRow {
  readonly base: number;
  readonly columns: number;
}

/** Sends lines of text in the rolling window. */
class RollUpWriter {
  readonly tape = new FrameTimeline();
  readonly #depth: RollUpDepth;
  readonly #maxColumns: number;
  /** Frame at which the window is to be erased; undefined: it goes on. */
  #eraseFrame: number | undefined;
  #open: OpenRow | undefined;

  constructor(depth: RollUpDepth, maxColumns: number) {
    this.#depth = depth;
    this.#maxColumns = maxColumns;
  }

  /** Erases the window at a frame, unless a line comes before. */
  eraseAt(frame: number | undefined): void {
    this.#eraseFrame = frame;
  }

  /** Sends the erase that is due. */
  erase(): void {
    if (this.#eraseFrame === undefined) return;
    this.tape.cut();
    this.tape.put(Math.max(this.#eraseFrame, this.tape.next), doubled(control.eraseDisplayedMemory));
    this.#eraseFrame = undefined;
    this.#open = undefined;
  }

  /** Writes a line. @returns the frame of its first characters, and whether it went on in the row before */
  write(spoken: SpokenRow, cue: Cue, due: number) {
    const base = findBaseRow(this.#depth, cue);
    const code = depthCodes[this.#depth];
    const [place] = layOutRows([spoken.row], { edge: "bottom", align: "left" });
    const options = { row: base, column: place?.column ?? 0, tabOffsets: true, separator: code };
    const load = loadRow(spoken.row, options);
    const newRow = [doubled(control.carriageReturn), ...load.address];
    const head = [doubled(code), ...newRow];
    const lead = countFrames(head);
    if (this.#eraseFrame !== undefined && due - lead >= this.#eraseFrame + pairFrames) this.erase();
    const columns = (this.#open?.columns ?? 0) + 1 + countLineColumns(spoken.row.text);
    const isLate = this.tape.next > due - lead;
    const isJoined =
      isLate &&
      this.#open !== undefined &&
      this.#open.base === base &&
      columns <= this.#maxColumns &&
      canShareRow(this.#open, spoken);
    const text = isJoined ? loadRow({ ...spoken.row, text: ` ${spoken.row.text}` }, options).text : load.text;
    const before: readonly Unit[] = isJoined ? [] : isLate && this.tape.next > 0 ? newRow : head;
    const start = Math.max(this.tape.next, due - countFrames(before));
    this.tape.cut();
    this.tape.putAll(start, [...before, ...text]);
    const used = countColumns(spoken.row.text);
    this.#open = { ...spoken, base, columns: isJoined ? (this.#open?.columns ?? 0) + 1 + used : used };
    return { show: start + countFrames(before), isJoined, hasMode: before === head, lost: load.lost };
  }
}

/** Schedules roll-up captions with the given depth. */
export function scheduleRollUp(depth: RollUpDepth, cues: readonly Cue[], options: ScheduleOptions): Schedule {
  const { rate, startFrame, maxColumns } = options;
  const writer = new RollUpWriter(depth, maxColumns);
  const captions: ScheduledCaption[] = [];
  cues.forEach((cue, index) => {
    const source = { speaker: cue.speaker };
    const lines = dueLines(cue, options).map(({ row, frame }) => ({
      ...writer.write({ row, source }, cue, frame),
      frame,
    }));
    const [first] = lines;
    if (first === undefined) return;
    const lateFrames = lines.reduce((most, { show, frame }) => Math.max(most, show - frame), 0);
    const eraseFrame = Math.max(startFrame + msToFrame(cue.endMs, rate), writer.tape.next);
    const next = cues[index + 1];
    writer.eraseAt(next === undefined || next.startMs - cue.endMs >= silenceMs ? eraseFrame : undefined);
    captions.push({
      indexes: [index],
      showFrames: [first.show],
      lateFrames,
      earlyFrames: 0,
      eraseFrame,
      repairs: [
        ...(lines.some(({ isJoined, hasMode }) => !isJoined && !hasMode) ? (["clear-left-out"] as const) : []),
        ...(lines.some(({ isJoined }) => isJoined) ? (["joined"] as const) : []),
        ...(lateFrames > 0 ? (["delayed"] as const) : []),
      ],
      lost: lines.flatMap(({ lost }) => lost),
    });
  });
  writer.erase();
  return { transmissions: writer.tape.transmissions, captions };
}
