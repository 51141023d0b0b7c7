/**
 * Reads WebVTT by the blocks of its standard (W3C WebVTT §6.1): a line with an arrow ends what stands above it, header,
 * NOTE, STYLE and REGION included. More liberal in what it takes for a time, and it loses no text in silence.
 */
import type { Cue } from "../../cue.ts";
import { rowsOfText } from "../../text/rows.ts";
import type { ReadContent, ReadOptions } from "../caption-format.ts";
import { parseMarkup } from "../markup/parse.ts";
import { fromProgramStart } from "../program-start.ts";
import { ReadNotes } from "../read-notes.ts";
import { withoutRepeats } from "../rolling.ts";
import { beginsBlock, looksLikeTimes, parseTimingRow } from "../timing-row.ts";
import { parseCuePlace, parseRegion, type VttRegion } from "./cue-settings.ts";

const arrow = "-->";

class VttReader {
  readonly cues: Cue[] = [];
  readonly notes = new ReadNotes();
  language: string | undefined;
  readonly #rows: readonly string[];
  readonly #regions = new Map<string, VttRegion>();
  #index = 0;

  constructor(text: string) {
    this.#rows = rowsOfText(text.replaceAll("\0", "\uFFFD"));
  }

  read(): void {
    while (this.#rows[this.#index] === "") this.#index++;
    this.#header();
    while (this.#index < this.#rows.length) {
      if (this.#rows[this.#index] === "") this.#index++;
      else this.#block();
    }
  }

  #row(ahead = 0): string {
    return this.#rows[this.#index + ahead] ?? "";
  }

  /** The first line and what follows it up to a blank line or an arrow. */
  #header(): void {
    this.#index++;
    for (; this.#row() !== "" && !this.#row().includes(arrow); this.#index++) {
      const row = this.#row();
      this.language ??= /^Language\s*[:=]\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*$/.exec(row)?.[1];
      // Blocks that stand directly under the header belong to it, and are skipped with it.
      const kind = /^(NOTE|STYLE|REGION)(?:\s|$)/.exec(row)?.[1];
      if (kind !== undefined) this.notes.addLeftOut(kind);
    }
  }

  #block(): void {
    if (this.#row().includes(arrow)) {
      this.#cue();
      return;
    }
    if (this.#row(1).includes(arrow)) {
      // The identifier of a cue.
      this.#index++;
      this.#cue();
      return;
    }
    const kind = /^(?:(NOTE)(?:[ \t]|$)|(STYLE|REGION)[ \t]*$)/.exec(this.#row());
    if (kind === null) this.#strayText();
    else if (kind[2] === "REGION") this.#region();
    else {
      this.notes.addLeftOut(kind[1] ?? kind[2] ?? "");
      this.#skipBlock();
    }
  }

  /** To the end of a block: a blank line, or a line with an arrow. */
  #skipBlock(): readonly string[] {
    const from = this.#index;
    while (this.#row() !== "" && !(this.#index > from && this.#row().includes(arrow))) this.#index++;
    return this.#rows.slice(from, this.#index);
  }

  #region(): void {
    const region = parseRegion(this.#skipBlock().slice(1).join("\n"));
    if (region === undefined) this.notes.addLeftOut("REGION");
    else this.#regions.set(region.id, region);
    if (region?.scrolls) this.notes.addLeftOut("REGION that scrolls");
  }

  #strayText(): void {
    const at = this.#index + 1;
    const { lines } = parseMarkup(this.#skipBlock(), false);
    if (lines.length > 0) this.notes.addUnreadable(`this text has no times: ${lines.join(" ").slice(0, 80)}`, at);
  }

  /** From a line with an arrow to the end of the cue's text. */
  #cue(): void {
    const at = this.#index + 1;
    const row = this.#row();
    const times = parseTimingRow(row);
    if (times === undefined && /^NOTE(?:\s|$)/.test(row)) {
      this.notes.addLeftOut("NOTE");
      this.#index++;
      this.#text();
      return;
    }
    this.#index++;
    const text = this.#text();
    if (times === undefined) {
      this.notes.addUnreadable(`the times cannot be read: ${row.trim().slice(0, 80)}`, at);
      return;
    }
    const { leftOut, edge: _edge, align: _align, ...marked } = parseMarkup(text, false);
    for (const what of leftOut) this.notes.addLeftOut(what);
    const { startMs, endMs, settings } = times;
    if (endMs <= startMs) this.notes.addUnreadable("the caption ends before it begins", at);
    else if (marked.lines.length > 0) {
      const { leftOut: unplaced, ...place } = parseCuePlace(settings, marked.lines, this.#regions);
      for (const what of unplaced) this.notes.addLeftOut(what);
      this.cues.push({ startMs, endMs, ...place, ...marked });
    }
  }

  /**
   * The text of a cue: up to a blank line, or to the times of the next cue. An arrow that is not part of times
   * (`A --> B`) would end the cue for a browser; people write it, so it stays text.
   */
  #text(): readonly string[] {
    const from = this.#index;
    for (; this.#row() !== ""; this.#index++) {
      if (beginsBlock(this.#rows, this.#index)) break;
      if (this.#row().includes(arrow) && looksLikeTimes(this.#row())) break;
    }
    return this.#rows.slice(from, this.#index);
  }
}

export function readWebVtt(text: string, options: ReadOptions): ReadContent {
  const reader = new VttReader(text);
  reader.read();
  const { cues, issues } = fromProgramStart(withoutRepeats(reader.cues), options);
  const { language } = reader;
  return {
    cues,
    words: [],
    issues: [...reader.notes.issues(), ...issues],
    ...(language === undefined ? {} : { language }),
  };
}
