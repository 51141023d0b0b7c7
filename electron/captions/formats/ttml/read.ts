/**
 * Reads TTML (IMSC, DFXP, SMPTE-TT, EBU-TT): times of body, div, p and span in parallel and in sequence, lines, looks,
 * regions, speakers.
 */
import { XmlElement, XmlText } from "@rgrove/parse-xml";
import type { Cue } from "../../cue.ts";
import { defaultProfile } from "../../quality/caption-profile.ts";
import { createIssue, type Issue } from "../../quality/issue.ts";
import { hourMs, minuteMs, secondMs } from "../../time/durations.ts";
import type { ReadContent, ReadOptions } from "../caption-format.ts";
import { NotCaptionsError } from "../not-captions.ts";
import { fromProgramStart } from "../program-start.ts";
import { ReadNotes } from "../read-notes.ts";
import { listStates, type TextPiece } from "./paragraph.ts";
import { findPlace, type TtmlStyle, TtmlStyles } from "./style.ts";
import { parseTtmlTime, type TtmlClock, ttmlClock } from "./time.ts";
import { getAttribute, listChildElements, listDescendants, localName, maxDepth, parseDocument } from "./xml.ts";

/** When an element is shown. */
interface Times {
  readonly startMs: number;
  /** That of the parent where it has none; infinite where nothing ends it. */
  readonly endMs: number;
  /** True where neither it nor anything around it says when it ends. */
  readonly isOpen: boolean;
  /** True where it or something around it has a time. */
  readonly isTimed: boolean;
}

/** What an element hands down to those inside it. */
interface Inherited {
  readonly style: TtmlStyle;
  /** True below an element that is not displayed. */
  readonly isRemoved: boolean;
  readonly region: string | undefined;
  readonly speaker: string | undefined;
}

/** A caption whose end may still depend on the next one. */
interface Draft {
  readonly cue: Cue;
  readonly isOpen: boolean;
}

const isSequence = (element: XmlElement): boolean => getAttribute(element, "timeContainer") === "seq";
const hasTimes = (element: XmlElement): boolean =>
  ["begin", "end", "dur"].some((name) => getAttribute(element, name) !== undefined);

class TtmlReader {
  readonly drafts: Draft[] = [];
  readonly notes = new ReadNotes();
  readonly #styles: TtmlStyles;
  readonly #speakers = new Map<string, string>();
  readonly #clock: TtmlClock;
  /** How many captions were given an end, by the way in which it was found. */
  readonly guessed = { byNext: 0, byLength: 0 };

  constructor(root: XmlElement, clock: TtmlClock) {
    this.#clock = clock;
    this.#styles = new TtmlStyles(root);
    for (const element of listDescendants(root)) {
      const id = getAttribute(element, "id");
      if (id === undefined || localName(element.name) !== "agent") continue;
      const name = listChildElements(element).find((child) => localName(child.name) === "name") ?? element;
      this.#speakers.set(id, name.text.replace(/\s+/g, " ").trim());
    }
  }

  /**
   * Begin and end of an element.
   * @param fromMs what its times count from: the begin of its parent, or in a sequence the end of what is before it
   * @returns undefined where a time cannot be read
   */
  #times(element: XmlElement, parent: Times, fromMs: number): Times | undefined {
    const [begin, end, duration] = ["begin", "end", "dur"].map((name) => {
      const text = getAttribute(element, name);
      if (text === undefined) return undefined;
      const ms = parseTtmlTime(text, this.#clock);
      if (ms === undefined) this.notes.addUnreadable(`the time cannot be read: ${name}="${text.slice(0, 40)}"`);
      return ms ?? Number.NaN;
    });
    if ([begin, end, duration].some(Number.isNaN)) return undefined;
    const startMs = fromMs + (begin ?? 0);
    const ends = [parent.endMs];
    if (end !== undefined) ends.push(fromMs + end);
    if (duration !== undefined) ends.push(startMs + duration);
    return {
      startMs,
      endMs: Math.min(...ends),
      isOpen: ends.length === 1 && (parent.isOpen || begin !== undefined),
      isTimed: parent.isTimed || hasTimes(element),
    };
  }

  #inherit(element: XmlElement, from: Inherited): Inherited {
    const { isRemoved = false, ruby: _ruby, ...own } = this.#styles.getOwn(element);
    const agents = (getAttribute(element, "agent") ?? "").trim().split(/\s+/);
    return {
      style: { ...from.style, ...own },
      isRemoved: from.isRemoved || isRemoved,
      region: getAttribute(element, "region") ?? from.region,
      speaker: agents.map((id) => this.#speakers.get(id)).find((name) => name) ?? from.speaker,
    };
  }

  /** Reads what is inside body or div. @returns the end of what is shown last */
  walk(element: XmlElement, times: Times, inherited: Inherited, depth = 0): number {
    const isInSequence = isSequence(element);
    let fromMs = times.startMs;
    let lastMs = times.startMs;
    for (const child of listChildElements(element)) {
      const name = localName(child.name);
      if (name === "set" || name === "animate") this.notes.addLeftOut("an animation");
      if (depth > maxDepth || (name !== "div" && name !== "p" && name !== "body")) continue;
      const own = this.#times(child, times, fromMs);
      if (own === undefined) continue;
      const style = this.#inherit(child, inherited);
      const insideMs = name === "p" ? this.#paragraph(child, own, style) : this.walk(child, own, style, depth + 1);
      const endMs = own.isOpen || own.endMs === Number.POSITIVE_INFINITY ? insideMs : own.endMs;
      lastMs = Math.max(lastMs, endMs);
      if (isInSequence) fromMs = endMs;
    }
    return lastMs;
  }

  /** @returns the end of its text, as far as it is said */
  #paragraph(element: XmlElement, times: Times, inherited: Inherited): number {
    const pieces: TextPiece[] = [];
    const hidden: string[] = [];
    const region = this.#styles.getRegion(inherited.region);
    const { isRemoved = false, ruby: _ruby, ...regionStyle } = region;
    const all = { ...inherited, isRemoved: inherited.isRemoved || isRemoved };
    this.#text(element, times, { ...all, style: { ...regionStyle, ...inherited.style } }, { pieces, hidden, depth: 0 });
    const states = listStates(pieces);
    const isSeen = states.length > 0;
    if (hidden.length > 0) {
      this.notes.addLeftOut(
        isSeen ? "a part of a caption that the file does not show" : "a caption that the file does not show",
      );
    }
    const style = { ...regionStyle, ...inherited.style };
    for (const { startMs, endMs, text } of states) {
      const isOpen = times.isOpen && endMs === times.endMs;
      if (!times.isTimed && !pieces.some((piece) => piece.startMs > 0 || piece.endMs < Number.POSITIVE_INFINITY)) {
        this.notes.addUnreadable(`this text has no times: ${text.lines.join(" ").slice(0, 80)}`);
        continue;
      }
      const { edge, align } = findPlace(style, text.lines);
      // Said of this paragraph itself: the profile aligns the others.
      const ownAlign = align ?? (getAttribute(element, "textAlign") === "center" ? "center" : undefined);
      const { speaker } = inherited;
      const cue = {
        startMs: Math.round(startMs),
        endMs: Math.round(endMs),
        ...text,
        ...(edge === undefined ? {} : { edge }),
        ...(ownAlign === undefined ? {} : { align: ownAlign }),
        ...(speaker ? { speaker } : {}),
      };
      if (!isOpen && cue.endMs <= cue.startMs) {
        this.notes.addUnreadable(`the caption ends before it begins: ${text.lines.join(" ").slice(0, 40)}`);
      } else this.drafts.push({ cue, isOpen });
    }
    this.#noteLosses(pieces);
    const ends = pieces.map(({ endMs }) => endMs).filter((endMs) => endMs !== Number.POSITIVE_INFINITY);
    return times.isOpen
      ? ends.filter((endMs) => endMs !== times.endMs).reduce((max, ms) => Math.max(max, ms), times.startMs)
      : times.endMs;
  }

  #noteLosses(pieces: readonly TextPiece[]): void {
    const shown = pieces.filter(({ text }) => text !== undefined && text.trim() !== "");
    if (shown.some(({ style }) => style.bold)) this.notes.addLeftOut("bold text");
    if (shown.some(({ style }) => style.color?.isExact === false)) {
      this.notes.addLeftOut("a color that captions do not have: the nearest is taken");
    }
  }

  /** The pieces of text inside an element, in their order. */
  #text(
    element: XmlElement,
    times: Times,
    inherited: Inherited,
    into: { readonly pieces: TextPiece[]; readonly hidden: string[]; readonly depth: number },
  ): void {
    const { pieces, hidden, depth } = into;
    if (depth > maxDepth) return;
    const { startMs, endMs } = times;
    const isInSequence = isSequence(element);
    let fromMs = startMs;
    for (const child of element.children) {
      if (child instanceof XmlText) {
        const { style } = inherited;
        const isHidden = inherited.isRemoved || style.isInvisible === true || style.color?.isTransparent === true;
        if (!isHidden) pieces.push({ text: child.text, style, startMs, endMs });
        else if (child.text.trim() !== "") hidden.push(child.text);
        continue;
      }
      if (!(child instanceof XmlElement)) continue;
      const name = localName(child.name);
      if (name === "br") pieces.push({ text: undefined, style: inherited.style, startMs, endMs });
      else if (name === "set" || name === "animate") this.notes.addLeftOut("an animation");
      if (name !== "span") continue;
      const { ruby } = this.#styles.getOwn(child);
      if (ruby === "delimiter") continue;
      const own = hasTimes(child) || isInSequence ? this.#times(child, times, fromMs) : times;
      if (own === undefined) continue;
      const style = this.#inherit(child, inherited);
      // Ruby stands above its base; captions have one line for both.
      const mark = (text: string): void => {
        if (ruby === "text" && !style.isRemoved)
          pieces.push({ text, style: style.style, startMs: own.startMs, endMs: own.endMs });
      };
      mark("(");
      this.#text(child, own, style, { ...into, depth: depth + 1 });
      mark(")");
      if (isInSequence && own.endMs !== Number.POSITIVE_INFINITY) fromMs = own.endMs;
    }
  }

  /** The captions in order of time; those without an end stay until the next one, or as long as they take to read. */
  cues(): readonly Cue[] {
    const drafts = this.drafts.toSorted((a, b) => a.cue.startMs - b.cue.startMs);
    let nextMs = Number.POSITIVE_INFINITY;
    const cues: Cue[] = [];
    for (let index = drafts.length - 1; index >= 0; index--) {
      const { cue, isOpen } = drafts[index] as Draft;
      const later = drafts[index + 1]?.cue.startMs ?? Number.POSITIVE_INFINITY;
      if (later > cue.startMs) nextMs = later;
      cues.push(isOpen ? { ...cue, endMs: this.#findEnd(cue, nextMs) } : cue);
    }
    return cues.reverse();
  }

  #findEnd({ startMs, endMs, lines }: Cue, nextMs: number): number {
    const known = Math.min(endMs, nextMs);
    if (known !== Number.POSITIVE_INFINITY) {
      this.guessed.byNext++;
      return Math.max(known, startMs + 1);
    }
    this.guessed.byLength++;
    const characters = lines.join(" ").length;
    return (
      startMs +
      Math.max(defaultProfile.minMs * 2, Math.round((characters * 1000) / defaultProfile.maxCharactersPerSecond))
    );
  }

  issues(): readonly Issue[] {
    const { byNext, byLength } = this.guessed;
    return [
      ...this.notes.issues(),
      ...(byNext === 0
        ? []
        : [createIssue("guessed-times", `${byNext} × a caption without an end: it stays until the next one`)]),
      ...(byLength === 0
        ? []
        : [createIssue("guessed-times", "the last caption has no end: it stays as long as it takes to read")]),
    ];
  }
}

/** One document may hold the captions in several languages; the first one is read. */
function withOneLanguage(body: XmlElement, documentLanguage: string | undefined, notes: ReadNotes): XmlElement {
  const getLanguage = (element: XmlElement): string => getAttribute(element, "lang") ?? documentLanguage ?? "";
  const parts = listChildElements(body).filter(({ name }) => localName(name) === "div");
  const languages = [...new Set(parts.map(getLanguage))];
  if (languages.length < 2) return body;
  const [first] = languages;
  for (const language of languages.slice(1))
    notes.addLeftOut(`the captions in another language (${language.slice(0, 20)})`);
  const kept = body.children.filter((child) => !(child instanceof XmlElement) || getLanguage(child) === first);
  return new XmlElement(body.name, body.attributes, kept as XmlElement["children"]);
}

/** Milliseconds of a time of the wall clock, as the document's own labels have it. */
function toDocumentMs(clockMs: number, clock: TtmlClock): number {
  const parts = [clockMs / hourMs, (clockMs / minuteMs) % 60, (clockMs / secondMs) % 60];
  const label = parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  return parseTtmlTime(`${label}.${String(Math.round(clockMs % 1000)).padStart(3, "0")}`, clock) ?? clockMs;
}

/**
 * Reads a TTML document.
 * @throws NotCaptionsError when it is not well-formed, or not TTML
 */
export function readTtml(text: string, options: ReadOptions): ReadContent {
  const root = parseDocument(text);
  if (localName(root.name) !== "tt") throw new NotCaptionsError("this XML is not TTML");
  const clock = ttmlClock((name) => getAttribute(root, name));
  const reader = new TtmlReader(root, clock);
  const language = getAttribute(root, "lang");
  const whole = listChildElements(root).find(({ name }) => localName(name) === "body");
  if (whole !== undefined) {
    const body = withOneLanguage(whole, language, reader.notes);
    // The body is walked as the only child of a parent without end.
    const parent = new XmlElement("tt", {}, [body] as XmlElement["children"]);
    const times = { startMs: 0, endMs: Number.POSITIVE_INFINITY, isOpen: true, isTimed: false };
    reader.walk(parent, times, { style: {}, isRemoved: false, region: undefined, speaker: undefined });
  }
  const { cues, issues } = fromProgramStart(reader.cues(), options, (ms) => toDocumentMs(ms, clock));
  if (cues.length === 0 && /(?:backgroundImage|<(?:\w+:)?image)\b/.test(text)) {
    throw new NotCaptionsError(
      "its captions are pictures, not text; export them as text from the program that made them",
    );
  }
  return { cues, words: [], issues: [...reader.issues(), ...issues], ...(language ? { language } : {}) };
}
