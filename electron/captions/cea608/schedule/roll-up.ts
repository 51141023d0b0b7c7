/**
 * Schedules roll-up captions: `{RUn}{CR}{PAC row 15}text` for every line (../README.md, "Line 21 timing"). The text is
 * visible as it arrives, so a line's first two characters are due at its time; the lines of a cue share its time by
 * their length.
 */
import { type Cue, type CueRow, toCueRows } from "../../cue.ts";
import { msToFrame } from "../../time/frame-rate.ts";
import { control, rowCount } from "../codes.ts";
import { countFrames, doubled, loadRow } from "../load.ts";
import { layOutRows } from "../row-layout.ts";
import { FrameTimeline } from "./frame-timeline.ts";
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

/** Schedules roll-up captions with the given depth. */
export function scheduleRollUp(depth: RollUpDepth, cues: readonly Cue[], options: ScheduleOptions): Schedule {
  const { rate, startFrame } = options;
  const tape = new FrameTimeline();
  const captions: ScheduledCaption[] = [];
  let eraseFrame: number | undefined;
  const erase = (): void => {
    if (eraseFrame === undefined) return;
    tape.cut();
    tape.put(Math.max(eraseFrame, tape.next), doubled(control.eraseDisplayedMemory));
    eraseFrame = undefined;
  };
  cues.forEach((cue, index) => {
    const lines = dueLines(cue, options);
    const [first] = lines;
    if (first === undefined) return;
    const base = findBaseRow(depth, cue);
    const lost: ScheduledCaption["lost"][number][] = [];
    let showFrame = first.frame;
    let lateFrames = 0;
    lines.forEach(({ row, frame }, position) => {
      const [place] = layOutRows([row], { edge: "bottom", align: "left" });
      const column = place?.column ?? 0;
      const load = loadRow(row, { row: base, column, tabOffsets: true, separator: depthCodes[depth] });
      const head = [doubled(depthCodes[depth]), doubled(control.carriageReturn), ...load.address];
      const lead = countFrames(head);
      if (position === 0 && eraseFrame !== undefined && frame - lead >= eraseFrame + pairFrames) erase();
      const start = Math.max(tape.next, frame - lead);
      tape.cut();
      tape.putAll(start, [...head, ...load.text]);
      lateFrames = Math.max(lateFrames, start + lead - frame);
      if (position === 0) showFrame = start + lead;
      lost.push(...load.lost);
    });
    const outFrame = startFrame + msToFrame(cue.endMs, rate);
    const next = cues[index + 1];
    const isSilent = next === undefined || next.startMs - cue.endMs >= silenceMs;
    eraseFrame = isSilent ? Math.max(outFrame, tape.next) : undefined;
    captions.push({
      indexes: [index],
      showFrame,
      lateFrames,
      eraseFrame: Math.max(outFrame, tape.next),
      repairs: lateFrames > 0 ? ["delayed"] : [],
      lost,
    });
  });
  erase();
  return { transmissions: tape.transmissions, captions };
}
