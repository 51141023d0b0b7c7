/**
 * Electron's security checklist, row by row: what is allowed, and what is refused. Numbers are those of the list in
 * Electron's own documentation ("Security"); electron/shell/README.md has the reasons.
 */
import { describe, expect, test } from "vitest";
import { invoke } from "../support/electron/double.ts";
import { startProgram } from "../support/electron/program.ts";
import { preventable } from "../support/electron/window.ts";

const own = "app://archivist/#/queue";
const elsewhere = [
  "https://example.com/",
  "http://127.0.0.1:8470/",
  "file:///etc/passwd",
  "app://other/",
  "app://archivist.example.com/",
  "app:archivist",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "media://station/media/1",
  "about:blank",
  "",
  "not an address",
];

test("1, 18: the window loads our own scheme, which is there before the program is ready and bypasses no policy", async () => {
  const { happened } = await startProgram();
  expect(happened.windows[0]?.webContents.loaded[0]).toMatch(/^app:\/\/archivist\/#\//);
  expect(happened.order.indexOf("schemes")).toBeLessThan(happened.order.indexOf("ready"));
  for (const { scheme, privileges } of happened.schemes) {
    expect(["app", "media"]).toContain(scheme);
    expect(privileges).toMatchObject({ standard: true, secure: true });
    expect(privileges).not.toHaveProperty("bypassCSP");
    expect(privileges).not.toHaveProperty("corsEnabled");
    expect(privileges).not.toHaveProperty("allowServiceWorkers");
  }
  expect(happened.schemes.find(({ scheme }) => scheme === "media")?.privileges?.stream).toBe(true);
});

test("2, 3, 4, 6, 8, 9, 10, 11: pages get nothing of Node, are isolated and in the sandbox, before there is any window", async () => {
  const { happened } = await startProgram();
  expect(happened.order.indexOf("sandbox")).toBeLessThan(happened.order.indexOf("ready"));
  expect(happened.windows[0]?.options.webPreferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    spellcheck: false,
    backgroundThrottling: false,
    preload: expect.stringMatching(/preload\.cjs$/),
  });
});

describe("5: permissions", () => {
  const allowed = ["clipboard-sanitized-write", "fullscreen"];
  const refused = [
    "clipboard-read",
    "display-capture",
    "media",
    "geolocation",
    "notifications",
    "midi",
    "midiSysex",
    "pointerLock",
    "keyboardLock",
    "openExternal",
    "fileSystem",
    "hid",
    "serial",
    "usb",
    "bluetooth",
    "idle-detection",
    "mediaKeySystem",
    "speaker-selection",
    "storage-access",
    "top-level-storage-access",
    "window-management",
    "background-sync",
    "accessibility-events",
    "unknown",
  ];

  test("are given in both ways of asking to our own pages only, and there are two", async () => {
    const { happened } = await startProgram();
    const { request, check, device, display } = happened.permissions;
    const requested = (permission: string, requestingUrl: string): Promise<boolean> =>
      new Promise((resolve) =>
        request?.(null as never, permission as never, resolve, { requestingUrl, isMainFrame: true } as never),
      );
    const checked = (permission: string, origin: string): boolean | undefined =>
      check?.(null, permission as never, origin, { isMainFrame: true } as never);
    for (const permission of allowed) {
      expect([permission, await requested(permission, own), checked(permission, "app://archivist")]).toEqual([
        permission,
        true,
        true,
      ]);
      for (const url of elsewhere) {
        expect([url, await requested(permission, url), checked(permission, url)]).toEqual([url, false, false]);
      }
    }
    for (const permission of refused) {
      expect([permission, await requested(permission, own), checked(permission, "app://archivist")]).toEqual([
        permission,
        false,
        false,
      ]);
    }
    expect(device?.({ deviceType: "usb", origin: "app://archivist", device: {} as never })).toBe(false);
    const streams = await new Promise((resolve) => display?.({} as never, resolve as never));
    expect(streams).toEqual({});
  });
});

test("7: the pages' policy comes with every page, and allows no script of anybody else", async () => {
  const { ask, isReady } = await startProgram();
  for (const path of ["/", "/index.html", "/nothing.js"]) {
    const answer = await ask(`app://archivist${path}`);
    const policy = answer.headers.get("content-security-policy") ?? "";
    const rules = new Map(policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1)]));
    expect(rules.get("default-src")).toEqual(["'none'"]);
    expect(rules.get("script-src")).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(rules.get("media-src")).toEqual(["media:"]);
    expect(rules.get("connect-src")).toEqual(["'self'"]);
    for (const rule of ["object-src", "frame-src", "base-uri", "form-action", "frame-ancestors"]) {
      expect([rule, rules.get(rule)]).toEqual([rule, ["'none'"]]);
    }
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  }
  await isReady();
});

test("12, 13, 14: nothing else is navigated to, opened or embedded, in any window", async () => {
  const { happened, electron } = await startProgram();
  const first = happened.windows[0]?.webContents;
  // Also of a window that something else opens.
  const second = new electron.module.BrowserWindow({}).webContents;
  for (const contents of [first, second]) {
    if (contents === undefined) throw new Error("there is no window");
    for (const name of ["will-navigate", "will-redirect", "will-frame-navigate"]) {
      const at = (url: string): boolean => {
        const event = preventable({ url });
        contents.emit(name, event);
        return event.isPrevented;
      };
      expect([name, at(own)]).toEqual([name, false]);
      for (const url of elsewhere) expect([name, url, at(url)]).toEqual([name, url, true]);
    }
    for (const url of [own, ...elsewhere]) expect(contents.openHandler?.({ url })).toEqual({ action: "deny" });
    const event = preventable();
    contents.emit("will-attach-webview", event, {}, {});
    expect(event.isPrevented).toBe(true);
  }
});

test("15: links lead to the configured Cablecast server, and nowhere else", async () => {
  const { happened, isReady } = await startProgram({
    settings: { cablecast: { url: "https://cablecast.example.com:8443/" } },
  });
  const contents = happened.windows[0]?.webContents;
  // Before the station has said where its server is, nothing is opened.
  contents?.openHandler?.({ url: "https://cablecast.example.com:8443/show/1" });
  expect(happened.opened).toEqual([]);
  await isReady();
  for (const url of [
    ...elsewhere,
    "https://cablecast.example.com/show/1",
    "http://cablecast.example.com:8443/",
    "https://cablecast.example.com:8443@evil.example/",
    "https://user:word@cablecast.example.com:8443/",
    "https://cablecast.example.com:8443.evil.example/",
    "smb://cablecast.example.com/share",
    "\\\\cablecast.example.com\\share",
    "mailto:a@example.com",
    "ms-msdt:/id",
  ]) {
    contents?.openHandler?.({ url });
  }
  expect(happened.opened).toEqual([]);
  contents?.openHandler?.({ url: "https://cablecast.example.com:8443/show/1?a=b#c" });
  await expect.poll(() => happened.opened).toEqual(["https://cablecast.example.com:8443/show/1?a=b#c"]);
});

test("17, 20: calls come from the main frame of our own window, and are what their channel takes", async () => {
  const { electron, happened, isReady } = await startProgram();
  await isReady();
  const contents = happened.windows[0]?.webContents;
  if (contents === undefined) throw new Error("there is no window");
  const other = new electron.module.BrowserWindow({}).webContents;
  other.mainFrame.url = own;
  const channels = [...happened.handlers.keys()];
  expect(channels.toSorted()).toEqual([
    "archivist:about",
    "archivist:check-for-update",
    "archivist:choose-files",
    "archivist:connect",
    "archivist:install-update",
    "archivist:postpone-update",
    "archivist:reopen",
    "archivist:set-menu",
    "archivist:show-previous",
  ]);
  happened.windows.pop();
  for (const channel of channels) {
    const input = channel === "archivist:set-menu" ? [] : undefined;
    const refused = (from: object) =>
      expect(invoke(electron, channel, input, from), channel).rejects.toThrow("no page of ours");
    await refused({ sender: other, senderFrame: other.mainFrame });
    // A frame inside of our page, a page that has gone, and one that has left.
    await refused({ senderFrame: { url: own } });
    await refused({ senderFrame: null });
    for (const url of elsewhere) {
      contents.mainFrame.url = url;
      await refused({});
    }
    contents.mainFrame.url = own;
    for (const wrong of [{ a: 1 }, "text", 1, [1], [{ id: 1 }], null]) {
      await expect(invoke(electron, channel, wrong), channel).rejects.toThrow("not understood");
    }
  }
  await expect(invoke(electron, "archivist:about", undefined)).resolves.toMatchObject({ version: "1.2.3" });
  const menu = [{ id: "go /queue", title: "Queue", menu: "go", keys: "Alt+Digit3" }];
  await expect(invoke(electron, "archivist:set-menu", menu)).resolves.toBeUndefined();
  await expect(invoke(electron, "archivist:connect", undefined)).resolves.toBe(true);
  expect(contents.ports).toHaveLength(1);
});

test("16: the major version of Electron is one that can be had, and the only one that is named", async () => {
  const { default: pack } = await import("../../package.json", { with: { type: "json" } });
  const { default: installed } = await import("electron/package.json", { with: { type: "json" } });
  expect(pack.devDependencies.electron).toBe(installed.version);
  // A supported line is one of the newest three; a new one comes every eight weeks.
  expect(Number(installed.version.split(".")[0])).toBeGreaterThanOrEqual(45);
});
