/** A person's own keys as a file. */
import { afterEach, beforeAll, expect, test, vi } from "vitest";

vi.mock("../../../../renderer/station/connection.ts", () => ({ client: {} }));
vi.mock("../../../../renderer/ui/notify.ts", () => ({ notifyDone: () => undefined, notifyFailure: () => undefined }));

async function deps() {
  const [keymap, file, { editorActions }] = await Promise.all([
    import("../../../../renderer/editor/keys/keymap.ts"),
    import("../../../../renderer/editor/keys/keymap-file.ts"),
    import("../../../../renderer/editor/keys/actions.ts"),
  ]);
  const action = (id: string) => {
    const found = editorActions.find((each) => each.id === id);
    if (found === undefined) throw new Error(`there is no action ${id}`);
    return found;
  };
  return { ...keymap, ...file, action, editorActions };
}

beforeAll(() => {
  const memory = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => memory.set(key, value),
    removeItem: (key: string) => memory.delete(key),
  });
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
  const { shownKey } = await deps();
  const french = new Map([
    ["KeyA", "q"],
    ["Semicolon", "m"],
    ["Digit1", "&"],
  ]);
  expect(shownKey("Mod+Shift+KeyA", french)).toBe("Ctrl Shift Q");
  expect(shownKey("Semicolon", french)).toBe("M");
  expect(shownKey("Digit1", french)).toBe("&");
  expect(shownKey("ArrowDown", french)).toBe("↓");
  expect(shownKey("Semicolon", new Map())).toBe(";");
});
