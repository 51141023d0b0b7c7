/** The preload as it ships: what it carries, and what pages get of it. */
import { expect, test } from "vitest";
import { bundlePreload } from "../../build/preload.ts";
import { desktopCalls, desktopPushes } from "../../electron/contract/desktop.ts";

type PageFunctions = Readonly<Record<string, (...input: readonly unknown[]) => unknown>>;

/** Runs the bundle on a double of what a sandboxed preload has of Electron. */
async function runPreload() {
  const source = await bundlePreload();
  const invoked: unknown[][] = [];
  const listeners = new Map<string, (event: unknown, value: unknown) => void>();
  const exposed = new Map<string, PageFunctions>();
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: PageFunctions) => exposed.set(name, value) },
    ipcRenderer: {
      invoke: (...input: unknown[]) => invoked.push(input),
      on: (channel: string, listener: (event: unknown, value: unknown) => void) => listeners.set(channel, listener),
      off: (channel: string) => listeners.delete(channel),
    },
    webUtils: { getPathForFile: () => "/recordings/council.mp4" },
  };
  const required: string[] = [];
  const load = (name: string) => {
    required.push(name);
    return electron;
  };
  new Function("require", "module", "exports", source)(load, { exports: {} }, {});
  const page = exposed.get("archivist");
  if (page === undefined) throw new Error("nothing was exposed");
  return { source, required, invoked, listeners, page };
}

test("the preload is small, requires nothing but Electron, and gives pages the functions of the table only", async () => {
  const { source, required, invoked, listeners, page } = await runPreload();
  expect(required).toEqual(["electron"]);
  expect(source.length).toBeLessThan(8_000);
  expect(Object.isFrozen(page)).toBe(true);
  expect(Object.keys(page).toSorted()).toEqual(
    [...Object.keys(desktopCalls), ...Object.keys(desktopPushes), "getFilePath"].toSorted(),
  );
  // An event of a button, say, is no input of a call that takes none.
  for (const name of Object.keys(desktopCalls)) page[name]?.("input");
  expect(invoked).toEqual(
    Object.entries(desktopCalls).map(([name, { channel }]) => (name === "setMenu" ? [channel, "input"] : [channel])),
  );
  const heard: unknown[][] = [];
  const unsubscribe = page.onFiles?.((...input: readonly unknown[]) => heard.push([...input])) as () => void;
  listeners.get("archivist:files")?.({ sender: "of Electron" }, ["/a.mp4"]);
  expect(heard).toEqual([[["/a.mp4"]]]);
  unsubscribe();
  expect(listeners.has("archivist:files")).toBe(false);
});
