/** Where the window was, and what it showed. */
import type { Rectangle } from "electron";
import { z } from "zod";

export const windowStateSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  isMaximized: z.boolean(),
  /** The page's address behind the `#`: the place in the workstation. */
  place: z.string().max(500),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const defaultWindowState: WindowState = { width: 1440, height: 900, isMaximized: false, place: "/" };

/** So much of a window has to be seen for a person to get hold of it, in pixels. */
const minVisiblePixels = 80;

/** A window that lies on no screen any more is placed by the system. @param screens their work areas */
export function placed(state: WindowState, screens: readonly Rectangle[]): WindowState {
  const { x, y, width, height } = state;
  if (x === undefined || y === undefined) return state;
  const isSeen = screens.some((screen) => {
    const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
    const down = Math.min(y + height, screen.y + screen.height) - Math.max(y, screen.y);
    // Its title bar has to be there, too: a window is moved by it.
    return across >= minVisiblePixels && down >= minVisiblePixels && y >= screen.y;
  });
  if (isSeen) return state;
  const { x: _x, y: _y, ...rest } = state;
  return rest;
}

/** The place of an address: what stands behind its `#`; signing in is no place to come back to. */
export function toPagePath(url: string): string {
  const hash = URL.canParse(url) ? new URL(url).hash.slice(1) : "";
  return hash === "" || hash.startsWith("/sign-in") || hash.length > 500 ? "/" : hash;
}
