/** What stands on the keys of this person's keyboard: keys are bound by where they lie, and shown by what they say. */
import { create } from "zustand";

interface LayoutState {
  /** By `KeyboardEvent.code`; empty where the browser does not tell. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Not in TypeScript's own types: Chromium alone has it. */
interface KeyboardOfChromium {
  readonly getLayoutMap?: () => Promise<Iterable<readonly [string, string]>>;
}

export const useLayout = create<LayoutState>()((set) => {
  const { keyboard } = navigator as Navigator & { readonly keyboard?: KeyboardOfChromium };
  keyboard
    ?.getLayoutMap?.()
    .then((labels) => set({ labels: new Map(labels) }))
    .catch(() => undefined);
  return { labels: new Map() };
});
