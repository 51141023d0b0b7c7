/** The main window: sandboxed, at its last position, and reloaded at the same place when its page crashes or hangs. */
import { BrowserWindow, dialog, type Event, screen } from "electron";
import { minuteMs } from "../captions/time/durations.ts";
import type { Logger } from "../config/logger.ts";
import { pagesOrigin } from "../contract/desktop.ts";
import type { StateFile } from "./state-file.ts";
import { placed, toPagePath, type WindowState } from "./window-state.ts";

interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly state: StateFile<WindowState>;
  readonly logger: Logger;
  /** Called when the user closes the window; false keeps it open. */
  readonly mayClose: () => boolean;
}

/** A page that crashes more often than this within a minute is not reloaded automatically. */
const maxReloads = 5;

/** Switches off all capabilities that pages do not need (README.md, "Windows"). */
export const webPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  // Ours is Hunspell, in a worker; Chromium's downloads dictionaries.
  spellcheck: false,
  // The editor's timers keep running while the window is behind another one.
  backgroundThrottling: false,
} as const;

/** Asks with the safe answer as the default and for a closed dialog. @returns whether the other one was chosen */
function isRisked(
  window: BrowserWindow,
  message: string,
  detail: string,
  [safe, risky]: readonly [safe: string, risky: string],
): boolean {
  const question = { type: "warning" as const, message, detail, buttons: [safe, risky], defaultId: 0, cancelId: 0 };
  return dialog.showMessageBoxSync(window, question) === 1;
}

export function openMainWindow({ preload, icon, state, logger, mayClose }: MainWindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { isMaximized, place, x, y, width, height } = placed(state.value, areas);
  const window = new BrowserWindow({
    ...(x === undefined || y === undefined ? {} : { x, y }),
    width,
    height,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    icon,
    backgroundColor: "#242424",
    webPreferences: { ...webPreferences, preload },
  });
  if (isMaximized) window.maximize();
  window.once("ready-to-show", () => window.show());
  const remember = (): void => {
    if (window.isDestroyed()) return;
    const { x, y, width, height } = window.getNormalBounds();
    state.value = { x, y, width, height, isMaximized: window.isMaximized(), place: state.value.place };
  };
  for (const event of ["resized", "moved", "maximize", "unmaximize"] as const) window.on(event as "resized", remember);
  window.on("close", (event) => {
    remember();
    if (!mayClose()) event.preventDefault();
  });
  window.webContents.on("did-navigate-in-page", (_event, url, isMainFrame) => {
    if (isMainFrame) state.value = { ...state.value, place: toPagePath(url) };
  });
  window.webContents.on("will-prevent-unload", (event) => {
    // A change has not reached the station yet, and the page blocks unloading; Electron shows no dialog by itself.
    const detail = "The station is away for a moment. What you have done here is kept as soon as it is back.";
    if (isRisked(window, "Something has not been kept yet.", detail, ["Stay", "Leave it"])) event.preventDefault();
  });
  comeBack(window, state, logger);
  void load(window, place);
  return window;
}

/** A page that does not respond within this time, in milliseconds, hangs: the window is destroyed. */
const closingMs = 5_000;

/**
 * Closes a window as the user does: asks if there are unsaved changes.
 * @returns false: the user stays
 */
export function closeWindow(window: BrowserWindow | undefined): Promise<boolean> {
  if (window === undefined || window.isDestroyed()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => window.destroy(), closingMs);
    const stayed = (event: Event): void => {
      // Read after all listeners have run. (Prevented means that the unload goes ahead.)
      setImmediate(() => (event.defaultPrevented ? undefined : done(false)));
    };
    const closed = (): void => done(true);
    const done = (isClosed: boolean): void => {
      clearTimeout(timer);
      window.off("closed", closed);
      if (!window.isDestroyed()) window.webContents.off("will-prevent-unload", stayed);
      resolve(isClosed);
    };
    window.on("closed", closed);
    window.webContents.on("will-prevent-unload", stayed);
    window.close();
  });
}

const load = (window: BrowserWindow, place: string): Promise<void> =>
  window.loadURL(`${pagesOrigin}/#${place}`).catch(() => undefined);

function comeBack(window: BrowserWindow, state: StateFile<WindowState>, logger: Logger): void {
  const reloads: number[] = [];
  const again = (why: string): void => {
    const now = performance.now();
    reloads.push(now);
    while (reloads.length > 0 && now - (reloads[0] as number) > minuteMs) reloads.shift();
    logger.error("the page is loaded again", { why, times: reloads.length });
    if (reloads.length > maxReloads) {
      dialog.showErrorBox("Archivist", "The window fails again and again. The station works on. Start Archivist anew.");
      return;
    }
    // The edits are on disk, and the editor opens at the same place.
    if (!window.isDestroyed()) void load(window, state.value.place);
  };
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    if (reason !== "clean-exit") again(reason);
  });
  window.on("unresponsive", () => {
    const detail = "What has been corrected is kept. The station works on.";
    if (!isRisked(window, "The window does not answer.", detail, ["Wait", "Load it again"])) return;
    // Crashed by force: a page in an endless loop receives no events.
    window.webContents.forcefullyCrashRenderer();
  });
}
