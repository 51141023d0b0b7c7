/** Draws the waveform and the overview. Colors come from the page's CSS, so that dark mode and forced colors apply. */
import { cueText } from "../../../electron/captions/cue.ts";
import { type EditCue, indexAt, type Mark } from "../../../electron/captions/editing/document.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import { isSpeechGap } from "../../../electron/captions/quality/speech-gap-issues.ts";
import { during, type TimeSpan } from "../../../electron/captions/time/span.ts";
import { texts } from "../../texts/en.ts";
import type { Peaks } from "./peaks.ts";

export interface WaveView {
  readonly fromMs: number;
  readonly spanMs: number;
  readonly peaks: Peaks | undefined;
  readonly cues: readonly EditCue[];
  readonly active: number | null;
  /** The caption whose edge is being dragged, or the new one (undefined), with its current times. */
  readonly drag: { readonly cue: EditCue | undefined; readonly startMs: number; readonly endMs: number } | undefined;
  readonly marks: readonly Mark[];
  /** Speech without captions. */
  readonly gaps: readonly TimeSpan[];
}

/** Sizes the canvas to the screen's pixel ratio. @returns undefined if it has no size */
function prepared(canvas: HTMLCanvasElement, box: HTMLElement) {
  const { clientWidth: width, clientHeight: height } = box;
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (w === 0 || h === 0) return undefined;
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext("2d");
  if (context === null) return undefined;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(box);
  const color = (name: string): string => style.getPropertyValue(name).trim() || style.color;
  return { context, width, height, text: style.color, color };
}

/** Loading time of a caption before it is displayed, in milliseconds: two bytes are sent per frame. */
const loadMs = (cue: EditCue): number => ((cueText(cue).length + 12) / 2) * (1001 / 30);

/** Height of the caption band at the top; the waveform is below it. */
const band = 26;

export function drawWave(canvas: HTMLCanvasElement, box: HTMLElement, view: WaveView): void {
  const ready = prepared(canvas, box);
  if (ready === undefined) return;
  const { context, width, height, text, color } = ready;
  const { fromMs, spanMs, peaks, cues, active, drag, marks, gaps } = view;
  const x = (ms: number): number => ((ms - fromMs) / spanMs) * width;
  if (peaks !== undefined) {
    context.fillStyle = color("--mantine-color-harbor-5");
    const middle = band + (height - band) / 2;
    const scale = (height - band) / 2 / 128;
    for (let column = 0; column < width; column++) {
      const first = Math.floor(((fromMs + (column / width) * spanMs) / 1000) * peaks.perSecond);
      const last = Math.max(
        first + 1,
        Math.floor(((fromMs + ((column + 1) / width) * spanMs) / 1000) * peaks.perSecond),
      );
      let [low, high] = [0, 0];
      for (let at = first; at < last; at++) {
        low = Math.min(low, peaks.pairs[at * 2] ?? 0);
        high = Math.max(high, peaks.pairs[at * 2 + 1] ?? 0);
      }
      context.fillRect(column, middle - high * scale, 1, Math.max(1, (high - low) * scale));
    }
  }
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  for (const { startMs, endMs } of during(gaps, { startMs: fromMs, endMs: fromMs + spanMs })) {
    const [left, right] = [x(startMs), x(endMs)];
    context.fillStyle = color("--mantine-color-red-7");
    context.save();
    context.globalAlpha = 0.22;
    context.fillRect(left, 0, right - left, height);
    context.restore();
    context.fillRect(left, height - 3, right - left, 3);
    context.fillStyle = text;
    context.fillText(texts.editor.gaps.label, Math.max(left, 0) + 5, band + 12);
  }
  const block = (startMs: number, endMs: number, label: string, isActive: boolean, isReviewed: boolean): void => {
    const [left, right] = [x(startMs), x(endMs)];
    context.fillStyle = color(isActive ? "--mantine-primary-color-filled" : "--mantine-color-default-hover");
    context.fillRect(left, 2, Math.max(2, right - left), band - 4);
    context.strokeStyle = color(isReviewed ? "--mantine-color-teal-6" : "--mantine-color-dimmed");
    context.strokeRect(left + 0.5, 2.5, Math.max(1, right - left - 1), band - 5);
    if (isActive) {
      context.save();
      context.globalAlpha = 0.16;
      context.fillRect(left, band, right - left, height - band);
      context.restore();
    }
    context.save();
    context.beginPath();
    context.rect(left + 4, 0, Math.max(0, right - left - 8), band);
    context.clip();
    context.fillStyle = isActive ? "#fff" : text;
    context.fillText(label, left + 5, band / 2);
    context.restore();
  };
  for (let index = Math.max(0, indexAt(cues, fromMs)); index < cues.length; index++) {
    const cue = cues[index] as EditCue;
    if (cue.startMs > fromMs + spanMs) break;
    if (drag?.cue?.id === cue.id) continue;
    context.fillStyle = color("--mantine-color-orange-6");
    context.fillRect(x(cue.startMs - loadMs(cue)), band - 2, x(cue.startMs) - x(cue.startMs - loadMs(cue)), 2);
    block(cue.startMs, cue.endMs, cueText(cue), cue.id === active, cue.reviewed === true);
  }
  if (drag !== undefined && drag.endMs > drag.startMs)
    block(drag.startMs, drag.endMs, drag.cue === undefined ? "" : cueText(drag.cue), true, false);
  for (const { atMs, kind, text: label } of marks) {
    if (kind === "tick" || kind === "no-speech" || atMs < fromMs || atMs > fromMs + spanMs) continue;
    context.fillStyle = color(kind === "chapter" ? "--mantine-color-grape-6" : "--mantine-color-yellow-6");
    context.fillRect(x(atMs), band, 2, height - band);
    context.fillStyle = text;
    context.fillText(kind === "chapter" ? `§ ${label}` : label || "★", x(atMs) + 5, height - 9);
  }
}

export interface OverviewView {
  readonly durationMs: number;
  readonly cues: readonly EditCue[];
  readonly issues: readonly Issue[];
  readonly marks: readonly Mark[];
  /** Suspicion of each part of the meeting, 0 to 1. */
  readonly heat: Float32Array;
}

export function drawOverview(canvas: HTMLCanvasElement, box: HTMLElement, view: OverviewView): void {
  const ready = prepared(canvas, box);
  if (ready === undefined) return;
  const { context, width, height, color } = ready;
  const { durationMs, cues, issues, marks, heat } = view;
  const x = (ms: number): number => (ms / Math.max(1, durationMs)) * width;
  context.fillStyle = color("--mantine-color-orange-6");
  heat.forEach((value, index) => {
    if (value === 0) return;
    context.globalAlpha = 0.25 + 0.75 * value;
    const barHeight = 3 + value * (height - 14);
    context.fillRect(
      (index / heat.length) * width,
      height - 6 - barHeight,
      Math.max(1, width / heat.length),
      barHeight,
    );
  });
  context.globalAlpha = 1;
  context.fillStyle = color("--mantine-color-teal-6");
  for (const { startMs, endMs, reviewed } of cues) {
    if (reviewed) context.fillRect(x(startMs), height - 5, Math.max(1, x(endMs) - x(startMs)), 4);
  }
  for (const issue of issues.filter(isSpeechGap)) {
    context.fillStyle = color("--mantine-color-red-7");
    context.fillRect(x(issue.atMs), 0, Math.max(3, x(issue.untilMs) - x(issue.atMs)), height - 6);
  }
  for (const { severity, atMs = 0 } of issues) {
    context.fillStyle = color(severity === "error" ? "--mantine-color-red-7" : "--mantine-color-yellow-7");
    context.fillRect(x(atMs), 0, 1.5, severity === "error" ? 10 : 5);
  }
  context.fillStyle = color("--mantine-color-grape-6");
  for (const { kind, atMs } of marks) if (kind === "chapter") context.fillRect(x(atMs), 0, 1.5, height);
}
