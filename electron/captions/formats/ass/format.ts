/**
 * SubStation Alpha, version 4 (SSA) and 4+ (ASS): sections in square brackets, styles by name, and events whose fields
 * a `Format:` line names. Codes in braces change style and place; `\N` is a line break.
 */
import { rowsOfText } from "../../text/rows.ts";
import type { CaptionReader, ReadContent, ReadOptions } from "../caption-format.ts";
import { parseClockTime } from "../clock-time.ts";
import { CueCollector } from "../cue-collector.ts";
import type { Placement } from "../markup/place.ts";
import { StyledLines } from "../markup/styled-line.ts";
import { type AssStyle, applyOverrides, type OverrideContext, toAssStyle } from "./styles.ts";

const defaultStyle: AssStyle = { text: {}, placement: {} };
const defaultPictureHeight = 288;

/** The fields of events where the file does not name them. */
const defaultEventFields = "layer,start,end,style,name,marginl,marginr,marginv,effect,text";

const toFieldNames = (text: string): readonly string[] => text.split(",").map((name) => name.trim().toLowerCase());

/** The fields of a line by name; the last one takes the rest, commas included. */
function splitFields(text: string, names: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let from = 0;
  names.forEach((name, index) => {
    const comma = index === names.length - 1 ? -1 : text.indexOf(",", from);
    const end = comma === -1 ? text.length : comma;
    fields.set(name, text.slice(from, end).trim());
    from = Math.min(text.length, end + 1);
  });
  return fields;
}

interface AssEvent {
  readonly startMs: number;
  readonly endMs: number;
  readonly layer: number;
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

class AssReader {
  readonly #collector = new CueCollector();
  readonly #styles = new Map<string, AssStyle>();
  readonly #events: AssEvent[] = [];
  #section = "";
  #styleFields: readonly string[] = [];
  #eventFields = toFieldNames(defaultEventFields);
  #pictureHeight = defaultPictureHeight;

  read(text: string, options: ReadOptions): ReadContent {
    rowsOfText(text).forEach((row, index) => {
      this.#row(row.trim(), index + 1);
    });
    const events = this.#events.toSorted((a, b) => a.startMs - b.startMs || a.layer - b.layer);
    const shown = new Map<string, number>();
    for (const event of events) this.#addCue(event, shown);
    return { ...this.#collector.finish(options), words: [] };
  }

  #row(row: string, line: number): void {
    const [, section] = /^\[([^\]]{1,60})\]$/.exec(row) ?? [];
    if (section !== undefined) {
      this.#section = section.toLowerCase();
      return;
    }
    const [, name = "", value = ""] = /^([\w ]{1,40}):(.*)$/su.exec(row) ?? [];
    const key = name.toLowerCase();
    if (this.#section === "script info" && key === "playresy") {
      this.#pictureHeight = Number(value) > 0 ? Number(value) : defaultPictureHeight;
    } else if (this.#section.endsWith("styles")) this.#style(key, value);
    else if (this.#section === "events") this.#event(key, value, line);
  }

  #style(key: string, value: string): void {
    if (key === "format") this.#styleFields = toFieldNames(value);
    if (key !== "style") return;
    const fields = splitFields(value, this.#styleFields);
    const name = fields.get("name")?.replace(/^\*/, "") ?? "";
    this.#styles.set(name.toLowerCase(), toAssStyle(fields, !this.#section.includes("+")));
  }

  #event(key: string, value: string, line: number): void {
    if (key === "format") this.#eventFields = toFieldNames(value);
    if (key === "picture" || key === "sound" || key === "movie") this.#collector.leaveOut(`a ${key}`);
    if (key !== "dialogue") return;
    const fields = splitFields(value, this.#eventFields);
    const startMs = parseClockTime(fields.get("start") ?? "");
    const endMs = parseClockTime(fields.get("end") ?? "");
    if (startMs === undefined || endMs === undefined) {
      this.#collector.skip(`the times cannot be read: ${value.trim().slice(0, 80)}`, line);
      return;
    }
    this.#events.push({ startMs, endMs, layer: Number(fields.get("layer") ?? 0) || 0, line, fields });
  }

  #findStyle(name: string): AssStyle | undefined {
    return this.#styles.get(name.replace(/^\*/, "").toLowerCase());
  }

  /** @param shown the layer of each text and time: shadows are often a copy of the text in another layer */
  #addCue({ startMs, endMs, layer, line, fields }: AssEvent, shown: Map<string, number>): void {
    const own = this.#findStyle(fields.get("style") ?? "") ?? this.#findStyle("default") ?? defaultStyle;
    const content = this.#text(fields.get("text") ?? "", own);
    const key = `${startMs} ${endMs} ${content.lines.join("\n")}`;
    const otherLayer = shown.get(key);
    if (otherLayer !== undefined && otherLayer !== layer) {
      this.#collector.leaveOut("a copy of a caption in another layer");
      return;
    }
    shown.set(key, layer);
    if ((fields.get("effect") ?? "") !== "") this.#collector.leaveOut("a font, size, movement or effect");
    const speaker = fields.get("name") ?? fields.get("actor") ?? "";
    this.#collector.add({ startMs, endMs, ...content, ...(speaker === "" ? {} : { speaker }), line });
  }

  #text(text: string, own: AssStyle): ReturnType<StyledLines["toLines"]> & Placement {
    const lines = new StyledLines();
    const state = { text: own.text, placement: own.placement, isDrawing: false };
    const context: OverrideContext = {
      own,
      named: (name) => this.#findStyle(name),
      pictureHeight: this.#pictureHeight,
      leaveOut: (what) => this.#collector.leaveOut(what),
    };
    for (const piece of text.split(/(\{[^{}]*\})/)) {
      if (piece.startsWith("{") && piece.endsWith("}")) {
        applyOverrides(piece.slice(1, -1), state, context);
        continue;
      }
      if (state.isDrawing) {
        if (piece.trim() !== "") this.#collector.leaveOut("a drawing");
        continue;
      }
      piece.split(/\\[Nn]/).forEach((row, index) => {
        if (index > 0) lines.newLine();
        lines.append(row.replaceAll("\\h", " "), state.text);
      });
    }
    return { ...state.placement, ...lines.toLines() };
  }
}

export const ass: CaptionReader = {
  recognizes: (start) => {
    const first = rowsOfText(start).find((row) => row.trim() !== "" && !/^\s*[;!]/.test(row));
    return /^\s{0,20}\[(?:Script Info|V4\+? Styles|Events)\]/i.test(first ?? "");
  },
  read: (text, options) => new AssReader().read(text, options),
};
