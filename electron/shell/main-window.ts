/**
 * The program's only window: opened, closed to the tray and reopened. All messages to its page are sent through here.
 */
import type { BrowserWindow, WebContents } from "electron";
import type { Logger } from "../config/logger.ts";
import { type DesktopPushName, type DesktopPushValue, desktopPushes, pagesOrigin } from "../contract/desktop.ts";
import { TypedEvents } from "../platform/typed-events.ts";
import { builtPaths } from "./folders.ts";
import { StateFile } from "./state-file.ts";
import { openMainWindow } from "./window.ts";
import { defaultWindowState, type WindowState, windowStateSchema } from "./window-state.ts";

export interface MainWindowEvents {
  readonly opened: undefined;
  /** The page is loaded and listens. */
  readonly loaded: undefined;
  /** The page is unloaded: another one is loaded, or the same one again. */
  readonly left: undefined;
  /** The user closes the window; a listener can keep it open. */
  readonly closeRequested: { readonly keepOpen: () => void };
  readonly closed: undefined;
}

export class MainWindow {
  readonly events = new TypedEvents<MainWindowEvents>();
  readonly #logger: Logger;
  readonly #state: StateFile<WindowState>;
  #window: BrowserWindow | undefined;

  /** @param stateFile keeps the window's position on the screen */
  constructor(stateFile: string, logger: Logger) {
    this.#logger = logger;
    this.#state = new StateFile(stateFile, windowStateSchema, defaultWindowState);
  }

  /** Undefined while it is closed. */
  get current(): BrowserWindow | undefined {
    return this.#window === undefined || this.#window.isDestroyed() ? undefined : this.#window;
  }

  get contents(): WebContents | undefined {
    return this.current?.webContents;
  }

  /** Sends a push of `desktopPushes` to the page; dropped when there is no window. */
  send<N extends DesktopPushName>(name: N, value: DesktopPushValue<N>): void {
    this.contents?.send(desktopPushes[name].channel, value);
  }

  open(): void {
    const window = openMainWindow({
      preload: builtPaths.preload,
      icon: builtPaths.icon,
      state: this.#state,
      logger: this.#logger,
      mayClose: () => this.#mayClose(),
    });
    this.#window = window;
    window.on("focus", () => window.flashFrame(false));
    window.webContents.on("did-finish-load", () => this.events.emit("loaded", undefined));
    window.webContents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
      // Navigation between screens stays in the same document.
      if (isMainFrame && !isSameDocument) this.events.emit("left", undefined);
    });
    window.on("closed", () => {
      if (this.#window === window) this.#window = undefined;
      this.events.emit("closed", undefined);
    });
    this.events.emit("opened", undefined);
  }

  /** Brings the window to the front; opens it if it is closed. */
  show(): void {
    const { current } = this;
    if (current === undefined) this.open();
    else if (current.isMinimized()) current.restore();
    this.current?.show();
    this.current?.focus();
  }

  /** Reloads the page. @param place the part after `#` of its address; not saved as the last place */
  load(place: string): void {
    void this.current?.loadURL(`${pagesOrigin}/#${place}`).catch(() => undefined);
  }

  /** Brings the window to the front at a place of the pages, such as `/queue`. */
  goTo(place: string): void {
    this.#state.value = { ...this.#state.value, place };
    const isOpen = this.current !== undefined;
    this.show();
    if (isOpen) this.send("onAction", `go ${place}`);
  }

  #mayClose(): boolean {
    let mayClose = true;
    this.events.emit("closeRequested", {
      keepOpen: () => {
        mayClose = false;
      },
    });
    return mayClose;
  }
}
