/**
 * Schedules paint-on captions: `{EDM}{RDC}{PAC}text …` written directly to the screen (../README.md, "Line 21 timing").
 * The first two characters are due at the in-time; the rest follows, two characters per frame.
 *
 * Where captions follow fast, they share a page, each written at its own time, a page begins a little early, and what
 * was painted last stays for less than half a second (paint-on-plan.ts): the channel is never idle while a caption is
 * late.
 */
import type { Cue } from "../../cue.ts";
import { control } from "../codes.ts";
import { doubled, type Unit } from "../load.ts";
import { FrameTimeline } from "./frame-timeline.ts";
import { minVisibleFrames } from "./limits.ts";
import { type PlannedPage, planPages } from "./paint-on-plan.ts";
import { lastOutFrame, toTimedCaptions } from "./timed-caption.ts";
import type { Repair, Schedule, ScheduledCaption, ScheduleOptions } from "./types.ts";

const erase = doubled(control.eraseDisplayedMemory);

function send(tape: FrameTimeline, planned: PlannedPage): void {
  const { page, eraseBefore, isWiped, hasMode, isCompact, starts } = planned;
  const { pieces } = isCompact ? page.compact : page.centered;
  if (eraseBefore !== undefined) {
    tape.cut();
    tape.put(eraseBefore, erase);
  }
  const head: readonly Unit[] = [
    ...(isWiped ? [erase] : []),
    ...(hasMode ? [doubled(control.resumeDirectCaptioning)] : []),
  ];
  pieces.forEach(({ address, text }, index) => {
    tape.cut();
    tape.putAll(starts[index] as number, [...(index === 0 ? head : []), ...address, ...text]);
  });
}

function toScheduled({ page, isCompact, shows, hasMode }: PlannedPage, eraseFrame: number): ScheduledCaption {
  const offsets = page.captions.map(({ inFrame }, index) => (shows[index] as number) - inFrame);
  const lateFrames = Math.max(0, ...offsets);
  const earlyFrames = Math.max(0, ...offsets.map((offset) => -offset));
  const repairs: readonly Repair[] = [
    ...(hasMode ? [] : (["clear-left-out"] as const)),
    ...(isCompact ? (["moved-left"] as const) : []),
    ...(earlyFrames > 0 ? (["early"] as const) : []),
    ...(page.captions.length > 1 ? ([page.isReflowed ? "joined" : "merged"] as const) : []),
    ...(lateFrames > 0 ? (["delayed"] as const) : []),
  ];
  return {
    indexes: page.captions.map(({ index }) => index),
    showFrames: shows,
    lateFrames,
    earlyFrames,
    eraseFrame,
    repairs,
    lost: (isCompact ? page.compact : page.centered).lost,
  };
}

/** Schedules paint-on captions. */
export function schedulePaintOn(cues: readonly Cue[], options: ScheduleOptions): Schedule {
  const captions = toTimedCaptions(cues, options);
  const plan = planPages(captions, { maxRows: options.maxMergedRows, maxColumns: options.maxColumns });
  const tape = new FrameTimeline();
  const scheduled = plan.map((planned, index) => {
    send(tape, planned);
    const own = Math.max(lastOutFrame(planned.page.captions), tape.next + minVisibleFrames);
    const next = plan[index + 1];
    const wiped = next?.isWiped === true ? next.starts[0] : undefined;
    return toScheduled(planned, next?.eraseBefore ?? wiped ?? own);
  });
  const last = scheduled.at(-1);
  if (last !== undefined) {
    tape.cut();
    tape.put(last.eraseFrame, erase);
  }
  return { transmissions: tape.transmissions, captions: scheduled };
}
