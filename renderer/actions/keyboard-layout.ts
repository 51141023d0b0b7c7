/** The labels of this person's keyboard layout: keys are bound by physical position and displayed by label. */
import { create } from "zustand";

interface LayoutState {
  /** By `KeyboardEvent.code`; empty where the browser does not provide the layout. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Not in TypeScript's own types: only Chromium has it. */
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
