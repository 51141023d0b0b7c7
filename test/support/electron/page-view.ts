/**
 * Shows the pages of a window in Chromium. Chromium does not support our URL schemes: a server passes each request to
 * the handler that the shell has registered for the scheme, and URLs are translated in both directions. The preload is
 * the real one, bundled as it ships; only the module that it requires is a double.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { bundlePreload } from "../../../build/preload.ts";
import { mediaOrigin, pagesOrigin } from "../../../electron/contract/desktop.ts";
import { openPage } from "../browser/browser.ts";
import type { ElectronDouble } from "./double.ts";
import type { PortDouble } from "./ports.ts";
import type { BrowserWindowDouble } from "./window.ts";

let preload: Promise<string> | undefined;

/** The part of `electron` that a sandboxed preload can use, as source for the page. */
const inPage = (source: string): string => `(() => {
  const listeners = new Map();
  const ports = new Map();
  const encode = (data) => typeof data === "string" ? { text: data } : { bytes: btoa(String.fromCharCode(...new Uint8Array(data))) };
  const decode = ({ text, bytes }) => bytes === undefined ? text : Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0)).buffer;
  const electron = {
    contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value }) },
    ipcRenderer: {
      invoke: (channel, data) => window.electronInvoke(channel, data),
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel, own) => listeners.set(channel, (listeners.get(channel) ?? []).filter((each) => each !== own)),
    },
    webUtils: { getPathForFile: (file) => (window.droppedPaths ?? {})[file.name] ?? "" },
  };
  window.electronHear = (channel, value, ids) => {
    const own = ids.map((id) => {
      const { port1, port2 } = new MessageChannel();
      ports.set(id, port1);
      port1.onmessage = ({ data }) => window.electronPort(id, encode(data));
      return port2;
    });
    for (const listener of listeners.get(channel) ?? []) listener({ ports: own }, value);
  };
  window.electronPortSays = (id, data) => ports.get(id)?.postMessage(decode(data));
  window.electronPortCloses = (id) => ports.get(id)?.close();
  const module = { exports: {} };
  ((require, module, exports) => { ${source} })(() => electron, module, module.exports);
})();`;

interface Encoded {
  readonly text?: string;
  readonly bytes?: string;
}

const encoded = (data: unknown): Encoded =>
  typeof data === "string" ? { text: data } : { bytes: Buffer.from(data as Uint8Array).toString("base64") };
const decoded = ({ text, bytes }: Encoded): unknown => {
  if (bytes === undefined) return text;
  const own = Buffer.from(bytes, "base64");
  return own.buffer.slice(own.byteOffset, own.byteOffset + own.byteLength);
};

/** Serves the shell's responses for `app:` and `media:` over HTTP. @returns the origin that stands for both */
async function serveSchemes({ happened }: ElectronDouble): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const isMedia = incoming.url?.startsWith("/media-scheme/") ?? false;
    const url = isMedia ? mediaOrigin + (incoming.url ?? "").slice("/media-scheme".length) : pagesOrigin + incoming.url;
    const controller = new AbortController();
    outgoing.once("close", () => controller.abort());
    const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
    const headers = Object.entries(incoming.headers).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    );
    const request = new Request(url, {
      method: incoming.method ?? "GET",
      headers: headers.filter(([name]) => name !== "connection" && name !== "transfer-encoding"),
      signal: controller.signal,
      ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" } : {}),
    } as RequestInit);
    const handler = happened.protocols.get(isMedia ? "media" : "app");
    void handler?.(request).then(async (answer) => {
      const policy = answer.headers.get("content-security-policy");
      const own = new Headers(answer.headers);
      // Here, media has the same origin as the pages.
      if (policy !== null) own.set("content-security-policy", policy.replace("media-src media:", "media-src 'self'"));
      const isScript = own.get("content-type")?.startsWith("text/javascript") ?? false;
      if (isScript) {
        const text = (await answer.text())
          .replaceAll(mediaOrigin, `${origin}/media-scheme`)
          .replaceAll(pagesOrigin, origin);
        own.delete("content-length");
        outgoing.writeHead(answer.status, Object.fromEntries(own)).end(text);
        return;
      }
      outgoing.writeHead(answer.status, Object.fromEntries(own));
      if (answer.body === null) outgoing.end();
      else
        Readable.fromWeb(answer.body as NodeReadableStream)
          .on("error", () => outgoing.destroy())
          .pipe(outgoing);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return origin;
}

/** Shows windows of the double in Chromium from now on. @returns the page of the newest window */
export async function showWindows(electron: ElectronDouble, options: Parameters<typeof openPage>[0] = {}) {
  preload ??= bundlePreload();
  const source = await preload;
  const origin = await serveSchemes(electron);
  const shown = Promise.withResolvers<Page>();
  const outside = (url: string): string => (url.startsWith(origin) ? pagesOrigin + url.slice(origin.length) : url);
  electron.happened.onWindow = (window) => {
    const { webContents } = window;
    const opening = openWindowPage(window);
    webContents.view = {
      load: async (url) => {
        const page = await opening;
        await page.goto(url.replace(pagesOrigin, origin));
        shown.resolve(page);
      },
      send: async (channel, value, ports) => {
        const page = await opening;
        const ids = ports.map((port) => give(page, port));
        const input = [channel, value ?? null, ids].map((each) => JSON.stringify(each)).join(", ");
        await page.evaluate(`window.electronHear(${input})`).catch(() => undefined);
      },
      close: async () => {
        const page = await opening;
        await page.close().catch(() => undefined);
      },
    };
  };
  const ports = new Map<number, PortDouble>();
  let nextPort = 1;
  const give = (page: Page, port: PortDouble): number => {
    const id = nextPort++;
    ports.set(id, port);
    port.on("message", ({ data }: { readonly data: unknown }) => {
      void page.evaluate(`window.electronPortSays(${id}, ${JSON.stringify(encoded(data))})`).catch(() => undefined);
    });
    port.once("close", () => void page.evaluate(`window.electronPortCloses(${id})`).catch(() => undefined));
    port.start();
    return id;
  };
  const openWindowPage = async (window: BrowserWindowDouble): Promise<Page> => {
    const { webContents } = window;
    const page = await openPage(options);
    await page.exposeFunction("electronInvoke", (channel: string, data: unknown) => {
      const handler = electron.happened.handlers.get(channel);
      return handler?.({ sender: webContents, senderFrame: webContents.mainFrame }, data ?? undefined);
    });
    await page.exposeFunction("electronPort", (id: number, data: Encoded) => ports.get(id)?.postMessage(decoded(data)));
    await page.addInitScript(inPage(source.replaceAll(pagesOrigin, origin)));
    page.on("framenavigated", (frame) => {
      if (frame !== page.mainFrame()) return;
      webContents.mainFrame.url = outside(frame.url());
      webContents.emit("did-navigate-in-page", {}, outside(frame.url()), true);
    });
    return page;
  };
  return { page: () => shown.promise, origin };
}
