/**
 * What pages see of the program around them: one frozen object with named functions. Nothing of Electron itself is
 * passed on, no event object and no channel name (electron-security.md §1, 20).
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from "electron";
import {
  type About,
  type Desktop,
  pagesOrigin,
  portMessage,
  type StationNotice,
  type UpdateNotice,
} from "./contract/desktop.ts";
import { channels } from "./shell/channels.ts";

/** Passes on what comes, without the event that it came with. */
function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const own = (_event: IpcRendererEvent, value: T): void => listener(value);
  ipcRenderer.on(channel, own);
  return () => void ipcRenderer.off(channel, own);
}

const desktop: Desktop<File> = Object.freeze({
  connect: () => ipcRenderer.invoke(channels.connect) as Promise<boolean>,
  getFilePath: (file: File) => webUtils.getPathForFile(file),
  chooseFiles: () => ipcRenderer.invoke(channels.chooseFiles) as Promise<readonly string[]>,
  setMenu: (actions: Parameters<Desktop["setMenu"]>[0]) =>
    ipcRenderer.invoke(channels.setMenu, actions) as Promise<void>,
  about: () => ipcRenderer.invoke(channels.about) as Promise<About>,
  reopen: () => ipcRenderer.invoke(channels.reopen) as Promise<void>,
  checkForUpdate: () => ipcRenderer.invoke(channels.checkForUpdate) as Promise<UpdateNotice>,
  installUpdate: () => ipcRenderer.invoke(channels.installUpdate) as Promise<void>,
  postponeUpdate: () => ipcRenderer.invoke(channels.postponeUpdate) as Promise<void>,
  showPrevious: () => ipcRenderer.invoke(channels.showPrevious) as Promise<void>,
  onAction: (listener: (id: string) => void) => listen(channels.action, listener),
  onFiles: (listener: (paths: readonly string[]) => void) => listen(channels.files, listener),
  onStation: (listener: (notice: StationNotice) => void) => listen(channels.station, listener),
  onUpdate: (listener: (notice: UpdateNotice) => void) => listen(channels.update, listener),
});

/** The window that the pages see; its types are none of Node's. */
const page = globalThis as unknown as {
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

// Ports cannot pass the bridge: they go as a message of the window, to our own pages only.
ipcRenderer.on(channels.port, ({ ports }) => {
  page.postMessage({ kind: portMessage }, pagesOrigin, ports);
});

contextBridge.exposeInMainWorld("archivist", desktop);
