/** Forms with changes that are not saved, and the question before they are lost. */
import { useEffect, useId } from "react";
import { texts } from "../texts/en.ts";

const dirty = new Set<string>();
/** The router is changing the address, after the person was asked. */
let isOwnNavigation = false;

/** Registers a form while it has changes that are not saved. */
export function useUnsaved(isChanged: boolean): void {
  const id = useId();
  useEffect(() => {
    if (!isChanged) return undefined;
    dirty.add(id);
    return () => void dirty.delete(id);
  }, [id, isChanged]);
}

/** Asks whether changes that are not saved may be lost. @returns true when there are none, or the person agrees */
export const mayDiscard = (): boolean => dirty.size === 0 || window.confirm(texts.unsaved);

// The browser asks in its own words before the page is left or loaded again.
window.addEventListener("beforeunload", (event) => {
  if (dirty.size > 0) event.preventDefault();
});

// Back and Forward change the address at once: it is put back before anything is shown. `capture`, and loaded before the
// router, so that the router does not see it.
window.addEventListener(
  "hashchange",
  (event) => {
    if (dirty.size === 0 || isOwnNavigation || mayDiscard()) return;
    event.stopImmediatePropagation();
    history.replaceState(null, "", event.oldURL);
  },
  { capture: true },
);

/** For the router: asks before another screen is shown. */
export function guardNavigation<T extends readonly unknown[]>(navigate: (...to: T) => void, ...to: T): void {
  if (!mayDiscard()) return;
  // The address changes later, with an event of its own: the question was answered here.
  isOwnNavigation = true;
  navigate(...to);
  window.setTimeout(() => {
    isOwnNavigation = false;
  });
}
