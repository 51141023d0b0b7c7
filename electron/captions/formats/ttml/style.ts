/** Styles and regions of TTML: what an element says of looks and place, inherited and by reference (TTML2 §10.4). */
import type { XmlElement } from "@rgrove/parse-xml";
import type { Alignment, Position } from "../../cue.ts";
import { type CaptionColor, parseColor } from "../markup/colors.ts";
import { rowPercent, textWidth, toAlignment, toEdge } from "../markup/place.ts";
import { getAttribute, listChildElements, listDescendants, localName, maxDepth } from "./xml.ts";

export interface TtmlStyle {
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly bold?: boolean;
  readonly color?: CaptionColor;
  readonly textAlign?: string;
  readonly isRightToLeft?: boolean;
  readonly isInvisible?: boolean;
  readonly displayAlign?: string;
  /** Left and top of the region, in percent of the picture. */
  readonly origin?: readonly [x: number, y: number];
  /** Width and height of the region, in percent of the picture. */
  readonly extent?: readonly [width: number, height: number];
}

/** What holds for one element alone. */
export interface OwnStyle extends TtmlStyle {
  readonly isRemoved?: boolean;
  readonly ruby?: string;
}

/** What lengths of a document refer to. */
interface PictureSize {
  /** Pixels of the root; undefined when it does not say. */
  readonly pixels: readonly [width: number, height: number] | undefined;
  readonly cells: readonly [columns: number, rows: number];
}

/** Two lengths, in percent of the picture; undefined when they cannot be known. */
function parseLengths(text: string | undefined, size: PictureSize): readonly [number, number] | undefined {
  const match = /^\s*(-?[\d.]{1,12})(%|px|c|rw|rh)\s+(-?[\d.]{1,12})(%|px|c|rw|rh)\s*$/.exec(text ?? "");
  if (match === null) return undefined;
  const toPercent = (number: number, unit: string, axis: 0 | 1): number | undefined => {
    if (unit === "px") return size.pixels === undefined ? undefined : (100 * number) / (size.pixels[axis] || 1);
    return unit === "c" ? (100 * number) / size.cells[axis] : number;
  };
  const x = toPercent(Number(match[1]), match[2] ?? "", 0);
  const y = toPercent(Number(match[3]), match[4] ?? "", 1);
  return x === undefined || y === undefined || Number.isNaN(x + y) ? undefined : [x, y];
}

/** Left and top of a region that is given by `tts:position` (TTML2 §10.2.37), in percent of the picture. */
function parsePosition(
  text: string,
  extent: readonly [number, number] | undefined,
): readonly [number, number] | undefined {
  if (extent === undefined) return undefined;
  const words = text.trim().split(/\s+/).slice(0, 2);
  const shares: Readonly<Record<string, number>> = { left: 0, top: 0, center: 50, right: 100, bottom: 100 };
  const toShare = (word: string | undefined): number => {
    if (word === undefined) return 50;
    return shares[word] ?? (/^-?[\d.]{1,12}%$/.test(word) ? Number.parseFloat(word) : 50);
  };
  const isSwapped = /^(top|bottom)$/.test(words[0] ?? "");
  const [x, y] = isSwapped ? [words[1], words[0]] : [words[0], words[1]];
  return [((100 - extent[0]) * toShare(x)) / 100, ((100 - extent[1]) * toShare(y)) / 100];
}

/** The style that an element's own attributes give it. */
function parseOwnStyle(element: XmlElement, size: PictureSize): OwnStyle {
  const get = (name: string): string | undefined => getAttribute(element, name)?.trim();
  const fontStyle = get("fontStyle");
  const decoration = get("textDecoration");
  const weight = get("fontWeight");
  const color = parseColor(get("color") ?? "");
  const textAlign = get("textAlign");
  const direction = get("direction");
  const visibility = get("visibility");
  const displayAlign = get("displayAlign");
  const extent = parseLengths(get("extent"), size);
  const position = get("position");
  const origin =
    parseLengths(get("origin"), size) ?? (position === undefined ? undefined : parsePosition(position, extent));
  const ruby = get("ruby");
  return {
    ...(fontStyle === undefined ? {} : { italic: fontStyle !== "normal" }),
    ...(decoration === undefined ? {} : { underline: /(^|\s)underline(\s|$)/.test(decoration) }),
    ...(weight === undefined ? {} : { bold: weight === "bold" }),
    ...(color === undefined ? {} : { color }),
    ...(textAlign === undefined ? {} : { textAlign }),
    ...(direction === undefined ? {} : { isRightToLeft: direction === "rtl" }),
    ...(visibility === undefined ? {} : { isInvisible: visibility === "hidden" }),
    ...(displayAlign === undefined ? {} : { displayAlign }),
    ...(origin === undefined ? {} : { origin }),
    ...(extent === undefined ? {} : { extent }),
    ...(get("display") === "none" || /^0(?:\.0*)?$/.test(get("opacity") ?? "") ? { isRemoved: true } : {}),
    ...(ruby === undefined ? {} : { ruby }),
  };
}

/** Two numbers of an attribute, such as `32 15`. */
function parsePair(text: string | undefined, pattern: RegExp): readonly [number, number] | undefined {
  const [, first, second] = pattern.exec(text ?? "") ?? [];
  return first === undefined || second === undefined ? undefined : [Number(first), Number(second)];
}

/** The styles and regions of a document. */
export class TtmlStyles {
  readonly #declared = new Map<string, XmlElement>();
  readonly #resolved = new Map<string, OwnStyle>();
  readonly #size: PictureSize;

  constructor(root: XmlElement) {
    this.#size = {
      pixels: parsePair(getAttribute(root, "extent"), /^\s*([\d.]{1,9})px\s+([\d.]{1,9})px/),
      cells: parsePair(getAttribute(root, "cellResolution"), /^\s*([1-9]\d{0,4})\s+([1-9]\d{0,4})\s*$/) ?? [32, 15],
    };
    for (const element of listDescendants(root)) {
      const id = getAttribute(element, "id");
      const name = localName(element.name);
      if (id !== undefined && (name === "style" || name === "region")) this.#declared.set(id, element);
    }
  }

  /** What the element says itself: by the styles that it refers to, in their order, then by its attributes. */
  getOwn(element: XmlElement): OwnStyle {
    return this.#merge(element, 0);
  }

  /** The style of a region, or that of none. */
  getRegion(id: string | undefined): OwnStyle {
    return id === undefined ? {} : this.#getNamed(id, 0);
  }

  #merge(element: XmlElement, depth: number): OwnStyle {
    const own = parseOwnStyle(element, this.#size);
    const ids = getAttribute(element, "style")?.trim();
    if (ids === undefined || ids === "") return own;
    const referred = ids.split(/\s+/).slice(0, maxDepth);
    return Object.assign({}, ...referred.map((id) => this.#getNamed(id, depth)), own) as OwnStyle;
  }

  /** The style of a declared style or region, with those that it refers to, each resolved once. */
  #getNamed(id: string, depth: number): OwnStyle {
    const known = this.#resolved.get(id);
    if (known !== undefined) return known;
    const element = this.#declared.get(id);
    if (element === undefined || depth > maxDepth) return {};
    // What refers to itself in a circle finds nothing here.
    this.#resolved.set(id, {});
    const inside = listChildElements(element).filter(({ name }) => localName(name) === "style");
    const found = Object.assign(
      {},
      ...inside.map((child) => this.#merge(child, depth + 1)),
      this.#merge(element, depth + 1),
    ) as OwnStyle;
    this.#resolved.set(id, found);
    return found;
  }
}

/** The middle of the text, in percent from the top of the picture; undefined when the document does not say. */
function findMiddle({ displayAlign, origin, extent }: TtmlStyle, rows: number): number | undefined {
  if (displayAlign === undefined && origin === undefined) return undefined;
  // A region without an origin is the whole picture; text begins at its top unless specified otherwise.
  const top = origin?.[1] ?? 0;
  const bottom = top + (extent?.[1] ?? 100 - top);
  const half = (rows * rowPercent) / 2;
  if (displayAlign === "center") return (top + bottom) / 2;
  if (displayAlign === "after" || displayAlign === "justify") return bottom - half;
  return top + half;
}

function toOwnAlignment({ textAlign, isRightToLeft = false }: TtmlStyle): Alignment | undefined {
  if (textAlign === "left" || textAlign === "right" || textAlign === "center") return textAlign;
  if (textAlign !== "start" && textAlign !== "end") return undefined;
  return (textAlign === "start") === isRightToLeft ? "right" : "left";
}

/** Where a style puts a text. Undefined: at the bottom; as the profile aligns captions. */
export function findPlace(
  style: TtmlStyle,
  lines: readonly string[],
): { readonly edge: Exclude<Position, "bottom"> | undefined; readonly align: Alignment | undefined } {
  const middle = findMiddle(style, lines.length);
  const edge = middle === undefined ? undefined : toEdge(middle);
  const own = toOwnAlignment(style);
  const [left = 0] = style.origin ?? [];
  const [width = 100 - left] = style.extent ?? [];
  // A box in the middle of the picture moves nothing.
  const isOffCenter = Math.abs(left + width / 2 - 50) > 2;
  if (!isOffCenter && (own === undefined || own === "center")) return { edge, align: undefined };
  const isWide = !isOffCenter && width >= 70;
  if (isWide) return { edge, align: own };
  const text = own ?? "left";
  const wide = Math.min(textWidth(lines), width);
  const at = { left: left + wide / 2, center: left + width / 2, right: left + width - wide / 2 }[text];
  const align = toAlignment(at, wide, text);
  return { edge, align: align === "center" ? undefined : align };
}
