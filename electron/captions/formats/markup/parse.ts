/**
 * Parses markup of SRT and WebVTT (and SubStation tags in SRT files): it is mapped to what captions support, or
 * removed. pycaption and Subtitle Edit have printed it as words (electron/captions/README.md, "Markup").
 */
import type { StyleFields } from "../../character-style.ts";
import type { Alignment, Cue, Position } from "../../cue.ts";
import { type CaptionColor, parseColor, parseSubstationColor } from "./colors.ts";
import { decodeEntities } from "./entities.ts";
import { type Placement, toKeypadPlacement, toSubstationPlacement } from "./place.ts";
import { StyledLine, toCueLines } from "./styled-line.ts";

/**
 * The known tags: `<i>`, `</i>`, `<v Name>`, `<c.yellow>`, `<00:01.000>`, `{\an8}`, …. Anything else in angle brackets,
 * such as `<inaudible>`, is text.
 */
const tag =
  /<\/?(?:(?:i|b|u|s|em|strong|font|c|v|lang|ruby|rt|span|br)(?:[\s./][^<>]{0,500})?|\d{1,4}[\d:.]{0,20})>|\{\\[^{}]{0,200}\}/gi;

/** Removes markup and resolves character references. */
export function stripMarkup(text: string): string {
  return decodeEntities(text.replace(tag, ""))
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** The lines of a caption with what the markup says of their looks, their place and their speaker. */
export interface MarkedText extends Pick<Cue, "lines">, Partial<Pick<Cue, "styles" | "speaker" | "align">> {
  readonly edge?: Exclude<Position, "bottom">;
  /** What the markup asks for and captions do not have, for an issue. */
  readonly leftOut: readonly string[];
}

/** Tags that are open at once: more are made to exhaust a reader. */
const maxOpenTags = 32;

/** What a tag means for the text after it. */
interface OpenTag {
  readonly name: string;
  readonly style: StyleFields;
}

/** Reads the tags of a caption from the first row to the last: a tag may be closed in another row. */
class MarkupReader {
  readonly lines: StyledLine[] = [];
  readonly leftOut = new Set<string>();
  edge: Exclude<Position, "bottom"> | undefined;
  align: Alignment | undefined;
  speaker: string | undefined;
  readonly #needsSemicolon: boolean;
  readonly #open: OpenTag[] = [];
  /** Set by SubStation tags, which are not closed but set anew. */
  #override: StyleFields = {};

  constructor(needsSemicolon: boolean) {
    this.#needsSemicolon = needsSemicolon;
  }

  read(rows: readonly string[]): MarkedText {
    for (const row of rows) {
      let line = new StyledLine();
      let from = 0;
      for (const match of row.matchAll(tag)) {
        this.#text(line, row.slice(from, match.index));
        from = match.index + match[0].length;
        if (/^<br/i.test(match[0])) {
          this.lines.push(line);
          line = new StyledLine();
        } else this.#tag(match[0], line);
      }
      this.#text(line, row.slice(from));
      this.lines.push(line);
    }
    const { edge, align, speaker } = this;
    return {
      ...toCueLines(this.lines),
      ...(edge === undefined ? {} : { edge }),
      ...(align === undefined ? {} : { align }),
      ...(speaker === undefined ? {} : { speaker }),
      leftOut: [...this.leftOut],
    };
  }

  #style(): StyleFields {
    return { ...this.#open.at(-1)?.style, ...this.#override };
  }

  #text(line: StyledLine, text: string): void {
    if (text !== "") line.append(decodeEntities(text, this.#needsSemicolon), this.#style());
  }

  #tag(markup: string, line: StyledLine): void {
    if (markup.startsWith("{")) {
      this.#substation(markup.slice(1, -1));
      return;
    }
    const name = /^<\/?([a-z]+)/i.exec(markup)?.[1]?.toLowerCase();
    if (name === undefined) return;
    if (markup.startsWith("</")) this.#close(name, line);
    else this.#begin(name, markup, line);
  }

  #begin(name: string, markup: string, line: StyledLine): void {
    const style = this.#open.at(-1)?.style ?? {};
    if (this.#open.length >= maxOpenTags) return;
    if (name === "i" || name === "em") this.#open.push({ name, style: { ...style, italic: true } });
    else if (name === "u") this.#open.push({ name, style: { ...style, underline: true } });
    else if (name === "font") this.#open.push({ name, style: { ...style, ...this.#font(markup) } });
    else if (name === "c") this.#open.push({ name, style: { ...style, ...this.#classes(markup) } });
    else if (name === "v") this.#voice(markup);
    else if (name === "b" || name === "strong") this.leftOut.add("bold text");
    // Ruby stands above its base; captions have one line for both.
    else if (name === "rt") line.append("(", this.#style());
  }

  /** Closes the tag of this name that was opened last; tags inside it that were never closed go on. */
  #close(name: string, line: StyledLine): void {
    if (name === "rt") line.append(")", this.#style());
    const index = this.#open.findLastIndex((open) => open.name === name);
    if (index === -1) return;
    const after = this.#open.slice(index + 1);
    const before = this.#open[index - 1]?.style ?? {};
    const closed = this.#open[index]?.style ?? {};
    this.#open.splice(index);
    for (const { name: other, style } of after) {
      const own = Object.entries(style).filter(([key, value]) => closed[key as keyof StyleFields] !== value);
      this.#open.push({ name: other, style: { ...before, ...Object.fromEntries(own) } });
    }
  }

  #voice(markup: string): void {
    const name = stripMarkup(decodeEntities(markup.slice(2, -1).replace(/^(?:\.[^\s.]*)*\s*/, "")));
    if (name === "") return;
    if (this.speaker !== undefined && this.speaker !== name) this.leftOut.add("a second speaker in a caption");
    this.speaker ??= name;
  }

  #color(found: CaptionColor | undefined): StyleFields {
    if (found === undefined) return {};
    if (!found.isExact) this.leftOut.add("a color that captions do not have: the nearest is taken");
    return { color: found.color };
  }

  #font(markup: string): StyleFields {
    if (/\s(?:face|size)\s{0,5}=/i.test(markup)) this.leftOut.add("a font");
    const color = /\scolor\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(markup);
    return color === null ? {} : this.#color(parseColor(color[1] ?? color[2] ?? color[3] ?? ""));
  }

  /** The classes of WebVTT that name colors (W3C WebVTT §5.1); `bg_` before one is the background. */
  #classes(markup: string): StyleFields {
    let style: StyleFields = {};
    for (const name of (/^<c((?:\.[^\s.>]*)*)/i.exec(markup)?.[1] ?? "").toLowerCase().split(".")) {
      if (/^(?:white|lime|cyan|red|yellow|magenta|blue|black)$/.test(name)) style = this.#color(parseColor(name));
      else if (/^bg_(?:white|lime|cyan|red|yellow|magenta|blue)$/.test(name)) this.leftOut.add("a background");
    }
    return style;
  }

  /** Overrides of SubStation Alpha: `\an8` as on a keypad, `\a6` as in its first version, `\i1`, `\c&HBBGGRR&`. */
  #substation(overrides: string): void {
    for (const [, code = "", value = ""] of overrides.matchAll(/\\(an|a|i|u|b|1?c|pos|move|org|r|[a-z]+)([^\\]*)/gi)) {
      switch (code.toLowerCase()) {
        case "an":
          if (/^[1-9]$/.test(value.trim())) this.#place(toKeypadPlacement(Number(value)));
          break;
        case "a":
          if (/^(?:[1-35-79]|1[01])$/.test(value.trim())) this.#place(toSubstationPlacement(Number(value)));
          break;
        case "i":
          this.#override = { ...this.#override, italic: /^\s*1/.test(value) };
          break;
        case "u":
          this.#override = { ...this.#override, underline: /^\s*1/.test(value) };
          break;
        case "c":
        case "1c":
          this.#override = { ...this.#override, color: undefined, ...this.#color(parseSubstationColor(value)) };
          break;
        case "r":
          this.#override = {};
          break;
        case "b":
          if (!/^\s*0/.test(value)) this.leftOut.add("bold text");
          break;
        case "pos":
        case "move":
          this.leftOut.add("an exact place");
          break;
        default:
          break;
      }
    }
  }

  #place({ edge, align }: Placement): void {
    this.edge = edge === "bottom" ? undefined : edge;
    this.align = align;
  }
}

/**
 * Parses the rows of one caption.
 * @param needsSemicolon whether character references need their semicolon
 */
export function parseMarkup(rows: readonly string[], needsSemicolon = true): MarkedText {
  return new MarkupReader(needsSemicolon).read(rows);
}
