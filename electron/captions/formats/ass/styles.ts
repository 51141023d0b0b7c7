/** Styles and override codes of ASS and SSA, in the terms of a cue. */
import type { StyleFields } from "../../character-style.ts";
import { parseSubstationColor } from "../markup/colors.ts";
import { type Placement, toEdge, toKeypadPlacement, toPlacement, toSubstationPlacement } from "../markup/place.ts";

/** A named style: how text looks, and where it stands. */
export interface AssStyle {
  readonly text: StyleFields;
  readonly placement: Placement;
}

/**
 * Reads a `Style:` line.
 * @param fields by their lower-case name
 * @param isSsa version 4, whose alignments are numbered otherwise
 */
export function toAssStyle(fields: ReadonlyMap<string, string>, isSsa: boolean): AssStyle {
  const isOn = (name: string): boolean => Number(fields.get(name) ?? 0) !== 0;
  const alignment = Number(fields.get("alignment") ?? 2);
  return {
    text: {
      italic: isOn("italic"),
      underline: isOn("underline"),
      color: parseSubstationColor(fields.get("primarycolour") ?? "")?.color,
    },
    placement: isSsa ? toSubstationPlacement(alignment) : toKeypadPlacement(alignment),
  };
}

/** What override codes change while a line is read. */
export interface OverrideState {
  text: StyleFields;
  placement: Placement;
  /** True while what follows is a drawing and no text. */
  isDrawing: boolean;
}

/** What codes refer to. */
export interface OverrideContext {
  readonly own: AssStyle;
  readonly named: (name: string) => AssStyle | undefined;
  /** Height of the picture that positions count. */
  readonly pictureHeight: number;
  readonly leaveOut: (what: string) => void;
}

/** Codes that time karaoke or wrap lines, and those that switch off what captions do not have. */
const harmless = /^(?:k[fot]?\d*|K\d*|q\d?|b0?|s0?|be0?|blur0?|bord[\d.]*|shad[\d.]*|[234]?a&.*|[234]c&.*|fe\d*)$/;

/** Applies one code without its backslash. */
function applyCode(code: string, state: OverrideState, context: OverrideContext): void {
  const [, switched, value] = /^([iu])([01]?)$/.exec(code) ?? [];
  if (switched !== undefined) {
    const name = switched === "i" ? "italic" : "underline";
    const isOn = value === "" ? context.own.text[name] === true : value === "1";
    state.text = { ...state.text, [name]: isOn };
    return;
  }
  const [, color] = /^1?c(.*)$/.exec(code) ?? [];
  if (color !== undefined) {
    const wanted = color === "" ? context.own.text.color : parseSubstationColor(color)?.color;
    state.text = { ...state.text, color: wanted };
    return;
  }
  const [, keypad] = /^an([1-9])$/.exec(code) ?? [];
  const [, ssa] = /^a(\d{1,2})$/.exec(code) ?? [];
  const [, y] = /^pos\(\s*-?[\d.]{1,12}\s*,\s*(-?[\d.]{1,12})\s*\)$/.exec(code) ?? [];
  const [, drawing] = /^p(\d{1,2})$/.exec(code) ?? [];
  const [, named] = /^r(.*)$/.exec(code) ?? [];
  if (keypad !== undefined) state.placement = toKeypadPlacement(Number(keypad));
  else if (ssa !== undefined) state.placement = toSubstationPlacement(Number(ssa));
  else if (y !== undefined) {
    const edge = toEdge((100 * Number(y)) / context.pictureHeight) ?? "bottom";
    state.placement = toPlacement(edge, state.placement.align ?? "center");
    context.leaveOut("an exact position; it becomes top, middle or bottom");
  } else if (drawing !== undefined) state.isDrawing = drawing !== "0";
  else if (named !== undefined) state.text = (context.named(named) ?? context.own).text;
  else if (!harmless.test(code)) context.leaveOut("a font, size, movement or effect");
}

/** Applies what stands between braces; text without a backslash is a comment. */
export function applyOverrides(block: string, state: OverrideState, context: OverrideContext): void {
  for (const code of block.split("\\").slice(1)) applyCode(code.trim(), state, context);
}
