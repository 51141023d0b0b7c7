/** Style of a cell of the caption screen, packed into one number so that a screen is cheap to copy. */
import { type Color, colors } from "../codes.ts";

/** Style of a run of characters; absent fields are plain: white on black, upright. */
export interface TextStyle {
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly flash?: boolean;
  readonly color?: Color | "black";
  readonly background?: Color | "transparent";
}

export const plainStyle = 0;

const italicBit = 1;
const underlineBit = 2;
const flashBit = 4;
const colorShift = 3;
const colorMask = 0x0f << colorShift;
const backgroundShift = 7;
const backgroundMask = 0x0f << backgroundShift;
const black = colors.length;
const transparent = colors.length + 1;

export function withItalic(style: number, underline: boolean): number {
  return withUnderline(style | italicBit, underline);
}

export function withUnderline(style: number, underline: boolean): number {
  return underline ? style | underlineBit : style & ~underlineBit;
}

/** A color code turns italics off (../README.md, "Mid-row codes and style"). */
export function withColor(style: number, color: Color, underline: boolean): number {
  const index = colors.indexOf(color);
  return withUnderline((style & ~(colorMask | italicBit)) | (index << colorShift), underline);
}

export function withBlackText(style: number, underline: boolean): number {
  return withUnderline((style & ~(colorMask | italicBit)) | (black << colorShift), underline);
}

export function withFlash(style: number): number {
  return style | flashBit;
}

/** @param index index in the background codes: white, green, …, magenta, black */
export function withBackground(style: number, index: number): number {
  // Black is the default, so it is stored as 0 and the others are shifted by one.
  return (style & ~backgroundMask) | ((index === black ? 0 : index + 1) << backgroundShift);
}

export function withTransparentBackground(style: number): number {
  return (style & ~backgroundMask) | ((transparent + 1) << backgroundShift);
}

export function unpackStyle(style: number): TextStyle {
  const color = (style & colorMask) >> colorShift;
  const background = (style & backgroundMask) >> backgroundShift;
  return {
    ...((style & italicBit) !== 0 ? { italic: true } : {}),
    ...((style & underlineBit) !== 0 ? { underline: true } : {}),
    ...((style & flashBit) !== 0 ? { flash: true } : {}),
    ...(color === 0 ? {} : { color: color === black ? ("black" as const) : (colors[color] ?? "white") }),
    ...(background === 0
      ? {}
      : {
          background: background === transparent + 1 ? ("transparent" as const) : (colors[background - 1] ?? "white"),
        }),
  };
}
