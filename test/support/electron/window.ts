/** Windows without a screen: what the shell does with them can be seen, and what people and systems do, told. */
import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, WindowOpenHandlerResponse } from "electron";
import type { PortDouble } from "./ports.ts";

export interface FrameDouble {
  url: string;
}

/** What really shows the pages of a window, where something does. */
export interface PageView {
  load(url: string): Promise<void>;
  send(channel: string, value: unknown, ports: readonly PortDouble[]): Promise<void>;
  close(): Promise<void>;
}

let nextId = 1;

export class WebContentsDouble extends EventEmitter {
  readonly id = nextId++;
  readonly mainFrame: FrameDouble = { url: "about:blank" };
  readonly sent: { readonly channel: string; readonly value: unknown }[] = [];
  readonly ports: PortDouble[] = [];
  readonly loaded: string[] = [];
  openHandler: ((details: { readonly url: string }) => WindowOpenHandlerResponse) | undefined;
  view: PageView | undefined;
  wasCrashed = false;

  setWindowOpenHandler(handler: (details: { readonly url: string }) => WindowOpenHandlerResponse): void {
    this.openHandler = handler;
  }

  send(channel: string, value: unknown): void {
    this.sent.push({ channel, value });
    void this.view?.send(channel, value, []);
  }

  postMessage(channel: string, value: unknown, transfer: readonly PortDouble[] = []): void {
    this.sent.push({ channel, value });
    this.ports.push(...transfer);
    void this.view?.send(channel, value, transfer);
  }

  async load(url: string): Promise<void> {
    this.loaded.push(url);
    this.mainFrame.url = url;
    this.emit("did-start-loading");
    await this.view?.load(url);
    this.emit("did-finish-load");
  }

  forcefullyCrashRenderer(): void {
    this.wasCrashed = true;
    this.emit("render-process-gone", {}, { reason: "killed", exitCode: 9 });
  }
}

/** An event that can be prevented, as Electron's can. */
export const preventable = (more: object = {}) => {
  const event = {
    ...more,
    isPrevented: false,
    preventDefault: () => {
      event.isPrevented = true;
    },
  };
  return event;
};

export class BrowserWindowDouble extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new WebContentsDouble();
  progress = -1;
  isShown = false;
  #isDestroyed = false;
  #isMaximized = false;
  isFocusedNow = false;
  bounds: { x: number; y: number; width: number; height: number };

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.bounds = {
      x: options.x ?? 10,
      y: options.y ?? 10,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.load(url);
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.isFocusedNow = true;
  }
  isFocused(): boolean {
    return this.isFocusedNow;
  }
  flashFrame(): void {
    // There is no frame that could flash.
  }
  maximize(): void {
    this.#isMaximized = true;
  }
  isMaximized(): boolean {
    return this.#isMaximized;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {
    this.isShown = true;
  }
  getNormalBounds() {
    return this.bounds;
  }
  setProgressBar(progress: number): void {
    this.progress = progress;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** A person closes it. @returns whether it is closed */
  closeByPerson(): boolean {
    const event = preventable();
    this.emit("close", event);
    if (event.isPrevented) return false;
    this.#isDestroyed = true;
    void this.webContents.view?.close();
    this.emit("closed");
    return true;
  }
}
