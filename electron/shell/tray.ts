/** Shows the state of the work outside of the window (tray and taskbar), and keeps the machine awake while jobs run. */
import { app, type BrowserWindow, Menu, type NativeImage, nativeImage, powerSaveBlocker, Tray } from "electron";
import type { DesktopContext } from "./context.ts";
import { builtPaths } from "./folders.ts";
import type { Activity } from "./station-messages.ts";
import type { StationState } from "./station-supervisor.ts";

interface ActivityIndicatorOptions {
  readonly icon: NativeImage;
  readonly window: () => BrowserWindow | undefined;
  readonly onShow: () => void;
  readonly onQuit: () => void;
}

export function setupTray({ window, supervisor, events }: DesktopContext): ActivityIndicators {
  const indicators = new ActivityIndicators({
    icon: nativeImage.createFromPath(builtPaths.icon),
    window: () => window.current,
    onShow: () => window.show(),
    onQuit: () => app.quit(),
  });
  supervisor.events.on("stateChanged", ({ kind }) => indicators.setStation(kind));
  supervisor.events.on("activity", (activity) => indicators.setActivity(activity));
  events.on("ending", () => indicators.close());
  return indicators;
}

const noProgress = -1;

/** Formats the state of the work in one line. */
export function workLine(work: Activity | undefined, station: StationState["kind"]): string {
  if (station === "failed") return "The station could not be opened";
  if (station === "away" || station === "starting") return "The station is being started";
  if (work === undefined || work.running + work.queued === 0) return "Nothing to do";
  const parts = [
    work.running > 0
      ? `${work.running} running${work.progress === null ? "" : `, ${Math.floor(work.progress * 100)} %`}`
      : "",
    work.queued > 0 ? `${work.queued} waiting` : "",
    work.isPaused ? "paused" : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

export class ActivityIndicators {
  readonly #options: ActivityIndicatorOptions;
  readonly #tray: Tray | undefined;
  #blocker: number | undefined;
  #work: Activity | undefined;
  #station: StationState["kind"] = "starting";

  constructor(options: ActivityIndicatorOptions) {
    this.#options = options;
    this.#tray = makeTray(options.icon);
    this.#tray?.on("click", options.onShow);
    this.#show();
  }

  get work(): Activity | undefined {
    return this.#work;
  }

  /** The window can be closed and reopened from the tray. */
  get hasTray(): boolean {
    return this.#tray !== undefined;
  }

  setActivity(work: Activity): void {
    this.#work = work;
    this.#keepAwake(work.running > 0);
    this.#show();
  }

  setStation(state: StationState["kind"]): void {
    this.#station = state;
    // Without a station, no job is running.
    if (state !== "ready") this.#keepAwake(false);
    this.#show();
  }

  close(): void {
    this.#keepAwake(false);
    this.#tray?.destroy();
  }

  /** A machine that goes to sleep at night would delay the captions. The screen may turn off. */
  #keepAwake(isWorking: boolean): void {
    if (isWorking && this.#blocker === undefined) this.#blocker = powerSaveBlocker.start("prevent-app-suspension");
    else if (!isWorking && this.#blocker !== undefined) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = undefined;
    }
  }

  #show(): void {
    const line = workLine(this.#work, this.#station);
    this.#tray?.setToolTip(`Archivist: ${line}`);
    const { onShow, onQuit } = this.#options;
    this.#tray?.setContextMenu(
      Menu.buildFromTemplate([
        { label: line, enabled: false },
        { type: "separator" },
        { label: "Show Archivist", click: onShow },
        { label: "Quit", click: onQuit },
      ]),
    );
    const window = this.#options.window();
    if (window === undefined) return;
    const progress = this.#station === "ready" ? (this.#work?.progress ?? null) : null;
    window.setProgressBar(progress ?? noProgress, { mode: this.#work?.isPaused === true ? "paused" : "normal" });
  }
}

/** In pixels: macOS shows an icon at its full size. */
const traySize = process.platform === "darwin" ? 18 : 32;

/** A desktop without a tray is not an error. */
function makeTray(icon: NativeImage): Tray | undefined {
  try {
    return new Tray(icon.resize({ width: traySize, height: traySize }));
  } catch {
    return undefined;
  }
}
