/**
 * Reads TTML (IMSC, DFXP, SMPTE-TT, EBU-TT): times of body, div, p and span, lines, italics and underline, regions
 * as top or bottom. Namespace prefixes differ from tool to tool, so names are compared without them.
 */
import { parseXml, XmlElement, type XmlNode, XmlText } from "@rgrove/parse-xml";
import type { Cue, LineStyle } from "../../cue.ts";
import { NotCaptionsError } from "../not-captions.ts";
import { parseTtmlTime, type TtmlClock, ttmlClock } from "./time.ts";

export interface ParsedTtml {
  readonly cues: readonly Cue[];
  /** Descriptions of what could not be used. */
  readonly skipped: readonly string[];
  readonly language?: string;
}

/** Maximum depth of elements: deeper documents are made to exhaust a parser. */
const deepest = 64;

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

function attribute(element: XmlElement, name: string): string | undefined {
  for (const [key, value] of Object.entries(element.attributes)) if (local(key) === name) return value;
  return undefined;
}

interface TtmlStyle extends LineStyle {
  /**
   * Vertical alignment of the text in its region, and the region's top and height as fractions of the picture's height.
   */
  readonly display?: "before" | "center" | "after";
  readonly top?: number;
  readonly height?: number;
  readonly align?: "center" | "left";
}

/** The second length of `x y`, as a fraction of the picture's height; pixels need the root's extent. */
function verticalShare(text: string | undefined, pictureHeight: number | undefined): number | undefined {
  const [, number, unit] = /^\s*\S+\s+(-?[\d.]{1,10})(%|px)\s*$/.exec(text ?? "") ?? [];
  if (number === undefined) return undefined;
  if (unit === "%") return Number(number) / 100;
  return pictureHeight === undefined ? undefined : Number(number) / pictureHeight;
}

/** The element's own vertical alignment, top and height. */
function ownBox(element: XmlElement, pictureHeight?: number): Pick<TtmlStyle, "display" | "top" | "height"> {
  const display = attribute(element, "displayAlign");
  const top = verticalShare(attribute(element, "origin"), pictureHeight);
  const height = verticalShare(attribute(element, "extent"), pictureHeight);
  return {
    ...(display === "before" || display === "center" || display === "after" ? { display } : {}),
    ...(top === undefined ? {} : { top }),
    ...(height === undefined ? {} : { height }),
  };
}

/** True when the text is in the upper half of the picture. */
function isUpper({ display, top, height }: TtmlStyle): boolean {
  if (display === undefined && top === undefined) return false;
  // A region without an origin covers the whole picture; text begins at its top unless specified otherwise.
  const from = top ?? 0;
  const until = from + (height ?? 1 - from);
  const at = { before: from, center: (from + until) / 2, after: until }[display ?? "before"];
  return at < 0.5;
}

/** Style and position given by an element's own attributes. */
function readOwnStyle(element: XmlElement, pictureHeight?: number): TtmlStyle {
  const fontStyle = attribute(element, "fontStyle");
  const decoration = attribute(element, "textDecoration");
  const align = attribute(element, "textAlign");
  return {
    ...(fontStyle === undefined ? {} : { italic: fontStyle === "italic" || fontStyle === "oblique" }),
    ...(decoration === undefined ? {} : { underline: decoration === "underline" }),
    ...(align === undefined ? {} : { align: align === "left" || align === "start" ? "left" : "center" }),
    ...ownBox(element, pictureHeight),
  };
}

/** All descendant elements, up to the maximum depth. */
function* descendants(element: XmlElement, depth = 0): Generator<XmlElement> {
  if (depth > deepest) return;
  for (const child of element.children) {
    if (!(child instanceof XmlElement)) continue;
    yield child;
    yield* descendants(child, depth + 1);
  }
}

interface Row {
  text: string;
  italic: boolean;
  underline: boolean;
}

class TtmlReader {
  readonly cues: Cue[] = [];
  readonly skipped: string[] = [];
  /** Styles and regions by id, and their resolved styles (cache). */
  readonly #declared = new Map<string, XmlElement>();
  readonly #resolved = new Map<string, TtmlStyle>();
  readonly #pictureHeight: number | undefined;
  readonly #speakers = new Map<string, string>();
  readonly #clock: TtmlClock;

  constructor(root: XmlElement) {
    this.#clock = ttmlClock((name) => attribute(root, name));
    const [, height] = /^\s*[\d.]+px\s+([\d.]+)px/.exec(attribute(root, "extent") ?? "") ?? [];
    this.#pictureHeight = height === undefined ? undefined : Number(height);
    for (const element of descendants(root)) {
      const id = attribute(element, "id");
      const name = local(element.name);
      if (id === undefined) continue;
      if (name === "style" || name === "region") this.#declared.set(id, element);
      else if (name === "agent") this.#speakers.set(id, element.text.replace(/\s+/g, " ").trim());
    }
  }

  /**
   * The resolved style of a style or region, including those that it refers to. The depth limit ends circular
   * references.
   */
  #named(id: string, depth: number): TtmlStyle {
    const known = this.#resolved.get(id);
    if (known !== undefined) return known;
    const element = this.#declared.get(id);
    if (element === undefined || depth > deepest) return {};
    const ttmlStyle = { ...this.#referred(element, depth + 1), ...this.#inside(element), ...this.#own(element) };
    this.#resolved.set(id, ttmlStyle);
    return ttmlStyle;
  }

  #own(element: XmlElement): TtmlStyle {
    return readOwnStyle(element, this.#pictureHeight);
  }

  /** A region may contain style elements of its own. */
  #inside(region: XmlElement): TtmlStyle {
    const styles = region.children.filter((child): child is XmlElement => child instanceof XmlElement);
    return Object.assign({}, ...styles.map((style) => this.#own(style))) as TtmlStyle;
  }

  #referred(element: XmlElement, depth = 0): TtmlStyle {
    const ids = `${attribute(element, "region") ?? ""} ${attribute(element, "style") ?? ""}`.split(/\s+/);
    return Object.assign({}, ...ids.map((id) => this.#named(id, depth))) as TtmlStyle;
  }

  #resolveStyle(element: XmlElement, inherited: TtmlStyle): TtmlStyle {
    return { ...inherited, ...this.#referred(element), ...this.#own(element) };
  }

  /** Begin and end of an element, relative to its parent's begin. */
  #times(element: XmlElement, parent: Times): Times | undefined {
    const read = (name: string): number | undefined => {
      const text = attribute(element, name);
      if (text === undefined) return undefined;
      const ms = parseTtmlTime(text, this.#clock);
      if (ms === undefined) this.skipped.push(`the time cannot be read: ${name}="${text.slice(0, 40)}"`);
      return ms ?? Number.NaN;
    };
    const begin = read("begin");
    const end = read("end");
    const duration = read("dur");
    if ([begin, end, duration].some(Number.isNaN)) return undefined;
    const startMs = parent.startMs + (begin ?? 0);
    const ends = [parent.endMs];
    if (end !== undefined) ends.push(parent.startMs + end);
    if (duration !== undefined) ends.push(startMs + duration);
    return { startMs, endMs: Math.min(...ends) };
  }

  walk(element: XmlElement, parent: Times, inherited: TtmlStyle, depth = 0): void {
    if (depth > deepest) return;
    const times = this.#times(element, parent);
    if (times === undefined) return;
    const ttmlStyle = this.#resolveStyle(element, inherited);
    if (local(element.name) === "p") {
      this.#paragraph(element, times, ttmlStyle);
      return;
    }
    for (const child of element.children)
      if (child instanceof XmlElement) this.walk(child, times, ttmlStyle, depth + 1);
  }

  #paragraph(element: XmlElement, times: Times, ttmlStyle: TtmlStyle): void {
    const rows: Row[] = [{ text: "", italic: true, underline: true }];
    this.#text(element.children, ttmlStyle, rows, 0);
    const shown = rows
      .map((row) => ({ ...row, text: row.text.replace(/\s+/g, " ").trim() }))
      .filter(({ text }) => text !== "");
    this.#timedSpans(element, times, ttmlStyle, 0);
    if (shown.length === 0) return;
    const startMs = Math.round(times.startMs);
    const endMs = Math.round(times.endMs);
    const text = shown.map((row) => row.text).join(" ");
    if (!Number.isFinite(times.endMs)) {
      this.skipped.push(`the caption has no end: ${text.slice(0, 40)}`);
    } else if (endMs <= startMs) {
      this.skipped.push(`the caption ends before it begins: ${text.slice(0, 40)}`);
    } else {
      this.cues.push({
        startMs,
        endMs,
        lines: shown.map((row) => row.text),
        ...this.#extras(element, shown, ttmlStyle),
      });
    }
  }

  #extras(element: XmlElement, rows: readonly Row[], ttmlStyle: TtmlStyle): Partial<Cue> {
    const styles = rows.map(({ italic, underline }) => ({
      ...(italic ? { italic } : {}),
      ...(underline ? { underline } : {}),
    }));
    const speaker = this.#speakers.get(attribute(element, "agent") ?? "");
    return {
      ...(styles.some((style) => style.italic || style.underline) ? { styles } : {}),
      ...(isUpper(ttmlStyle) ? { edge: "top" as const } : {}),
      ...(ttmlStyle.align === "left" ? { align: "left" as const } : {}),
      ...(speaker ? { speaker } : {}),
    };
  }

  /** Timed spans are separate captions, at any depth within a paragraph. */
  #timedSpans(element: XmlElement, times: Times, ttmlStyle: TtmlStyle, depth: number): void {
    if (depth > deepest) return;
    for (const child of element.children) {
      if (!(child instanceof XmlElement)) continue;
      const own = this.#resolveStyle(child, ttmlStyle);
      if (!isTimed(child)) this.#timedSpans(child, times, own, depth + 1);
      else {
        const spanTimes = this.#times(child, times);
        if (spanTimes !== undefined) this.#paragraph(withoutTime(child), spanTimes, own);
      }
    }
  }

  #text(children: readonly XmlNode[], ttmlStyle: TtmlStyle, rows: Row[], depth: number): void {
    if (depth > deepest) return;
    for (const child of children) {
      if (child instanceof XmlText) {
        const row = rows.at(-1) as Row;
        row.text += child.text;
        if (child.text.trim() === "") continue;
        row.italic &&= ttmlStyle.italic === true;
        row.underline &&= ttmlStyle.underline === true;
      } else if (child instanceof XmlElement) {
        const name = local(child.name);
        if (name === "br") rows.push({ text: "", italic: true, underline: true });
        else if (name === "span" && !isTimed(child)) {
          this.#text(child.children, this.#resolveStyle(child, ttmlStyle), rows, depth + 1);
        }
      }
    }
  }
}

interface Times {
  readonly startMs: number;
  readonly endMs: number;
}

function isTimed(element: XmlElement): boolean {
  return attribute(element, "begin") !== undefined || attribute(element, "end") !== undefined;
}

function withoutTime(element: XmlElement): XmlElement {
  return new XmlElement(element.name, {}, element.children as XmlElement["children"]);
}

/**
 * Reads a TTML document.
 * @throws NotCaptionsError when it is not well-formed, or not TTML
 */
export function parseTtml(text: string): ParsedTtml {
  let root: XmlElement | null;
  try {
    root = parseXml(text.replace(/^\uFEFF/, "").trimStart()).root;
  } catch (thrown) {
    throw new NotCaptionsError(`this is not well-formed XML (${(thrown as Error).message.split("\n")[0]})`);
  }
  if (root === null || local(root.name) !== "tt") throw new NotCaptionsError("this XML is not TTML");
  const reader = new TtmlReader(root);
  const body = root.children.find(
    (child): child is XmlElement => child instanceof XmlElement && local(child.name) === "body",
  );
  if (body !== undefined) reader.walk(body, { startMs: 0, endMs: Number.POSITIVE_INFINITY }, {});
  const language = attribute(root, "lang");
  const cues = reader.cues.toSorted((a, b) => a.startMs - b.startMs);
  return { cues, skipped: reader.skipped, ...(language ? { language } : {}) };
}
