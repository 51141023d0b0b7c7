/**
 * Moves the focus into content that has just opened, at once, so that an `Enter` or text typed at the same moment goes
 * there. (Mantine's own trap moves the focus a moment later, and keys in between are lost.)
 */
import { type ReactNode, useLayoutEffect, useRef } from "react";

/** Focuses the first element inside that is marked `data-autofocus`. */
export function TakeFocus({ children }: { readonly children: ReactNode }) {
  const inside = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    inside.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus({ preventScroll: true });
  }, []);
  return <div ref={inside}>{children}</div>;
}
