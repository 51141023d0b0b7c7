/** A person's own keys as a file. */
import { afterEach, beforeAll, expect, test, vi } from "vitest";

vi.mock("../../../renderer/station/connection.ts", () => ({ client: {} }));
vi.mock("../../../renderer/ui/notify.ts", () => ({ notifyDone: () => undefined, notifyFailure: () => undefined }));

async function deps() {
  const [keymap, file, keys, { editorActions }] = await Promise.all([
    import("../../../renderer/actions/keymap.ts"),
    import("../../../renderer/actions/keymap-file.ts"),
    import("../../../renderer/actions/keys.ts"),
    import("../../../renderer/actions/registry.ts"),
  ]);
  const action = (id: string) => {
    const found = editorActions.find((each) => each.id === id);
    if (found === undefined) throw new Error(`there is no action ${id}`);
    return found;
  };
  return { ...keymap, ...file, ...keys, action, editorActions };
}

beforeAll(() => {
  const memory = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => memory.set(key, value),
    removeItem: (key: string) => memory.delete(key),
  };
  vi.stubGlobal("localStorage", localStorage);
  vi.stubGlobal("window", { localStorage });
});

afterEach(async () => (await deps()).resetKeys());

test("what is saved is what is loaded", async () => {
  const { rebind, keysAsText, loadKeys, resetKeys, keysFor, action } = await deps();
  rebind(action("accept"), "review", "KeyY");
  rebind(action("split"), "type", "Mod+Alt+KeyS");
  const text = keysAsText();
  resetKeys();
  expect(keysFor(action("accept"), "review")).toEqual(["KeyA"]);
  expect(loadKeys(text)).toEqual({ taken: 2, left: 0 });
  expect(keysFor(action("accept"), "review")).toEqual(["KeyY"]);
  expect(keysFor(action("split"), "type")).toEqual(["Mod+Alt+KeyS"]);
});

test.each([
  ["no JSON", "{"],
  ["nothing", ""],
  ["another file", '{"format":"something","version":1,"keys":{}}'],
  ["a later version", '{"format":"archivist-keys","version":2,"keys":{}}'],
  ["keys that are none", '{"format":"archivist-keys","version":1,"keys":{"accept":{"review":["<script>"]}}}'],
])("%s is refused, and nothing is changed", async (_, text) => {
  const { rebind, loadKeys, keysFor, action } = await deps();
  rebind(action("accept"), "review", "KeyY");
  expect(loadKeys(text)).toBeUndefined();
  expect(keysFor(action("accept"), "review")).toEqual(["KeyY"]);
});

test("commands that this version does not have, and keys of the system, are left out and counted", async () => {
  const { loadKeys, keysFor, action } = await deps();
  const keys = { accept: { review: ["KeyY"] }, fly: { review: ["KeyF"] }, merge: { review: ["F10"] } };
  expect(loadKeys(JSON.stringify({ format: "archivist-keys", version: 1, keys }))).toEqual({ taken: 1, left: 2 });
  expect(keysFor(action("merge"), "review")).toEqual(["KeyM"]);
});

test("keys that were saved under the former id of a command are still its keys", async () => {
  const { loadKeys, keysFor, action, keysAsText, useKeymap } = await deps();
  const keys = { push: { review: ["KeyY"] }, sheet: { type: ["F2"] } };
  expect(loadKeys(JSON.stringify({ format: "archivist-keys", version: 1, keys }))).toEqual({ taken: 2, left: 0 });
  expect(keysFor(action("move-word-next"), "review")).toEqual(["KeyY"]);
  expect(keysFor(action("shortcuts"), "type")).toEqual(["F2"]);
  expect(Object.keys(JSON.parse(keysAsText()).keys)).toEqual(["move-word-next", "shortcuts"]);
  localStorage.setItem(
    "archivist-keys",
    JSON.stringify({ state: { own: { tick: { review: ["KeyY"] } } }, version: 0 }),
  );
  await useKeymap.persist.rehydrate();
  expect(keysFor(action("acknowledge"), "review")).toEqual(["KeyY"]);
});

test("in the registry no key does two things, none is the system's, and each command is there once", async () => {
  const { editorActions, findConflicts, keysFor, isReserved } = await deps();
  for (const action of editorActions) {
    for (const mode of ["review", "type"] as const) {
      for (const key of keysFor(action, mode)) {
        expect([action.id, key, findConflicts(action, mode, key).map(({ id }) => id)]).toEqual([action.id, key, []]);
        expect([key, isReserved(key)]).toEqual([key, false]);
      }
    }
  }
  expect(new Set(editorActions.map(({ id }) => id)).size).toBe(editorActions.length);
});

test("keys are shown as they stand on the person's keyboard", async () => {
  const { formatKeys } = await deps();
  const french = new Map([
    ["KeyA", "q"],
    ["Semicolon", "m"],
    ["Digit1", "&"],
  ]);
  expect(formatKeys("Mod+Shift+KeyA", french)).toBe("Ctrl Shift Q");
  expect(formatKeys("Semicolon", french)).toBe("M");
  expect(formatKeys("Digit1", french)).toBe("&");
  expect(formatKeys("ArrowDown", french)).toBe("↓");
  expect(formatKeys("Semicolon", new Map())).toBe(";");
});
