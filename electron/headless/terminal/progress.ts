/** Shows progress on the terminal: one line with a bar for an interactive terminal, occasional lines for a log. */
import { createLogUpdate } from "log-update";
import stringWidth from "string-width";
import { stageTitles, type TranscriptionEvent, type TranscriptionListener } from "../../transcription/events.ts";
import { printable, spokenDuration } from "./print.ts";

/** Displays the progress of a job. */
export interface ProgressDisplay {
  readonly listener: TranscriptionListener;
  /** Removes the bar; call it before anything else is printed. */
  finish(): void;
}

type ProgressEvent = Extract<TranscriptionEvent, { kind: "progress" }>;

function describe(event: ProgressEvent): string {
  const piece = event.piece ? `, piece ${event.piece.number} of ${event.piece.count}` : "";
  return stageTitles[event.step] + piece;
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;

/** Users do not wait by the second, and the last seconds are the least certain. */
const spokenLeft = (ms: number): string => (ms < 3_000 ? "a few seconds left" : `${spokenDuration(ms)} left`);

/** `[██████░░░░]` of the given width. */
export function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `[${"█".repeat(full)}${"░".repeat(width - full)}]`;
}

const barWidth = 24;
const refreshMs = 100;
/** Columns: the name is not cut shorter than this while another part can be dropped. */
const minNameWidth = 12;
const graphemes = new Intl.Segmenter();

/** Clips text to a number of columns; an ellipsis shows that it was cut. */
function clip(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let short = "";
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(short + segment) >= columns) break;
    short += segment;
  }
  return columns < 1 ? "" : `${short}…`;
}

/**
 * Formats the progress line. In a narrow terminal the bar is dropped first, then the current activity, then the end of
 * the name; the percentage is kept longest.
 *
 * @param columns of the terminal
 */
export function progressLine(name: string, share: number, doing: string, left: string, columns: number): string {
  const room = columns - 1;
  const endings = [
    `${bar(share, barWidth)} ${percent(share).padStart(5)}  ${doing}${left}`,
    `${percent(share).padStart(5)}  ${doing}${left}`,
    `${percent(share).padStart(5)}${left}`,
    percent(share),
  ];
  const wanted = Math.min(stringWidth(name), minNameWidth);
  const ending = endings.find((text) => stringWidth(text) + 2 + wanted <= room) ?? endings.at(-1) ?? "";
  const shown = clip(name, room - stringWidth(ending) - 2);
  return shown === "" ? clip(ending, room) : `${shown}  ${ending}`;
}

/** A line that is redrawn in place. */
function terminalProgress(name: string, stream: NodeJS.WriteStream): ProgressDisplay {
  const update = createLogUpdate(stream);
  let step = "";
  let shown: ProgressEvent | undefined;
  let lastDrawn = 0;
  const draw = (): void => {
    lastDrawn = performance.now();
    const left = shown?.etaMs === undefined ? "" : `, ${spokenLeft(shown.etaMs)}`;
    update(progressLine(name, shown?.share ?? 0, shown ? describe(shown) : step, left, stream.columns));
  };
  return {
    listener: (event) => {
      switch (event.kind) {
        case "step":
          step = stageTitles[event.step];
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

/** Up to this many chunks get a line each; a long meeting has hundreds. */
const fewPieces = 20;

/** Lines for a log: every step, every tenth, and every chunk of a short recording. */
function plainProgress(name: string, stream: NodeJS.WritableStream): ProgressDisplay {
  let last = "";
  return {
    listener: (event) => {
      if (event.kind === "notice") stream.write(`${name}: ${event.message}\n`);
      else if (event.kind === "step") stream.write(`${name}: ${stageTitles[event.step]}\n`);
      else if (event.kind === "progress") {
        const piece = event.piece !== undefined && event.piece.count <= fewPieces ? event.piece.number : "";
        const key = `${event.step} ${piece} ${Math.floor(event.share * 10)}`;
        if (key === last) return;
        last = key;
        const left = event.etaMs === undefined ? "" : `, ${spokenLeft(event.etaMs)}`;
        stream.write(`${name}: ${describe(event)} (${percent(event.share)}${left})\n`);
      }
    },
    finish: () => undefined,
  };
}

/** Creates the display for one file: a bar if standard error is a terminal, lines otherwise. */
export function showProgress(name: string): ProgressDisplay {
  const clean = printable(name);
  return process.stderr.isTTY ? terminalProgress(clean, process.stderr) : plainProgress(clean, process.stderr);
}

/** For commands whose output is read by a program. */
export const silentProgress: ProgressDisplay = { listener: () => undefined, finish: () => undefined };

/** Displays the progress of an operation without steps. */
export interface ShareDisplay {
  show(share: number, doing: string): void;
  finish(): void;
}

/** One line on a terminal; elsewhere a line every tenth. */
export function showShare(name: string): ShareDisplay {
  const clean = printable(name);
  const stream = process.stderr;
  const update = stream.isTTY ? createLogUpdate(stream) : undefined;
  let lastDrawn = Number.NEGATIVE_INFINITY;
  let lastTenth = -1;
  return {
    show: (share, doing) => {
      if (update !== undefined) {
        if (performance.now() - lastDrawn < refreshMs) return;
        lastDrawn = performance.now();
        update(progressLine(clean, share, doing, "", stream.columns));
      } else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10);
        stream.write(`${clean}: ${percent(share)} (${doing})\n`);
      }
    },
    finish: () => update?.clear(),
  };
}

/** Creates a display that can be held back: events that still matter are kept and shown on release. */
export function heldBack(open: () => ProgressDisplay): ProgressDisplay & {
  release(): void;
  /** When it was released, in milliseconds of `performance.now()`; the present time if it has not been. */
  releasedAt(): number;
} {
  let display: ProgressDisplay | undefined;
  let released: number | undefined;
  const notices: TranscriptionEvent[] = [];
  let step: TranscriptionEvent | undefined;
  let progress: TranscriptionEvent | undefined;
  return {
    listener: (event) => {
      if (display !== undefined) display.listener(event);
      else if (event.kind === "notice") notices.push(event);
      else if (event.kind === "step") {
        step = event;
        progress = undefined;
      } else if (event.kind === "progress") progress = event;
    },
    release: () => {
      if (display !== undefined) return;
      display = open();
      released = performance.now();
      for (const event of [...notices, step, progress]) if (event !== undefined) display.listener(event);
    },
    releasedAt: () => released ?? performance.now(),
    finish: () => display?.finish(),
  };
}
