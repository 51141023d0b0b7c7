/**
 * Windows without a screen: tests can inspect what the shell does with them, and simulate actions of people and the
 * system.
 */
import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, WindowOpenHandlerResponse } from "electron";
import type { PortDouble } from "./ports.ts";

export interface FrameDouble {
  url: string;
}

/** Displays the pages of a window in a real browser, if one is attached. */
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
  /** The page has unsaved work and prevents being left. */
  wantsToStay = false;
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
    this.emit("did-start-navigation", { isMainFrame: true, isSameDocument: false });
    await this.view?.load(url);
    this.emit("did-finish-load");
  }

  forcefullyCrashRenderer(): void {
    this.wasCrashed = true;
    this.emit("render-process-gone", {}, { reason: "killed", exitCode: 9 });
  }
}

/** An event with `preventDefault`, like Electron's. */
export const preventable = (more: object = {}) => {
  const event = {
    ...more,
    isPrevented: false,
    defaultPrevented: false,
    preventDefault: () => {
      event.isPrevented = true;
      event.defaultPrevented = true;
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
    this.#requireAlive();
    return this.webContents.load(url);
  }
  show(): void {
    this.#requireAlive();
    this.isShown = true;
  }
  focus(): void {
    this.#requireAlive();
    this.isFocusedNow = true;
  }
  isFocused(): boolean {
    this.#requireAlive();
    return this.isFocusedNow;
  }
  flashFrame(): void {
    this.#requireAlive();
    // There is no frame that could flash.
  }
  maximize(): void {
    this.#requireAlive();
    this.#isMaximized = true;
  }
  isMaximized(): boolean {
    this.#requireAlive();
    return this.#isMaximized;
  }
  isMinimized(): boolean {
    this.#requireAlive();
    return false;
  }
  restore(): void {
    this.#requireAlive();
    this.isShown = true;
  }
  getNormalBounds() {
    this.#requireAlive();
    return this.bounds;
  }
  setProgressBar(progress: number): void {
    this.#requireAlive();
    this.progress = progress;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** Closes the window from the program; the page is asked as well. */
  close(): void {
    this.#requireAlive();
    this.closeByPerson();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    void this.webContents.view?.close();
    this.emit("closed");
  }

  #requireAlive(): void {
    if (this.#isDestroyed) throw new TypeError("Object has been destroyed");
  }

  /** Closes the window as a person does. @returns Whether it was closed */
  closeByPerson(): boolean {
    const event = preventable();
    this.emit("close", event);
    if (event.isPrevented) return false;
    const leaves = preventable();
    if (this.webContents.wantsToStay) this.webContents.emit("will-prevent-unload", leaves);
    // The page wants to stay unless the shell prevented `will-prevent-unload`.
    if (this.webContents.wantsToStay && !leaves.isPrevented) return false;
    this.destroy();
    return true;
  }
}
