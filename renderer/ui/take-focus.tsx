/**
 * What has just opened has the focus at once: an `Enter` or a word that is typed in the same moment belongs to it.
 * (Mantine's own trap moves the focus a moment later, and keys in between are lost.)
 */
import { type ReactNode, useLayoutEffect, useRef } from "react";

/** Gives the focus to the first element inside that is marked `data-autofocus`. */
export function TakeFocus({ children }: { readonly children: ReactNode }) {
  const inside = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    inside.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus({ preventScroll: true });
  }, []);
  return <div ref={inside}>{children}</div>;
}
