/** Which key does what: the registry's own keys, and those that a person has chosen instead. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { EditorAction } from "./action.ts";
import { editorActions } from "./actions.ts";
import { useLayout } from "./keyboard-layout.ts";

export type Mode = "review" | "type";

export interface Keys {
  readonly review?: readonly string[];
  readonly type?: readonly string[];
}

interface KeymapState {
  /** By the ids of actions; absent: as the registry says. */
  readonly own: Readonly<Record<string, Keys>>;
}

export const useKeymap = create<KeymapState>()(persist((): KeymapState => ({ own: {} }), { name: "archivist-keys" }));

export const keysFor = (action: EditorAction, mode: Mode, own = useKeymap.getState().own): readonly string[] =>
  own[action.id]?.[mode] ?? action[mode] ?? [];

/** The action of a key press; undefined: none. */
export function findAction(pressed: string, mode: Mode): EditorAction | undefined {
  const { own } = useKeymap.getState();
  return editorActions.find((action) => keysFor(action, mode, own).includes(pressed));
}

/** Actions of the same mode that have the same key. */
export function findConflicts(action: EditorAction, mode: Mode, key: string): readonly EditorAction[] {
  return editorActions.filter((other) => other.id !== action.id && keysFor(other, mode).includes(key));
}

/** @param key undefined: the registry's own again */
export function rebind(action: EditorAction, mode: Mode, key: string | undefined): void {
  useKeymap.setState(({ own }) => {
    const { [mode]: _, ...rest } = own[action.id] ?? {};
    const next = key === undefined ? rest : { ...rest, [mode]: [key] };
    const { [action.id]: __, ...others } = own;
    return { own: Object.keys(next).length === 0 ? others : { ...others, [action.id]: next } };
  });
}

export function resetKeys(): void {
  useKeymap.setState({ own: {} });
}

/** What can never be taken: the system's and the browser's own. */
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
export const isReserved = (key: string): boolean => reserved.has(key);

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

/** `Mod+Shift+KeyZ` as it stands on this keyboard: `Ctrl Shift Z`, where a German one has `Ctrl Shift Y`. */
export function shownKey(key: string, labels = useLayout.getState().labels): string {
  const shown = (part: string): string => {
    const label = labels.get(part);
    if (label !== undefined && /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(label)) return label.toLocaleUpperCase();
    return signs[part] ?? part.replace(/^(Key|Digit)/, "");
  };
  return key.split("+").map(shown).join(" ");
}
