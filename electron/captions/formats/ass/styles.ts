/** Styles and override codes of ASS and SSA, in the terms of a cue. */
import { type Placement, toKeypadPlacement, toPlacement, toPosition } from "../placement.ts";
import type { TextStyle } from "../styled-lines.ts";
import { toTextColor } from "../text-color.ts";

/** A named style: how text looks, and where it stands. */
export interface AssStyle {
  readonly text: TextStyle;
  readonly placement: Placement;
}

/** `&HAABBGGRR&`, or the same number in decimals as SSA has it. */
export function parseAssColor(text: string): TextStyle["color"] | undefined {
  const [, hex, decimal] = /^(?:&?H([0-9a-f]{1,8})|(-?\d{1,10}))&?$/i.exec(text.trim()) ?? [];
  if (hex === undefined && decimal === undefined) return undefined;
  const value = (hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) >>> 0;
  return toTextColor(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff);
}

/** Alignment in SSA's numbering: 1 to 3 at the bottom, 4 more at the top, 8 more in the middle. */
export function toSsaPlacement(number: number): Placement {
  const align = (["center", "left", "center", "right"] as const)[number & 3] ?? "center";
  return toPlacement(number & 4 ? "top" : number & 8 ? "middle" : "bottom", align);
}

const withColor = (style: TextStyle, color: TextStyle["color"] | undefined): TextStyle => {
  const { color: _old, ...rest } = style;
  return color === undefined ? rest : { ...rest, color };
};

/**
 * Reads a `Style:` line.
 * @param fields by their lower-case name
 * @param isSsa version 4, whose alignments are numbered otherwise
 */
export function toAssStyle(fields: ReadonlyMap<string, string>, isSsa: boolean): AssStyle {
  const isOn = (name: string): boolean => Number(fields.get(name) ?? 0) !== 0;
  const alignment = Number(fields.get("alignment") ?? 2);
  const text: TextStyle = {
    ...(isOn("italic") ? { italic: true } : {}),
    ...(isOn("underline") ? { underline: true } : {}),
  };
  return {
    text: withColor(text, parseAssColor(fields.get("primarycolour") ?? "")),
    placement: isSsa ? toSsaPlacement(alignment) : toKeypadPlacement(alignment),
  };
}

/** What override codes change while a line is read. */
export interface OverrideState {
  text: TextStyle;
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
    state.text = withColor(state.text, color === "" ? context.own.text.color : parseAssColor(color));
    return;
  }
  const [, keypad] = /^an([1-9])$/.exec(code) ?? [];
  const [, ssa] = /^a(\d{1,2})$/.exec(code) ?? [];
  const [, y] = /^pos\(\s*-?[\d.]{1,12}\s*,\s*(-?[\d.]{1,12})\s*\)$/.exec(code) ?? [];
  const [, drawing] = /^p(\d{1,2})$/.exec(code) ?? [];
  const [, named] = /^r(.*)$/.exec(code) ?? [];
  if (keypad !== undefined) state.placement = toKeypadPlacement(Number(keypad));
  else if (ssa !== undefined) state.placement = toSsaPlacement(Number(ssa));
  else if (y !== undefined) {
    state.placement = toPlacement(toPosition(Number(y) / context.pictureHeight), state.placement.align ?? "center");
    context.leaveOut("an exact position; it becomes top, middle or bottom");
  } else if (drawing !== undefined) state.isDrawing = drawing !== "0";
  else if (named !== undefined) state.text = (context.named(named) ?? context.own).text;
  else if (!harmless.test(code)) context.leaveOut("a font, size, movement or effect");
}

/** Applies what stands between braces; text without a backslash is a comment. */
export function applyOverrides(block: string, state: OverrideState, context: OverrideContext): void {
  for (const code of block.split("\\").slice(1)) applyCode(code.trim(), state, context);
}
