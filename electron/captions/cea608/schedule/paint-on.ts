/**
 * Schedules paint-on captions: `{EDM}{RDC}{PAC}text …` written directly to the screen (../README.md, "Line 21 timing").
 * The first two characters are due at the in-time; the rest follows, two characters per frame.
 */
import { type Alignment, type Cue, type CueRow, toCueRows } from "../../cue.ts";
import { msToFrame } from "../../time/frame-rate.ts";
import { control } from "../codes.ts";
import { countFrames, doubled, loadRow, type Unit } from "../load.ts";
import { layOutRows } from "../row-layout.ts";
import { FrameTimeline } from "./frame-timeline.ts";
import { minBlankFrames, minVisibleFrames, pairFrames } from "./limits.ts";
import type { Schedule, ScheduledCaption, ScheduleOptions } from "./types.ts";

interface Painted {
  /** Units before the first character. */
  readonly head: readonly Unit[];
  readonly rest: readonly Unit[];
  readonly lost: ScheduledCaption["lost"];
}

function paint(cue: Cue, align: Alignment): Painted {
  const rows = toCueRows(cue);
  const places = layOutRows(rows, { edge: cue.edge ?? "bottom", align: cue.align ?? align });
  const separator = control.resumeDirectCaptioning;
  const loads = places.map((place, index) => loadRow(rows[index] as CueRow, { ...place, tabOffsets: true, separator }));
  const [first, ...others] = loads;
  return {
    head: [doubled(control.resumeDirectCaptioning), ...(first?.address ?? [])],
    rest: [...(first?.text ?? []), ...others.flatMap(({ address, text }) => [...address, ...text])],
    lost: loads.flatMap(({ lost }) => lost),
  };
}

/** Schedules paint-on captions. */
export function schedulePaintOn(cues: readonly Cue[], options: ScheduleOptions): Schedule {
  const { rate, startFrame } = options;
  const tape = new FrameTimeline();
  const captions: ScheduledCaption[] = [];
  let eraseFrame: number | undefined;
  cues.forEach((cue, index) => {
    if (toCueRows(cue).length === 0) return;
    const { head, rest, lost } = paint(cue, options.align);
    const due = startFrame + msToFrame(cue.startMs, rate);
    const lead = countFrames(head);
    const isApart = eraseFrame !== undefined && eraseFrame + pairFrames + minBlankFrames <= due - lead;
    if (eraseFrame !== undefined && isApart) {
      tape.cut();
      tape.put(eraseFrame, doubled(control.eraseDisplayedMemory));
    }
    // Text still on the screen is erased before the address code: hls.js moves the cursor on an erase, so it cannot
    // come after.
    const isWiped = eraseFrame !== undefined && !isApart;
    const all = isWiped ? [doubled(control.eraseDisplayedMemory), ...head] : head;
    // Text that was just painted stays for half a second.
    const earliest = isWiped ? tape.next + minVisibleFrames : tape.next;
    const start = Math.max(earliest, due - countFrames(all));
    tape.cut();
    tape.putAll(start, [...all, ...rest]);
    const showFrame = start + countFrames(all);
    eraseFrame = Math.max(startFrame + msToFrame(cue.endMs, rate), tape.next + minVisibleFrames);
    captions.push({
      indexes: [index],
      showFrame,
      lateFrames: showFrame - due,
      eraseFrame,
      repairs: showFrame > due ? ["delayed"] : [],
      lost,
    });
  });
  if (eraseFrame !== undefined) {
    tape.cut();
    tape.put(eraseFrame, doubled(control.eraseDisplayedMemory));
  }
  return { transmissions: tape.transmissions, captions };
}
