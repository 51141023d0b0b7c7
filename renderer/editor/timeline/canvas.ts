/** A canvas that fits its element, and the colors of the page's CSS for it. */

/** Colors by the name of their custom property; read once for a color scheme, because reading takes longer than drawing. */
export type Palette = (name: string) => string;

export function readPalette(box: HTMLElement): Palette {
  const style = getComputedStyle(box);
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const color = name === "text" ? style.color : style.getPropertyValue(name).trim() || style.color;
    known.set(name, color);
    return color;
  };
}

const family = "system-ui, 'Segoe UI', Roboto, sans-serif";
export const captionFont = `12px ${family}`;
export const speakerFont = `600 11px ${family}`;

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly color: Palette;
}

/** Sizes the canvas to the screen's pixel ratio and clears it. @returns undefined if it has no size */
export function prepareCanvas(canvas: HTMLCanvasElement, box: HTMLElement, color: Palette): Surface | undefined {
  const { clientWidth: width, clientHeight: height } = box;
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (w === 0 || h === 0) return undefined;
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext("2d");
  if (context === null) return undefined;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = captionFont;
  context.textBaseline = "middle";
  return { context, width, height, color };
}
