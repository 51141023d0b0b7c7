/**
 * Exposes the desktop program to pages: one frozen object with named functions, generated from the table of desktop
 * calls. Nothing of Electron itself is passed on, no event object and no channel name
 * (shell/README.md, "Calls of pages").
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from "electron";
import {
  type Desktop,
  type DesktopCalls,
  type DesktopListeners,
  desktopCalls,
  desktopPushes,
  pagesOrigin,
  portChannel,
  portMessage,
} from "./contract/desktop.ts";

/** Only what the table declares is sent: extra arguments are dropped. */
const calls = Object.fromEntries(
  Object.entries(desktopCalls).map(([name, call]) => [
    name,
    "input" in call
      ? (input: unknown) => ipcRenderer.invoke(call.channel, input)
      : () => ipcRenderer.invoke(call.channel),
  ]),
) as DesktopCalls;

/** Passes on the value without the Electron event. */
const listeners = Object.fromEntries(
  Object.entries(desktopPushes).map(([name, { channel }]) => [
    name,
    (listener: (value: unknown) => void) => {
      const own = (_event: IpcRendererEvent, value: unknown): void => listener(value);
      ipcRenderer.on(channel, own);
      return () => void ipcRenderer.off(channel, own);
    },
  ]),
) as DesktopListeners;

const desktop: Desktop<File> = Object.freeze({
  ...calls,
  ...listeners,
  getFilePath: (file: File) => webUtils.getPathForFile(file),
});

/** The page's window, typed here because Node's types do not include it. */
const page = globalThis as unknown as {
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

// Ports cannot cross the context bridge: they are sent as a window message, to our own pages only.
ipcRenderer.on(portChannel, ({ ports }) => {
  page.postMessage({ kind: portMessage }, pagesOrigin, ports);
});

contextBridge.exposeInMainWorld("archivist", desktop);
