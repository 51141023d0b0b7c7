/** Where other formats put a caption, in the terms of a cue: top, middle or bottom, and left, center or right. */
import type { Cue, LinePlace, Position } from "../cue.ts";

export type Placement = Partial<Pick<Cue, "edge" | "align">>;

/** The third of the picture that a height lies in. @param share from 0 (top) to 1 (bottom) */
export function toPosition(share: number): Position {
  if (share < 1 / 3) return "top";
  return share < 2 / 3 ? "middle" : "bottom";
}

/** The fields of a cue. What is usual, at the bottom and centered, is not said. */
export function toPlacement(position: Position, align: "left" | "center" | "right"): Placement {
  return {
    ...(position === "bottom" ? {} : { edge: position }),
    ...(align === "center" ? {} : { align }),
  };
}

/** The placement of a numeric keypad, from 1 (bottom left) to 9 (top right), as SubStation Alpha numbers it. */
export function toKeypadPlacement(key: number): Placement {
  const position = key >= 7 ? "top" : key >= 4 ? "middle" : "bottom";
  return toPlacement(position, (["right", "left", "center"] as const)[key % 3] ?? "center");
}

/** Where a cue stands: as it says, or where its exact places are. */
export function getPosition({ edge, places = [] }: Cue): Position {
  if (edge !== undefined) return edge;
  const middle = places.reduce((sum: number, { row }: LinePlace) => sum + row, 0) / places.length;
  return places.length === 0 ? "bottom" : toPosition((middle - 0.5) / 15);
}
