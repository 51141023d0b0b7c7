/** Cue settings and regions of WebVTT (W3C WebVTT §3.1, §6.1, §6.2) as the places that a cue has. */
import type { Alignment, Cue } from "../../cue.ts";
import { rowPercent, textWidth, toAlignment, toEdge } from "../markup/place.ts";

/** Rows that a picture is high, for lines that are counted instead of measured. */
const pictureRows = Math.floor(100 / rowPercent);

/** A REGION block: the part of the picture where its cues stand, in percent. */
export interface VttRegion {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly width: number;
}

/** `name:value` pairs, as regions and cues have them. */
function listSettings(text: string): readonly (readonly [name: string, value: string])[] {
  return text.split(/[ \t\n]+/).flatMap((setting) => {
    const colon = setting.indexOf(":");
    return colon > 0 && colon < setting.length - 1
      ? [[setting.slice(0, colon), setting.slice(colon + 1)] as const]
      : [];
  });
}

/** A percentage from 0 to 100; undefined for anything else. */
function parsePercent(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,9}(?:\.\d{1,9})?%$/.test(text)) return undefined;
  const percent = Number.parseFloat(text);
  return percent <= 100 ? percent : undefined;
}

/** Two percentages with a comma between. */
function parseAnchor(text: string): readonly [x: number, y: number] | undefined {
  const [x, y] = text.split(",").map(parsePercent);
  return x === undefined || y === undefined ? undefined : [x, y];
}

/** Reads the settings of a REGION block; undefined when it has no name. */
export function parseRegion(
  text: string,
): (VttRegion & { readonly id: string; readonly scrolls: boolean }) | undefined {
  const settings = new Map(listSettings(text));
  const id = settings.get("id");
  if (id === undefined) return undefined;
  const width = parsePercent(settings.get("width")) ?? 100;
  const lines = /^\d{1,4}$/.test(settings.get("lines") ?? "") ? Number(settings.get("lines")) : 3;
  const [anchorX, anchorY] = parseAnchor(settings.get("regionanchor") ?? "") ?? [0, 100];
  const [viewX, viewY] = parseAnchor(settings.get("viewportanchor") ?? "") ?? [0, 100];
  const height = lines * rowPercent;
  const top = viewY - (anchorY * height) / 100;
  const left = viewX - (anchorX * width) / 100;
  return { id, top, bottom: top + height, left, width, scrolls: settings.get("scroll") === "up" };
}

const alignments: ReadonlyMap<string, Alignment> = new Map([
  ["left", "left"],
  ["right", "right"],
  ["center", "center"],
  // As browsers named it before 2016.
  ["middle", "center"],
]);

/** True for text that is written from right to left. */
const isRightToLeft = (lines: readonly string[]): boolean =>
  /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(
    lines.join(" ").slice(0, 200),
  );

/** The middle of a cue's text, in percent from the top; undefined without a valid setting. */
function parseLine(value: string, rows: number): number | undefined {
  const [, number, percent, side = "start"] =
    /^(-?\d{1,9}(?:\.\d{1,9})?)(%?)(?:,(start|center|end))?$/.exec(value) ?? [];
  if (number === undefined) return undefined;
  const height = rows * rowPercent;
  if (percent === "%") {
    const at = Number(number);
    if (at < 0 || at > 100) return undefined;
    // A box that would stick out of the picture is moved into it.
    const top = { start: at, center: at - height / 2, end: at - height }[side] ?? at;
    return Math.max(0, Math.min(top, 100 - height)) + height / 2;
  }
  const line = Number(number);
  // A negative number counts from the bottom, where -1 is the last line.
  const first = line < 0 ? pictureRows + line - (rows - 1) : line;
  return Math.max(0, Math.min(first, pictureRows - rows)) * rowPercent + height / 2;
}

export interface CuePlace extends Partial<Pick<Cue, "align">> {
  readonly edge?: "top" | "middle";
  /** Settings that captions have nothing for. */
  readonly leftOut: readonly string[];
}

/**
 * Where the settings put a caption.
 * @param lines of its text
 * @param regions those of the file, by name
 */
export function parseCuePlace(
  settings: string,
  lines: readonly string[],
  regions: ReadonlyMap<string, VttRegion>,
): CuePlace {
  const given = new Map(listSettings(settings));
  const leftOut: string[] = [];
  if (/^(?:rl|lr)$/.test(given.get("vertical") ?? "")) leftOut.push("vertical text");
  const isVertical = leftOut.length > 0;
  const region = isVertical ? undefined : regions.get(given.get("region") ?? "");
  const middle = parseLine(given.get("line") ?? "", lines.length);
  const height = lines.length * rowPercent;
  const y =
    region !== undefined && middle === undefined
      ? Math.max(region.top + height / 2, region.bottom - height / 2)
      : middle;
  const edge = y === undefined || isVertical ? undefined : toEdge(y);
  const align = isVertical ? undefined : parseAlignment(given, lines, region, leftOut);
  return { ...(edge === undefined ? {} : { edge }), ...(align === undefined ? {} : { align }), leftOut };
}

function parseAlignment(
  given: ReadonlyMap<string, string>,
  lines: readonly string[],
  region: VttRegion | undefined,
  leftOut: string[],
): Alignment | undefined {
  const name = given.get("align");
  const atStart = isRightToLeft(lines) ? "right" : "left";
  const own =
    name === "start"
      ? atStart
      : name === "end"
        ? atStart === "left"
          ? "right"
          : "left"
        : name === undefined
          ? undefined
          : alignments.get(name);
  const [position = "", side] = (given.get("position") ?? "").split(",");
  const at = parsePercent(position);
  const size = parsePercent(given.get("size"));
  if (size !== undefined && size < 100 && textWidth(lines) > size) leftOut.push("a width that would wrap the text");
  const box = region ?? { left: 0, width: 100 };
  if (at === undefined && region === undefined) return own;
  const text = own ?? "center";
  // Which point of the box stands at the position: by the text's alignment unless it is said.
  const anchor = { "line-left": "left", "line-right": "right", center: "center" }[side ?? ""] ?? text;
  const x = box.left + ((at ?? { left: 0, center: 50, right: 100 }[text]) * box.width) / 100;
  const width = Math.min(textWidth(lines), box.width);
  // The box takes the room that there is on both sides of its anchor.
  const room = anchor === "left" ? 100 - x : anchor === "right" ? x : 2 * Math.min(x, 100 - x);
  const boxWidth = Math.max(width, Math.min(((size ?? 100) * box.width) / 100, room));
  const left = anchor === "left" ? x : anchor === "right" ? x - boxWidth : x - boxWidth / 2;
  const middle = { left: left + width / 2, center: left + boxWidth / 2, right: left + boxWidth - width / 2 }[text];
  const found = toAlignment(middle, width, text);
  return found === "center" && own === undefined ? undefined : found;
}
