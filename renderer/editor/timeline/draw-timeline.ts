/** Draws the timeline: ruler, captions, speakers, sound. Colors come from the page's CSS. */
import { cueText } from "../../../electron/captions/cue.ts";
import { type EditCue, indexAt, type Mark } from "../../../electron/captions/editing/document.ts";
import { during, type TimeSpan } from "../../../electron/captions/time/span.ts";
import { texts } from "../../texts/en.ts";
import { formatTime } from "../format-time.ts";
import { findSpeakerColor } from "../speaker-colors.ts";
import { captionFont, type Palette, prepareCanvas, type Surface, speakerFont } from "./canvas.ts";
import type { DragPicture } from "./drag-picture.ts";
import { findRulerStep, lanes } from "./lanes.ts";
import { findPeak, type Peaks } from "./peaks.ts";
import { listShots } from "./snap.ts";

export interface TimelinePicture extends DragPicture {
  readonly fromMs: number;
  readonly spanMs: number;
  readonly peaks: Peaks | undefined;
  readonly cues: readonly EditCue[];
  readonly active: number | null;
  readonly selected: ReadonlySet<number>;
  /** Ids of the captions with an error or a warning. */
  readonly worst: ReadonlyMap<number, "error" | "warning">;
  readonly marks: readonly Mark[];
  /** Speech without captions. */
  readonly gaps: readonly TimeSpan[];
  /** In the order in which they first speak. */
  readonly speakers: readonly string[];
  /** First frames of shots, in milliseconds, ascending. */
  readonly shots: readonly number[];
}

/** Signs of shots that are closer than that, in pixels, are not drawn. */
const shotPixels = 16;

/** A surface with the scale of its time. */
interface Scaled extends Surface {
  readonly x: (ms: number) => number;
  readonly picture: TimelinePicture;
}

/** Loading time of a caption before it is displayed, in milliseconds: two bytes are sent per frame. */
const loadMs = (cue: EditCue): number => ((cueText(cue).length + 12) / 2) * (1001 / 30);

/** Text in a box, cut off at its edges. Boxes that have no room for a word have none. */
function label({ context }: Surface, text: string, left: number, width: number, middle: number): void {
  if (width < 26) return;
  context.save();
  context.beginPath();
  context.rect(left, middle - 10, width, 20);
  context.clip();
  context.fillText(text, left, middle);
  context.restore();
}

function drawRuler({ context, width, color, x, picture }: Scaled): void {
  const { fromMs, spanMs, chapter } = picture;
  const marks = picture.marks.map((mark) => (mark.id === chapter?.mark ? { ...mark, atMs: chapter.atMs } : mark));
  const step = findRulerStep(spanMs / width);
  context.fillStyle = color("--timeline-ruler");
  context.fillRect(0, 0, width, lanes.ruler.height);
  for (let ms = Math.floor(fromMs / step) * step; ms < fromMs + spanMs; ms += step) {
    context.fillStyle = color("--mantine-color-dimmed");
    context.fillRect(x(ms), lanes.ruler.height - 7, 1, 7);
    for (let part = 1; part < 5; part++) context.fillRect(x(ms + (part * step) / 5), lanes.ruler.height - 3, 1, 3);
    context.fillText(step >= 1_000 ? formatTime(ms).slice(0, -2) : formatTime(ms), x(ms) + 4, lanes.ruler.height / 2);
  }
  for (const { atMs, kind, text } of marks) {
    if (kind === "tick" || kind === "no-speech" || atMs > fromMs + spanMs || atMs < fromMs - spanMs) continue;
    const isChapter = kind === "chapter";
    context.fillStyle = color(isChapter ? "--timeline-chapter" : "--mantine-color-yellow-6");
    context.fillRect(x(atMs), 0, 2, lanes.sound.top);
    const shown = isChapter ? `§ ${text}` : text || "★";
    const size = Math.min(220, context.measureText(shown).width + 10);
    context.fillRect(x(atMs), 0, size, lanes.ruler.height - 3);
    context.fillStyle = color("--timeline-chapter-text");
    label({ context, width, height: 0, color }, shown, x(atMs) + 5, size - 8, (lanes.ruler.height - 3) / 2);
  }
}

/** Signs of new shots below the ruler, as long as they can be told apart. */
function drawShots({ context, width, color, x, picture }: Scaled): void {
  const { fromMs, spanMs, shots } = picture;
  const shown = listShots(shots, { startMs: fromMs, endMs: fromMs + spanMs });
  if (shown.length * shotPixels > width) return;
  const { height } = lanes.ruler;
  context.fillStyle = color("text");
  context.beginPath();
  for (const ms of shown) {
    const at = x(ms);
    context.moveTo(at - 4, height - 5);
    context.lineTo(at + 4, height - 5);
    context.lineTo(at, height + 1);
  }
  context.fill();
}

function drawSound({ context, width, height, color, picture }: Scaled): void {
  const { fromMs, spanMs, peaks } = picture;
  context.fillStyle = color("--timeline-sound");
  context.fillRect(0, lanes.sound.top, width, height - lanes.sound.top);
  if (peaks === undefined) return;
  const middle = lanes.sound.top + (height - lanes.sound.top) / 2;
  const scale = (height - lanes.sound.top) / 2 / 128;
  context.fillStyle = color("--timeline-wave");
  context.beginPath();
  for (let column = 0; column < width; column++) {
    const { low, high } = findPeak(peaks, fromMs + (column / width) * spanMs, fromMs + ((column + 1) / width) * spanMs);
    context.rect(column, middle - high * scale, 1, Math.max(1, (high - low) * scale));
  }
  context.fill();
}

function drawGaps({ context, height, color, x, picture }: Scaled): void {
  const { fromMs, spanMs, gaps } = picture;
  for (const { startMs, endMs } of during(gaps, { startMs: fromMs, endMs: fromMs + spanMs })) {
    const [left, right] = [x(startMs), x(endMs)];
    context.fillStyle = color("--mantine-color-red-7");
    context.save();
    context.globalAlpha = 0.22;
    context.fillRect(left, lanes.captions.top, right - left, height - lanes.captions.top);
    context.restore();
    context.fillRect(left, lanes.captions.top, right - left, 3);
    context.fillStyle = color("text");
    const from = Math.max(left, 0) + 6;
    label(
      { context, width: 0, height, color },
      texts.editor.gaps.label,
      from,
      right - from,
      lanes.captions.top + lanes.captions.height / 2,
    );
  }
}

type BlockState = "active" | "selected" | "reviewed" | "open";

const blockColors: Readonly<Record<BlockState, string>> = {
  active: "--mantine-primary-color-filled",
  selected: "--timeline-selected",
  reviewed: "--timeline-reviewed",
  open: "--timeline-block",
};

function drawBlock(scaled: Scaled, { startMs, endMs }: TimeSpan, cue: EditCue | undefined, state: BlockState): void {
  const { context, height, color, x, picture } = scaled;
  const { top, height: size } = lanes.captions;
  const left = x(startMs);
  const width = Math.max(1, x(endMs) - left - 1);
  context.fillStyle = color(blockColors[state]);
  context.fillRect(left, top, width, size);
  if (state === "active") {
    context.save();
    context.globalAlpha = 0.14;
    context.fillRect(left, lanes.speakers.top, width, height - lanes.speakers.top);
    context.restore();
  }
  if (cue === undefined) return;
  const worst = picture.worst.get(cue.id);
  if (worst !== undefined) {
    context.fillStyle = color(worst === "error" ? "--mantine-color-red-6" : "--mantine-color-orange-5");
    context.fillRect(left, top, width, 3);
  }
  if (cue.reviewed === true && state !== "reviewed") {
    context.fillStyle = color("--mantine-color-teal-5");
    context.fillRect(left, top + size - 3, width, 3);
  }
  context.fillStyle = state === "active" ? "#fff" : color("text");
  label(scaled, cueText(cue).replaceAll("\n", " "), left + 5, width - 8, top + size / 2 + 1);
}

/** The times of a caption, with what is being dragged where it would be. @param index of the caption */
function toTimes({ dragged }: DragPicture, { id, startMs, endMs }: EditCue, index: number): TimeSpan {
  const ripple = dragged?.ripple;
  const byMs = ripple !== undefined && index >= ripple.from ? ripple.byMs : 0;
  return dragged?.times.get(id) ?? { startMs: startMs + byMs, endMs: endMs + byMs };
}

/** How far captions are shifted, either way, in milliseconds: so far outside they may come into sight. */
const toReach = ({ dragged }: DragPicture): number => Math.abs(dragged?.ripple?.byMs ?? 0);

function drawCaptions(scaled: Scaled): void {
  const { context, color, x, picture } = scaled;
  const { fromMs, spanMs, cues, active, selected, dragged } = picture;
  const reach = toReach(picture);
  let last: { readonly cue: EditCue; readonly times: TimeSpan; readonly state: BlockState } | undefined;
  for (let index = Math.max(0, indexAt(cues, fromMs - reach)); index < cues.length; index++) {
    const cue = cues[index] as EditCue;
    if (cue.startMs > fromMs + spanMs + reach) break;
    const times = toTimes(picture, cue, index);
    const state =
      cue.id === active ? "active" : selected.has(cue.id) ? "selected" : cue.reviewed === true ? "reviewed" : "open";
    // What is dragged lies over its neighbors.
    if (dragged?.times.has(cue.id) === true && state === "active") last = { cue, times, state };
    else drawBlock(scaled, times, cue, state);
    const loadX = x(times.startMs - loadMs(cue));
    context.fillStyle = color("--mantine-color-orange-6");
    context.fillRect(loadX, lanes.captions.top + lanes.captions.height, x(times.startMs) - loadX, 2);
  }
  if (last !== undefined) drawBlock(scaled, last.times, last.cue, last.state);
}

/** Who speaks from when to when, with the name where there is room for it: as much of each turn as is in sight. */
function drawSpeakers(scaled: Scaled): void {
  const { context, color, x, picture } = scaled;
  const { fromMs, spanMs, cues, speakers, speaking } = picture;
  const { top, height } = lanes.speakers;
  const reach = toReach(picture);
  const nameAt = (cue: EditCue | undefined): string | undefined =>
    cue !== undefined && speaking?.cues.has(cue.id) === true ? (speaking.command.speaker ?? undefined) : cue?.speaker;
  const endMs = fromMs + spanMs + reach;
  let index = Math.max(0, indexAt(cues, fromMs - reach));
  context.font = speakerFont;
  while (index < cues.length && (cues[index] as EditCue).startMs <= endMs) {
    const first = cues[index] as EditCue;
    const name = nameAt(first);
    let last = index;
    while (name !== undefined && nameAt(cues[last + 1]) === name && (cues[last + 1]?.startMs ?? endMs) < endMs) last++;
    const number = findSpeakerColor(speakers, name);
    if (number !== undefined && name !== undefined) {
      const left = x(toTimes(picture, first, index).startMs);
      const right = x(toTimes(picture, cues[last] as EditCue, last).endMs);
      context.fillStyle = color(`--speaker-${number}`);
      context.fillRect(left, top, Math.max(1, right - left - 1), height);
      context.fillStyle = color("--speaker-text");
      const from = Math.max(left, 0) + 5;
      label(scaled, name, from, right - from - 4, top + height / 2 + 1);
    }
    index = last + 1;
  }
  context.font = captionFont;
}

function drawStretch(scaled: Scaled): void {
  const { context, height, color, x, picture } = scaled;
  const { stretch } = picture;
  if (stretch === undefined) return;
  if (stretch.kind === "new") {
    drawBlock(scaled, stretch, undefined, "active");
    return;
  }
  const [left, right] = [x(stretch.startMs), x(stretch.endMs)];
  context.fillStyle = color("--timeline-selected");
  context.save();
  context.globalAlpha = 0.35;
  context.fillRect(left, lanes.captions.top, right - left, height - lanes.captions.top);
  context.restore();
}

export function drawTimeline(
  canvas: HTMLCanvasElement,
  box: HTMLElement,
  palette: Palette,
  picture: TimelinePicture,
): void {
  const surface = prepareCanvas(canvas, box, palette);
  if (surface === undefined) return;
  const { fromMs, spanMs } = picture;
  const scaled: Scaled = { ...surface, picture, x: (ms) => ((ms - fromMs) / spanMs) * surface.width };
  drawSound(scaled);
  drawGaps(scaled);
  drawCaptions(scaled);
  drawSpeakers(scaled);
  drawStretch(scaled);
  drawRuler(scaled);
  drawShots(scaled);
}
