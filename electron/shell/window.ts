/** The window: locked down, where it was, and back at the same place when its page dies or hangs. */

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
  /** The person closes it; false keeps it open. */
  readonly mayClose: () => boolean;
}

/** A page that dies more often than this within a minute is not loaded again by itself. */
const maxReloads = 5;

/** Everything that a page could be given and is not (README.md, "Windows"). */
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
  // Ours is Hunspell, in a worker; Chromium's fetches dictionaries from elsewhere.
  spellcheck: false,
  // Timers of the editor go on while the window is behind another one.
  backgroundThrottling: false,
} as const;

/** Asks with the safe answer first; it is also the one of whoever closes the question. @returns whether it is the other */
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
    // Something has not reached the station yet, and the page says so; Electron asks nobody by itself.
    const detail = "The station is away for a moment. What you have done here is kept as soon as it is back.";
    if (isRisked(window, "Something has not been kept yet.", detail, ["Stay", "Leave it"])) event.preventDefault();
  });
  comeBack(window, state, logger);
  void load(window, place);
  return window;
}

/** A page that does not answer for so long hangs: it is not waited for. */
const closingMs = 5_000;

/**
 * Closes a window as a person does: where something has not been kept yet, they are asked.
 * @returns false: they stay
 */
export function closeWindow(window: BrowserWindow | undefined): Promise<boolean> {
  if (window === undefined || window.isDestroyed()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => window.destroy(), closingMs);
    const stayed = (event: Event): void => {
      // The answer stands when everybody has heard of it. (Prevented is the page's wish to stay.)
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
    // The edits are on the disk, and the editor opens where it was.
    if (!window.isDestroyed()) void load(window, state.value.place);
  };
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    if (reason !== "clean-exit") again(reason);
  });
  window.on("unresponsive", () => {
    const detail = "What has been corrected is kept. The station works on.";
    if (!isRisked(window, "The window does not answer.", detail, ["Wait", "Load it again"])) return;
    // It goes by force: an endless loop in the page hears nothing.
    window.webContents.forcefullyCrashRenderer();
  });
}
