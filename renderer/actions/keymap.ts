/** Which key does what: the registry's own keys, and those that a person has chosen instead. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { KeyMode, Keys } from "./action.ts";
import { type Action, type ActionId, appActions, editorActions } from "./registry.ts";

/** A person's own keys by the ids of actions; absent: as the registry says. */
type OwnKeys = Readonly<Record<string, Keys>>;

interface KeymapState {
  readonly own: OwnKeys;
}

/** Ids that actions had before: they stand in saved keymaps and in files that people have taken along. */
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

/** The id that an action has now. */
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

/** Actions whose keys hold in a mode. */
const actionsIn = (mode: KeyMode): readonly Action[] => (mode === "app" ? appActions : editorActions);

/** The action of a key press; undefined: none. */
export function findByKeys(pressed: string, mode: KeyMode): Action | undefined {
  const { own } = useKeymap.getState();
  return actionsIn(mode).find((action) => keysFor(action, mode, own).includes(pressed));
}

/** Actions of the same mode that have the same key. */
export const findConflicts = (action: Action, mode: KeyMode, keys: string): readonly Action[] =>
  actionsIn(mode).filter((other) => other.id !== action.id && keysFor(other, mode).includes(keys));

/** @param keys undefined: the registry's own again */
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
