/**
 * Puts captions on the line of frames, one word a frame. A caption appears at the frame of the first copy of its
 * EOC, so its load goes out before that; the back buffer is free only after the EOC pair of the caption before.
 *
 * When there is not enough time, in this order: leave out the erase (the flip replaces the old caption), leave out
 * tab offsets, show the caption late. Text is never lost, loads never overlap, and lateness is worked off in the
 * next pause because every caption aims at its own time again. (The full set of rules is the broadcast encoder's.)
 */
import type { Cue } from "../cue.ts";
import { type FrameRate, msToFrame, ntsc } from "../time/frame-rate.ts";
import { control } from "./codes.ts";
import { doubled, type Load, loadCaption, type Unit } from "./load.ts";
import type { Substitution } from "./transliterate.ts";

/** Words that go out in consecutive frames, from `frame` on. */
export interface Transmission {
  readonly frame: number;
  readonly words: readonly number[];
}

/** How a caption fared. */
export interface ScheduledCaption {
  /** Index in the list that was handed in. */
  readonly index: number;
  /** Frame at which it appears, and how many frames that is after its in-time. */
  readonly showFrame: number;
  readonly lateFrames: number;
  readonly eraseFrame: number;
  readonly lost: readonly Substitution[];
}

export interface Schedule {
  readonly transmissions: readonly Transmission[];
  readonly captions: readonly ScheduledCaption[];
}

export interface ScheduleOptions {
  readonly rate?: FrameRate;
  /** Frame of the programme's start on the timecode of the file; captions cannot be loaded before it. */
  readonly firstFrame?: number;
}

/** A gap of fewer frames is not worth an erase: the flip replaces the caption (reference/captions.md §4 rule 4). */
const leastBlankFrames = 2;
/** A caption that had to come late still stays for half a second. */
const leastVisibleFrames = 15;
const pairFrames = 2;

/** The line of frames, filled from left to right. */
class Tape {
  readonly transmissions: { frame: number; words: number[] }[] = [];
  /** First frame that is free. */
  next: number;
  #startAnew = true;

  constructor(first: number) {
    this.next = first;
  }

  put(frame: number, unit: Unit): void {
    if (frame < this.next) throw new RangeError(`frame ${frame} is taken`);
    const current = this.transmissions.at(-1);
    if (current !== undefined && frame === this.next && !this.#startAnew) current.words.push(...unit);
    else this.transmissions.push({ frame, words: [...unit] });
    this.#startAnew = false;
    this.next = frame + unit.length;
  }

  /** Makes the next word begin a line of its own, even where it follows at once. */
  cut(): void {
    this.#startAnew = true;
  }
}

/** Schedules captions in pop-on mode, in the order in which they are given. Empty cues are left out. */
export function schedulePopOn(cues: readonly Cue[], options: ScheduleOptions = {}): Schedule {
  const rate = options.rate ?? ntsc;
  const first = options.firstFrame ?? 0;
  const tape = new Tape(first);
  const captions: ScheduledCaption[] = [];
  /** Erase of the caption that is on the screen, not sent yet. */
  let erase: number | undefined;
  const ordered = cues
    .map((cue, index) => ({ cue, index }))
    .filter(({ cue }) => cue.lines.some((line) => line.trim() !== ""));

  for (const { cue, index } of ordered) {
    const wanted = first + msToFrame(cue.startMs, rate);
    const lines = cue.lines.filter((line) => line.trim() !== "");
    const plan = planLoad(lines, wanted, tape.next, erase);
    sendLoad(tape, plan.load, plan.start, plan.erase);
    tape.put(plan.show, doubled(control.endOfCaption));
    const previous = captions.at(-1);
    if (previous !== undefined && plan.erase === undefined) {
      captions[captions.length - 1] = { ...previous, eraseFrame: plan.show };
    }
    erase = Math.max(first + msToFrame(cue.endMs, rate), plan.show + leastVisibleFrames);
    captions.push({
      index,
      showFrame: plan.show,
      lateFrames: plan.show - wanted,
      eraseFrame: erase,
      lost: plan.load.lost,
    });
  }
  if (erase !== undefined) {
    tape.cut();
    tape.put(Math.max(erase, tape.next), doubled(control.eraseDisplayedMemory));
  }
  return { transmissions: tape.transmissions, captions };
}

interface LoadPlan {
  readonly load: Load;
  readonly start: number;
  /** Frame of the first EOC copy. */
  readonly show: number;
  /** The erase to send before this caption, or undefined when the flip replaces the old one. */
  readonly erase: number | undefined;
}

function planLoad(lines: readonly string[], wanted: number, free: number, erase: number | undefined): LoadPlan {
  const worthErasing = erase !== undefined && wanted - erase >= leastBlankFrames + pairFrames ? erase : undefined;
  const centred = loadCaption(lines, { tabOffsets: true });
  const attempts: readonly (readonly [Load, number | undefined])[] = [
    [centred, worthErasing],
    [centred, undefined],
    [loadCaption(lines, { tabOffsets: false }), undefined],
  ];
  let plan: LoadPlan | undefined;
  for (const [load, eraseAt] of attempts) {
    plan = placeLoad(load, wanted, free, eraseAt);
    if (plan.show === wanted) break;
  }
  return plan as LoadPlan;
}

/** Places a load so that it ends right before the in-time, or as soon as it can. */
function placeLoad(load: Load, wanted: number, free: number, erase: number | undefined): LoadPlan {
  const eraseAt = erase === undefined ? undefined : Math.max(erase, free);
  const start = wanted - load.frames;
  // An erase that is over before the load begins goes out on its own; otherwise it is spliced in.
  const apart = eraseAt === undefined || eraseAt + pairFrames <= start;
  const needed = load.frames + (apart ? 0 : pairFrames);
  const earliest = apart && eraseAt !== undefined ? eraseAt + pairFrames : free;
  const begin = Math.max(earliest, wanted - needed);
  return { load, start: begin, show: Math.max(wanted, begin + needed), erase: eraseAt };
}

function sendLoad(tape: Tape, load: Load, start: number, erase: number | undefined): void {
  let pending = erase;
  tape.cut();
  if (pending !== undefined && pending + pairFrames <= start) {
    tape.put(pending, doubled(control.eraseDisplayedMemory));
    tape.cut();
    pending = undefined;
  }
  let frame = start;
  const spliceErase = (): void => {
    tape.put(frame, doubled(control.eraseDisplayedMemory));
    frame += pairFrames;
    pending = undefined;
  };
  for (const unit of load.units) {
    // Between units, at the frame nearest to its own: never between the two copies of a code.
    if (pending !== undefined && frame + unit.length / 2 >= pending) spliceErase();
    tape.put(frame, unit);
    frame += unit.length;
  }
  if (pending !== undefined) spliceErase();
}
