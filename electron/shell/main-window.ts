/** The one window of the program: opened, closed to the tray, opened again; what its page is sent goes through here. */
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
  /** The page is there and listens. */
  readonly loaded: undefined;
  /** The page goes: another one is loaded, or the same one again. */
  readonly left: undefined;
  /** A person closes the window; it stays open where a listener asks for that. */
  readonly closeRequested: { readonly keepOpen: () => void };
  readonly closed: undefined;
}

export class MainWindow {
  readonly events = new TypedEvents<MainWindowEvents>();
  readonly #logger: Logger;
  readonly #state: StateFile<WindowState>;
  #window: BrowserWindow | undefined;

  /** @param stateFile where its place on the screen is kept */
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

  /** Sends a row of `desktopPushes` to the page; without a window it is lost. */
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
      // Going from screen to screen stays in the same document.
      if (isMainFrame && !isSameDocument) this.events.emit("left", undefined);
    });
    window.on("closed", () => {
      if (this.#window === window) this.#window = undefined;
      this.events.emit("closed", undefined);
    });
    this.events.emit("opened", undefined);
  }

  /** Brings it to the front, opened where it was closed. */
  show(): void {
    const { current } = this;
    if (current === undefined) this.open();
    else if (current.isMinimized()) current.restore();
    this.current?.show();
    this.current?.focus();
  }

  /** Loads the page anew. @param place what stands behind the `#` of its address; it is not kept as the last place */
  load(place: string): void {
    void this.current?.loadURL(`${pagesOrigin}/#${place}`).catch(() => undefined);
  }

  /** Brings it to the front, at a place of the pages: `/queue`. */
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
