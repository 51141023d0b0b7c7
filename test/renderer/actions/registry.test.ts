/** The one registry of actions: what it promises to menus, palettes, keys and saved keymaps. */
import { expect, test, vi } from "vitest";
import type { ActionContext } from "../../../renderer/actions/registry.ts";

vi.mock("../../../renderer/station/connection.ts", () => ({ client: {}, connection: {} }));
vi.mock("../../../renderer/ui/notify.ts", () => ({ notifyDone: () => undefined, notifyFailure: () => undefined }));
const memory = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => memory.get(key) ?? null,
  setItem: (key: string, value: string) => memory.set(key, value),
  removeItem: (key: string) => memory.delete(key),
});

const { appActions, editorActions, findAction, getAction, isPossible } = await import(
  "../../../renderer/actions/registry.ts"
);

const context = (more: Partial<ActionContext> = {}): ActionContext => ({
  role: "admin",
  go: () => undefined,
  toggleTheme: () => undefined,
  editor: undefined,
  ...more,
});

/** A meeting that is open in the editor, as far as conditions ask for it. */
const editor = (state: object): ActionContext["editor"] => {
  const session = { state, undoInFlight: undefined, targetCues: () => [1] };
  return { session } as unknown as ActionContext["editor"];
};
const writing = { isWriter: true, activeCueId: 1, wordIndex: 0, mode: "review", canUndo: true, canRedo: false };

test("each id is there once, in the program and in the editor together", () => {
  const ids = [...appActions, ...editorActions].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(findAction(id)?.id).toBe(id);
});

test("no key of the whole program is also one of the editor, but for `F1`, which explains where one is", () => {
  const own = new Set(appActions.flatMap(({ keys }) => keys?.app ?? []));
  const ofEditor = editorActions.flatMap(({ keys }) => [...(keys?.review ?? []), ...(keys?.type ?? [])]);
  expect(ofEditor.filter((keys) => own.has(keys) && keys !== "F1" && !/^Alt\+Digit/.test(keys))).toEqual([]);
});

test("a role that is too low makes an action impossible", () => {
  expect(isPossible(getAction("queue.pause"), context({ role: "operator" }))).toBe(true);
  expect(isPossible(getAction("queue.pause"), context({ role: "user" }))).toBe(false);
});

test("no action of the editor is possible without an open meeting", () => {
  expect(editorActions.filter((action) => isPossible(action, context()))).toEqual([]);
});

test("without the write lock captions cannot be changed, and everything else goes on", () => {
  const looking = context({ editor: editor({ ...writing, isWriter: false }) });
  for (const id of ["accept", "split", "delete", "undo", "approve", "save-version", "set-in", "bookmark"] as const) {
    expect([id, isPossible(getAction(id), looking)]).toEqual([id, false]);
  }
  for (const id of ["play", "next", "find", "next-suspicion", "history", "publish", "palette"] as const) {
    expect([id, isPossible(getAction(id), looking)]).toEqual([id, true]);
  }
});

test("what is possible follows the state", () => {
  const possible = (id: "undo" | "redo" | "merge" | "suggestion-1", state: object): boolean =>
    isPossible(getAction(id), context({ editor: editor({ ...writing, ...state }) }));
  expect(possible("undo", {})).toBe(true);
  expect(possible("redo", {})).toBe(false);
  expect(possible("redo", { canRedo: true })).toBe(true);
  expect(possible("merge", { activeCueId: null })).toBe(false);
  // Without a word, a digit names the speaker of the caption.
  expect(possible("suggestion-1", { wordIndex: null })).toBe(true);
  expect(possible("suggestion-1", { activeCueId: null })).toBe(false);
});

test("an id that no action has, such as one of another version, is none", () => {
  expect(findAction("fly")).toBeUndefined();
});
