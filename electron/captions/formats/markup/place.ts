/** Where a file puts a caption, as the places that a cue has: three heights and three alignments. */
import type { Alignment, Cue, Position } from "../../cue.ts";

/** Height of a row of text in percent of the picture: WebVTT's rows are 5.33 percent high (W3C WebVTT §7.2). */
export const rowPercent = 5.33;
/** Where captions begin and end in the picture, in percent: 32 columns take the middle 80 percent. */
const safePercent = 10;
const columnPercent = (100 - 2 * safePercent) / 32;

/** The height of a text whose middle is at `percent` of the picture, from its top; undefined: at the bottom. */
export function toEdge(percent: number): Exclude<Position, "bottom"> | undefined {
  if (percent < 100 / 3) return "top";
  return percent < 200 / 3 ? "middle" : undefined;
}

/** The share of the picture that a text takes, from its longest line. In percent. */
export function textWidth(lines: readonly string[]): number {
  const columns = lines.reduce((max, line) => Math.max(max, line.length), 0);
  return Math.min(32, columns) * columnPercent;
}

/**
 * The alignment that comes nearest to a text whose middle is at `percent` of the picture, from its left.
 * @param width percent of the picture that the text takes
 * @param own how the text is aligned in its box: counts where two come equally near
 */
export function toAlignment(percent: number, width: number, own: Alignment): Alignment {
  const distances: Readonly<Record<Alignment, number>> = {
    left: Math.abs(percent - (safePercent + width / 2)),
    center: Math.abs(percent - 50),
    right: Math.abs(percent - (100 - safePercent - width / 2)),
  };
  const nearest = Math.min(...Object.values(distances));
  // A text of nearly the whole width is at all three places at once.
  if (distances[own] <= nearest + columnPercent) return own;
  if (distances.center <= nearest) return "center";
  return distances.left <= distances.right ? "left" : "right";
}

/** The box of a caption whose rows have exact places, in percent of the picture. */
export interface PlacedBox {
  readonly top: number;
  /** The edge that the rows have in common, or their middle. */
  readonly x: number;
  readonly align: "left" | "center";
}

/** Height of one of the 15 rows of CEA-608, which take the middle 80 percent. */
const captionRowPercent = (100 - 2 * safePercent) / 15;

/** The box of a caption with exact places: one, so that rows which have no edge in common come near their places. */
export function findPlacedBox({ places = [], lines }: Cue): PlacedBox | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  const top = safePercent + (Math.min(...places.map(({ row }) => row)) - 1) * captionRowPercent;
  const left = Math.min(...places.map(({ column }) => column));
  const toX = (columns: number): number => safePercent + columns * columnPercent;
  const middles = places.map(({ column }, index) => column - 1 + (lines[index]?.length ?? 0) / 2);
  const isCentered = places.some(({ column }) => column !== left) && Math.max(...middles) - Math.min(...middles) <= 1;
  return isCentered ? { top, x: toX(middles[0] ?? 16), align: "center" } : { top, x: toX(left - 1), align: "left" };
}

/** Where a format puts a caption that has no exact place. What is usual, at the bottom and centered, is not said. */
export type Placement = Partial<Pick<Cue, "edge" | "align">>;

/** The fields of a cue for a height and an alignment. */
export function toPlacement(position: Position, align: Alignment): Placement {
  return {
    ...(position === "bottom" ? {} : { edge: position }),
    ...(align === "center" ? {} : { align }),
  };
}

/** The placement of a numeric keypad, from 1 (bottom left) to 9 (top right), as SubStation Alpha 4+ numbers it. */
export function toKeypadPlacement(key: number): Placement {
  const position = key >= 7 ? "top" : key >= 4 ? "middle" : "bottom";
  return toPlacement(position, (["right", "left", "center"] as const)[key % 3] ?? "center");
}

/** Alignment as SubStation Alpha 4 numbers it: 1 to 3 at the bottom, 4 more at the top, 8 more in the middle. */
export function toSubstationPlacement(number: number): Placement {
  const align = (["center", "left", "center", "right"] as const)[number & 3] ?? "center";
  return toPlacement(number & 4 ? "top" : number & 8 ? "middle" : "bottom", align);
}
