/** Draws the overview of the whole meeting. Colors come from the page's CSS. */
import type { EditCue, Mark } from "../../../electron/captions/editing/document.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import { isSpeechGap } from "../../../electron/captions/quality/speech-gap-issues.ts";
import { type Palette, prepareCanvas } from "./canvas.ts";

export interface OverviewView {
  readonly durationMs: number;
  readonly cues: readonly EditCue[];
  readonly issues: readonly Issue[];
  readonly marks: readonly Mark[];
  /** Suspicion of each part of the meeting, 0 to 1. */
  readonly heat: Float32Array;
}

export function drawOverview(canvas: HTMLCanvasElement, box: HTMLElement, palette: Palette, view: OverviewView): void {
  const ready = prepareCanvas(canvas, box, palette);
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
