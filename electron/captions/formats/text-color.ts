/** Colors of other formats as the nearest color that captions have. */
import type { TextColor } from "../cue.ts";

/** The eight corners of the color cube; black becomes white, because captions stand on black. */
const corners: readonly (TextColor | undefined)[] = [
  undefined,
  "blue",
  "green",
  "cyan",
  "red",
  "magenta",
  "yellow",
  undefined,
];

/** Below this share of the brightest channel, a channel counts as off. */
const offShare = 0.6;

/**
 * The caption color nearest to a color: by its hue, so that a dark yellow is yellow; grays are white, which is
 * undefined.
 * @param red, green, blue from 0 to 255
 */
export function toTextColor(red: number, green: number, blue: number): TextColor | undefined {
  const brightest = Math.max(red, green, blue);
  const isOn = (channel: number): number => (channel > brightest * offShare ? 1 : 0);
  return corners[isOn(red) * 4 + isOn(green) * 2 + isOn(blue)];
}

/** The caption colors by their names in HTML, where those differ or are not among them. */
const htmlNames: Readonly<Record<string, TextColor>> = {
  lime: "green",
  green: "green",
  blue: "blue",
  navy: "blue",
  cyan: "cyan",
  aqua: "cyan",
  teal: "cyan",
  red: "red",
  maroon: "red",
  yellow: "yellow",
  gold: "yellow",
  orange: "yellow",
  olive: "yellow",
  magenta: "magenta",
  fuchsia: "magenta",
  purple: "magenta",
};

/** The caption color of a color in HTML: a name, or `#rrggbb` or `#rgb` with or without its sign. */
export function parseHtmlColor(text: string): TextColor | undefined {
  const name = text.trim().toLowerCase();
  const [, long, short] = /^#?(?:([0-9a-f]{6})(?:[0-9a-f]{2})?|([0-9a-f]{3}))$/.exec(name) ?? [];
  const hex = long ?? short?.replace(/./g, "$&$&");
  if (hex === undefined) return htmlNames[name];
  const value = Number.parseInt(hex, 16);
  return toTextColor(value >> 16, (value >> 8) & 0xff, value & 0xff);
}
