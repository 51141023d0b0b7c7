/** Collects what a reader finds in a file: captions, what could not be read, and what captions have nothing for. */
import type { Cue } from "../cue.ts";
import { createIssue, type Issue } from "../quality/issue.ts";
import { listDroppedFeatures } from "./dropped-features.ts";

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
  readonly #issues: Issue[] = [];
  readonly #leftOut = new Map<string, number>();

  /** Captions without text say nothing, and are not kept. */
  add(cue: FoundCue): void {
    if (cue.lines.length > 0) this.#found.push(cue);
  }

  /** Counts a feature that is not kept. @param what in the plural or with its article, as in "3 × a font" */
  leaveOut(what: string): void {
    this.#leftOut.set(what, (this.#leftOut.get(what) ?? 0) + 1);
  }

  /** Something that could not be read and is missing. @param line of the file, from 1 */
  skip(reason: string, line?: number): void {
    this.#issues.push(createIssue("unreadable", reason, line === undefined ? {} : { line }));
  }

  report(issue: Issue): void {
    this.#issues.push(issue);
  }

  /** The captions in the order of their times, and everything that was found wrong. */
  finish(): { readonly cues: readonly Cue[]; readonly issues: readonly Issue[] } {
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
    const dropped = [...this.#leftOut].map(([what, count]) => listDroppedFeatures(`${count} × ${what}`));
    return { cues: cues.toReversed(), issues: [...this.#issues, ...dropped] };
  }
}
