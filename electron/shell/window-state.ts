/** Position and size of the window, and the page it showed. */
import type { Rectangle } from "electron";
import { z } from "zod";

export const windowStateSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  isMaximized: z.boolean(),
  /** The part of the page's address after `#`: the place in the workstation. */
  place: z.string().max(500),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const defaultWindowState: WindowState = { width: 1440, height: 900, isMaximized: false, place: "/" };

/** Part of a window that has to be visible for a user to grab it, in pixels. */
const minVisiblePixels = 80;

/** Drops the position of a window that is on no screen, so the system places it. @param screens their work areas */
export function placed(state: WindowState, screens: readonly Rectangle[]): WindowState {
  const { x, y, width, height } = state;
  if (x === undefined || y === undefined) return state;
  const isSeen = screens.some((screen) => {
    const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
    const down = Math.min(y + height, screen.y + screen.height) - Math.max(y, screen.y);
    // Its title bar has to be visible, too, because a window is moved by it.
    return across >= minVisiblePixels && down >= minVisiblePixels && y >= screen.y;
  });
  if (isSeen) return state;
  const { x: _x, y: _y, ...rest } = state;
  return rest;
}

/** The place in an address: the part after `#`. The sign-in page is not restored. */
export function toPagePath(url: string): string {
  const hash = URL.canParse(url) ? new URL(url).hash.slice(1) : "";
  return hash === "" || hash.startsWith("/sign-in") || hash.length > 500 ? "/" : hash;
}
