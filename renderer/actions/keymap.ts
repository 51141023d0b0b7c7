/** Resolves keys to actions: the registry's default keys, overridden by the person's own bindings. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { KeyMode, Keys } from "./action.ts";
import { formatKeys } from "./keys.ts";
import { type Action, type ActionId, appActions, editorActions } from "./registry.ts";

/** A person's own bindings by action id; absent: the registry's default. */
type OwnKeys = Readonly<Record<string, Keys>>;

interface KeymapState {
  readonly own: OwnKeys;
}

/** Former ids of actions, which saved keymaps and exported keymap files may still contain. */
const formerIds: Readonly<Record<string, ActionId>> = {
  push: "move-word-next",
  pull: "move-word-previous",
  top: "toggle-position",
  keep: "save-version",
  tick: "acknowledge",
  sheet: "shortcuts",
  "next-spot": "next-suspicion",
  "previous-spot": "previous-suspicion",
  everywhere: "replace-everywhere",
};

/** Maps a possibly former action id to the current one. */
export const currentId = (id: string): string => formerIds[id] ?? id;

const withCurrentIds = (own: OwnKeys): OwnKeys =>
  Object.fromEntries(Object.entries(own).map(([id, keys]) => [currentId(id), keys]));

export const useKeymap = create<KeymapState>()(
  persist((): KeymapState => ({ own: {} }), {
    name: "archivist-keys",
    merge: (stored, state) => ({
      ...state,
      own: withCurrentIds((stored as Partial<KeymapState> | undefined)?.own ?? {}),
    }),
  }),
);

export const keysFor = (action: Action, mode: KeyMode, own = useKeymap.getState().own): readonly string[] =>
  own[action.id]?.[mode] ?? action.keys?.[mode] ?? [];

/** The first key of an action as this keyboard prints it; undefined: it has none in this mode. */
export function formatFirstKey(action: Action, mode: KeyMode): string | undefined {
  const [key] = keysFor(action, mode);
  return key === undefined ? undefined : formatKeys(key);
}

/** Actions whose keys apply in a mode. */
const actionsIn = (mode: KeyMode): readonly Action[] => (mode === "app" ? appActions : editorActions);

/** Finds the action bound to a key press; undefined if there is none. */
export function findByKeys(pressed: string, mode: KeyMode): Action | undefined {
  const { own } = useKeymap.getState();
  return actionsIn(mode).find((action) => keysFor(action, mode, own).includes(pressed));
}

/** Other actions of the same mode with the same key. */
export const findConflicts = (action: Action, mode: KeyMode, keys: string): readonly Action[] =>
  actionsIn(mode).filter((other) => other.id !== action.id && keysFor(other, mode).includes(keys));

/** @param keys undefined: back to the registry's default */
export function rebind(action: Action, mode: KeyMode, keys: string | undefined): void {
  useKeymap.setState(({ own }) => {
    const { [mode]: _, ...rest } = own[action.id] ?? {};
    const next = keys === undefined ? rest : { ...rest, [mode]: [keys] };
    const { [action.id]: __, ...others } = own;
    return { own: Object.keys(next).length === 0 ? others : { ...others, [action.id]: next } };
  });
}

export function resetKeys(): void {
  useKeymap.setState({ own: {} });
}
