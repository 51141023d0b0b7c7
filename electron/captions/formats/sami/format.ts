/**
 * SAMI: `<SYNC Start=ms><P Class=…>text`. What a SYNC shows stays until the next one of the same class, which is often
 * an empty one. A file may hold several languages, each a class; the first one with text is read.
 */
import type { StyleFields } from "../../character-style.ts";
import type { CaptionReader, ReadContent, ReadOptions } from "../caption-format.ts";
import { CueCollector } from "../cue-collector.ts";
import { parseColor } from "../markup/colors.ts";
import { decodeEntities } from "../markup/entities.ts";
import { stripMarkup } from "../markup/parse.ts";
import { StyledLines } from "../markup/styled-line.ts";
import { NotCaptionsError } from "../not-captions.ts";

/** No tag is longer than this. */
const tagPattern = /<(?:!--|\/?[a-z][^<>]{0,1000}>)/gi;

function getAttribute(tag: string, name: string): string | undefined {
  const pattern = new RegExp(String.raw`\s${name}\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`, "i");
  const [, double, single, bare] = pattern.exec(tag) ?? [];
  return double ?? single ?? bare;
}

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly text: string;
}

/** The file as tags and the text between them; comments are left out. */
function* tokenize(text: string): Generator<Tag | string> {
  let from = 0;
  tagPattern.lastIndex = 0;
  for (let match = tagPattern.exec(text); match !== null; match = tagPattern.exec(text)) {
    if (match.index > from) yield text.slice(from, match.index);
    const [tag] = match;
    from = match.index + tag.length;
    if (tag.startsWith("<!")) {
      const end = text.indexOf("-->", from);
      from = end === -1 ? text.length : end + 3;
      tagPattern.lastIndex = from;
      continue;
    }
    const name = /^<\/?([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase() ?? "";
    yield { name, isEnd: tag.startsWith("</"), text: tag };
  }
  if (from < text.length) yield text.slice(from);
}

interface Shown {
  readonly startMs: number;
  readonly lines: StyledLines;
}

/** More tags within tags than this are made to keep a reader busy. */
const maxDepth = 64;

/** Tags that change how text looks and that captions have nothing for. */
const lostTags = new Set(["b", "strong", "s", "big", "small", "ruby", "rt"]);

class SamiReader {
  readonly collector = new CueCollector();
  readonly #classes = new Map<string, Shown[]>();
  #startMs: number | undefined;
  #shown: Shown | undefined;
  #styles: (StyleFields & { readonly tag: string })[] = [];
  #isBody = false;

  read(text: string, options: ReadOptions): ReadContent {
    for (const token of tokenize(text)) {
      if (typeof token === "string") this.#text(token);
      else this.#tag(token);
    }
    const languages = [...this.#classes.values()].map((all) => all.toSorted((a, b) => a.startMs - b.startMs));
    const used = languages.find((all) => all.some(({ lines }) => lines.toLines().lines.length > 0)) ?? [];
    used.forEach(({ startMs, lines }, index) => {
      this.collector.add({ startMs, endMs: used[index + 1]?.startMs, ...lines.toLines() });
    });
    for (const other of languages) {
      if (other !== used && other.some(({ lines }) => lines.toLines().lines.length > 0)) {
        this.collector.leaveOut("another language");
      }
    }
    return { ...this.collector.finish(options), words: [] };
  }

  #tag({ name, isEnd, text }: Tag): void {
    if (name === "body") this.#isBody = !isEnd;
    else if (name === "sync" && !isEnd) this.#sync(text);
    else if (name === "p") this.#paragraph(text, isEnd);
    else if (name === "br") this.#shown?.lines.newLine();
    else if (lostTags.has(name) && !isEnd) this.collector.leaveOut("bold, large or small text");
    else if (isEnd) this.#closeStyle(name);
    else this.#openStyle(name, text);
  }

  #sync(text: string): void {
    this.#isBody = true;
    const start = getAttribute(text, "start");
    const ms = Number(start?.replace(/ms$/i, ""));
    this.#shown = undefined;
    this.#styles = [];
    this.#startMs = start !== undefined && Number.isFinite(ms) && ms >= 0 ? Math.round(ms) : undefined;
    if (this.#startMs === undefined) this.collector.skip(`the time cannot be read: ${text.slice(0, 40)}`);
  }

  #paragraph(text: string, isEnd: boolean): void {
    this.#styles = [];
    if (isEnd || this.#startMs === undefined) {
      this.#shown = undefined;
      return;
    }
    const name = getAttribute(text, "class")?.toLowerCase() ?? "";
    this.#shown = this.#show(name, this.#startMs);
  }

  #show(name: string, startMs: number): Shown {
    const all = this.#classes.get(name) ?? [];
    this.#classes.set(name, all);
    const last = all.at(-1);
    if (last?.startMs === startMs) {
      last.lines.newLine();
      return last;
    }
    const shown = { startMs, lines: new StyledLines() };
    all.push(shown);
    return shown;
  }

  #text(text: string): void {
    if (!this.#isBody || this.#startMs === undefined) return;
    // Text right after a SYNC, without a paragraph of its own.
    if (this.#shown === undefined && stripMarkup(text) !== "") this.#shown = this.#show("", this.#startMs);
    this.#shown?.lines.append(decodeEntities(text), Object.assign({}, ...this.#styles) as StyleFields);
  }

  #openStyle(tag: string, text: string): void {
    if (this.#styles.length >= maxDepth) return;
    if (tag === "i" || tag === "em") this.#styles.push({ tag, italic: true });
    else if (tag === "u") this.#styles.push({ tag, underline: true });
    else if (tag === "font" || tag === "span") {
      const style = getAttribute(text, "style") ?? "";
      const color = parseColor(
        getAttribute(text, "color") ?? /(?:^|;)\s*color\s*:\s*([^;]+)/i.exec(style)?.[1] ?? "",
      )?.color;
      const italic = /font-style\s*:\s*(?:italic|oblique)/i.test(style);
      this.#styles.push({ tag, ...(color === undefined ? {} : { color }), ...(italic ? { italic } : {}) });
    }
  }

  #closeStyle(tag: string): void {
    const index = this.#styles.findLastIndex((style) => style.tag === tag);
    if (index >= 0) this.#styles.splice(index, 1);
  }
}

export const sami: CaptionReader = {
  // At its beginning alone: the text of a caption may speak of it.
  recognizes: (start) => /^\s*(?:<\?xml[^>]{0,200}>\s*)?<SAMI[\s>]/i.test(start.replace(/<!--[\s\S]*?(?:-->|$)/g, "")),
  read: (text, options) => {
    if (!/<SYNC\s/i.test(text)) throw new NotCaptionsError("this SAMI file has no captions");
    return new SamiReader().read(text, options);
  },
};
