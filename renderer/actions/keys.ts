/**
 * Keys as text: `Mod+Shift+KeyZ` names a key press by the physical position of its key, whatever the layout prints on
 * it.
 */
import { useLayout } from "./keyboard-layout.ts";

/** Formats a key press as text. */
export function toKeys({ code, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const held = [ctrlKey || metaKey ? "Mod" : "", altKey ? "Alt" : "", shiftKey ? "Shift" : ""].filter(Boolean);
  return [...held, code].join("+");
}

const signs: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  BracketLeft: "[",
  BracketRight: "]",
  Comma: ",",
  Period: ".",
  Semicolon: ";",
  Slash: "/",
  Equal: "+",
  Minus: "-",
  NumpadAdd: "Num +",
  NumpadSubtract: "Num -",
  Escape: "Esc",
  Mod: "Ctrl",
};

/**
 * Formats keys for display with the labels of this keyboard: `Mod+Shift+KeyZ` is `Ctrl Shift Z`, on a German one `Ctrl
 * Shift Y`. Components that show it rerender with `useLayout`, because the labels are known only a moment after the
 * start.
 */
export function formatKeys(keys: string, labels = useLayout.getState().labels): string {
  const format = (part: string): string => {
    const label = labels.get(part);
    if (label !== undefined && /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(label)) return label.toLocaleUpperCase();
    return signs[part] ?? part.replace(/^(Key|Digit)/, "");
  };
  return keys.split("+").map(format).join(" ");
}

/** Keys that can never be bound: they belong to the operating system or the browser. */
const reserved = new Set([
  "F10",
  "F5",
  "Mod+KeyW",
  "Mod+KeyT",
  "Mod+KeyR",
  "Mod+KeyN",
  "Mod+Shift+KeyT",
  "Mod+Shift+KeyN",
  "Mod+Shift+KeyW",
  "Tab",
  "Shift+Tab",
]);
export const isReserved = (keys: string): boolean => reserved.has(keys);
