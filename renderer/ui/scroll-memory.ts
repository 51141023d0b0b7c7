/** Each screen has its own scroll position, although all of them are shown in one scrolling element. */
import { type RefObject, useLayoutEffect } from "react";

const positions = new Map<string, number>();

/**
 * Keeps the scroll position of a screen, and shows it again when the person returns.
 * @param screen its path
 */
export function useScrollMemory(scroller: RefObject<HTMLElement | null>, screen: string): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const wanted = positions.get(screen) ?? 0;
    element.scrollTop = wanted;
    // What is loaded later makes the screen as high as it was; until then the place does not exist.
    let isRestoring = element.scrollTop < wanted;
    const watcher = new MutationObserver(() => {
      if (!isRestoring) return;
      element.scrollTop = wanted;
      isRestoring = element.scrollTop < wanted;
    });
    if (isRestoring) watcher.observe(element, { childList: true, subtree: true });
    const stop = (): void => {
      isRestoring = false;
      watcher.disconnect();
    };
    const keep = (): void => {
      if (!isRestoring) positions.set(screen, element.scrollTop);
    };
    element.addEventListener("scroll", keep);
    for (const type of ["wheel", "pointerdown", "keydown"]) element.addEventListener(type, stop);
    return () => {
      watcher.disconnect();
      element.removeEventListener("scroll", keep);
      for (const type of ["wheel", "pointerdown", "keydown"]) element.removeEventListener(type, stop);
    };
  }, [scroller, screen]);
}
