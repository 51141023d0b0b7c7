/** Progress on the terminal: one line with a bar where a person watches, a line now and then where a log is written. */
import { createLogUpdate } from "log-update";
import { type JobEvent, type JobListener, stepTitles } from "../jobs/events.ts";
import { printable, spokenDuration } from "./print.ts";

/** Shows how a job gets on. */
export interface ProgressDisplay {
  readonly listener: JobListener;
  /** Takes the bar away; call it before anything else is printed. */
  finish(): void;
}

type ProgressEvent = Extract<JobEvent, { kind: "progress" }>;

function describe(event: ProgressEvent): string {
  const piece = event.piece ? `, piece ${event.piece.number} of ${event.piece.count}` : "";
  return stepTitles[event.step] + piece;
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;

/** `[██████░░░░]` of the given width. */
export function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `[${"█".repeat(full)}${"░".repeat(width - full)}]`;
}

const barWidth = 24;
const refreshMs = 100;

/** A line that is drawn over and over. */
function terminalProgress(name: string, stream: NodeJS.WriteStream): ProgressDisplay {
  const update = createLogUpdate(stream);
  let step = "";
  let shown: ProgressEvent | undefined;
  let lastDrawn = 0;
  const draw = (): void => {
    lastDrawn = performance.now();
    const left = shown?.etaMs === undefined ? "" : `, ${spokenDuration(shown.etaMs)} left`;
    const share = shown?.share ?? 0;
    const line = `${name}  ${bar(share, barWidth)} ${percent(share).padStart(5)}  ${shown ? describe(shown) : step}${left}`;
    update(line.slice(0, Math.max(20, stream.columns - 1)));
  };
  return {
    listener: (event) => {
      switch (event.kind) {
        case "step":
          step = stepTitles[event.step];
          if (shown) shown = { kind: "progress", step: event.step, share: shown.share, etaMs: undefined };
          draw();
          break;
        case "progress":
          shown = event;
          if (performance.now() - lastDrawn >= refreshMs) draw();
          break;
        case "notice":
          update.clear();
          stream.write(`${name}: ${event.message}\n`);
          draw();
          break;
        case "words":
          break;
      }
    },
    finish: () => update.clear(),
  };
}

/** Lines for a log: every step, every piece, every tenth. */
function plainProgress(name: string, stream: NodeJS.WritableStream): ProgressDisplay {
  let last = "";
  return {
    listener: (event) => {
      if (event.kind === "notice") stream.write(`${name}: ${event.message}\n`);
      else if (event.kind === "step") stream.write(`${name}: ${stepTitles[event.step]}\n`);
      else if (event.kind === "progress") {
        const key = `${describe(event)} ${Math.floor(event.share * 10)}`;
        if (key === last) return;
        last = key;
        const left = event.etaMs === undefined ? "" : `, ${spokenDuration(event.etaMs)} left`;
        stream.write(`${name}: ${describe(event)} (${percent(event.share)}${left})\n`);
      }
    },
    finish: () => undefined,
  };
}

/** A display for one file, by what standard error is. */
export function showProgress(name: string): ProgressDisplay {
  const clean = printable(name);
  return process.stderr.isTTY ? terminalProgress(clean, process.stderr) : plainProgress(clean, process.stderr);
}

/** For commands whose output a program reads. */
export const silentProgress: ProgressDisplay = { listener: () => undefined, finish: () => undefined };
