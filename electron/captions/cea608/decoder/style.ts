/** Style of a cell of the caption screen, packed into one number so that a screen is cheap to copy. */
import { type Colour, colours } from "../codes.ts";

/** Style of a run of characters; absent fields are plain: white on black, upright. */
export interface TextStyle {
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly flash?: boolean;
  readonly colour?: Colour | "black";
  readonly background?: Colour | "transparent";
}

export const plainStyle = 0;

const italicBit = 1;
const underlineBit = 2;
const flashBit = 4;
const colourShift = 3;
const colourMask = 0x0f << colourShift;
const backgroundShift = 7;
const backgroundMask = 0x0f << backgroundShift;
const black = colours.length;
const transparent = colours.length + 1;

export function withItalic(style: number, underline: boolean): number {
  return withUnderline(style | italicBit, underline);
}

export function withUnderline(style: number, underline: boolean): number {
  return underline ? style | underlineBit : style & ~underlineBit;
}

/** A color code turns italics off (../README.md, "Mid-row codes and style"). */
export function withColour(style: number, colour: Colour, underline: boolean): number {
  const index = colours.indexOf(colour);
  return withUnderline((style & ~(colourMask | italicBit)) | (index << colourShift), underline);
}

export function withBlackText(style: number, underline: boolean): number {
  return withUnderline((style & ~(colourMask | italicBit)) | (black << colourShift), underline);
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
  const colour = (style & colourMask) >> colourShift;
  const background = (style & backgroundMask) >> backgroundShift;
  return {
    ...((style & italicBit) !== 0 ? { italic: true } : {}),
    ...((style & underlineBit) !== 0 ? { underline: true } : {}),
    ...((style & flashBit) !== 0 ? { flash: true } : {}),
    ...(colour === 0 ? {} : { colour: colour === black ? ("black" as const) : (colours[colour] ?? "white") }),
    ...(background === 0
      ? {}
      : {
          background: background === transparent + 1 ? ("transparent" as const) : (colours[background - 1] ?? "white"),
        }),
  };
}
