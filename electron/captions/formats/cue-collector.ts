/** Collects what a reader finds in a file: captions, what could not be read, and what captions have nothing for. */
import type { Cue } from "../cue.ts";
import type { Issue } from "../quality/issue.ts";
import type { ReadOptions } from "./caption-format.ts";
import { fromProgramStart } from "./program-start.ts";
import { ReadNotes } from "./read-notes.ts";

/** A caption as found; without an end it stays until the next one. */
interface FoundCue extends Omit<Cue, "endMs"> {
  readonly endMs?: number | undefined;
  /** Line of the file, from 1. */
  readonly line?: number;
}

/** How long a last caption without an end stays. */
const openEndMs = 4_000;

export class CueCollector {
  readonly #found: FoundCue[] = [];
  readonly #notes = new ReadNotes();
  readonly #issues: Issue[] = [];

  /** Captions without text say nothing, and are not kept. */
  add(cue: FoundCue): void {
    if (cue.lines.length > 0) this.#found.push(cue);
  }

  /** Counts a feature that is not kept. @param what in the plural or with its article, as in "3 × a font" */
  leaveOut(what: string): void {
    this.#notes.addLeftOut(what);
  }

  /** Something that could not be read and is missing. @param line of the file, from 1 */
  skip(reason: string, line?: number): void {
    this.#notes.addUnreadable(reason, line);
  }

  report(issue: Issue): void {
    this.#issues.push(issue);
  }

  /**
   * The captions in the order of their times, counted from the start of the program, and everything that was found
   * wrong.
   * @param options when the program starts; absent: at 0 on the file's clock
   * @param toMs see program-start.ts
   */
  finish(options: ReadOptions = { startMs: 0 }, toMs?: (clockMs: number) => number) {
    const found = this.#found.toSorted((a, b) => a.startMs - b.startMs);
    const cues: Cue[] = [];
    let currentMs: number | undefined;
    let laterMs: number | undefined;
    for (const { line, startMs, endMs, ...content } of found.toReversed()) {
      // Captions that begin together all stay until the first one that begins later.
      if (startMs !== currentMs) laterMs = currentMs;
      currentMs = startMs;
      const end = endMs ?? laterMs ?? startMs + openEndMs;
      if (end > startMs) cues.push({ startMs, endMs: end, ...content });
      else this.skip(`the caption ends before it begins: ${content.lines.join(" ").slice(0, 40)}`, line);
    }
    const started = fromProgramStart(cues.toReversed(), options, toMs);
    return { cues: started.cues, issues: [...this.#issues, ...started.issues, ...this.#notes.issues()] };
  }
}
