/** Quitting while jobs run: the user decides, no process is orphaned, and unfinished work resumes at the next start. */
import { app, type BrowserWindow, dialog, powerMonitor } from "electron";
import type { DesktopContext } from "./context.ts";
import type { Activity } from "./station-messages.ts";
import type { StationSupervisor } from "./station-supervisor.ts";
import type { ActivityIndicators } from "./tray.ts";
import { closeWindow } from "./window.ts";

interface QuitOptions {
  readonly window: () => BrowserWindow | undefined;
  readonly work: () => Activity | undefined;
  readonly supervisor: StationSupervisor;
  readonly onEnd: () => void;
}

/** Handles `app.quit()` from any caller: asks first if jobs are running. */
export function setupQuitting({ window, supervisor, events }: DesktopContext, tray: ActivityIndicators): Quit {
  const quit = new Quit({
    window: () => window.current,
    work: () => tray.work,
    supervisor,
    onEnd: () => events.emit("ending", undefined),
  });
  window.events.on("closeRequested", ({ keepOpen }) => {
    // With a tray to come back by, work goes on without the window; otherwise closing the window quits.
    if (quit.isEnding || tray.hasTray) return;
    keepOpen();
    void quit.begin();
  });
  powerMonitor.on("shutdown", () => void quit.begin(true));
  return quit;
}

type Answer = "stay" | "now" | "drain";

export class Quit {
  readonly #options: QuitOptions;
  #state: "open" | "asking" | "draining" | "ending" | "over" = "open";

  constructor(options: QuitOptions) {
    this.#options = options;
    app.on("before-quit", (event) => {
      if (this.#state === "over") return;
      event.preventDefault();
      void this.begin();
    });
  }

  get isEnding(): boolean {
    return this.#state === "draining" || this.#state === "ending" || this.#state === "over";
  }

  /** Asks if jobs are running, then quits. @param isUrgent the operating system shuts down: does not ask */
  async begin(isUrgent = false): Promise<void> {
    const isDraining = this.#state === "draining";
    if (this.#state !== "open" && !isDraining) return;
    this.#state = "asking";
    try {
      const answer = isUrgent ? "now" : await this.#ask();
      if (answer === "stay") {
        this.#state = isDraining ? "draining" : "open";
        return;
      }
      this.#state = answer === "now" ? "ending" : "draining";
      if (isDraining && answer !== "now") return;
      // Done while the station runs, so that a page's unsent changes arrive; or the user stays.
      if (!isUrgent && !(await this.closeWindow())) {
        this.#state = isDraining ? "draining" : "open";
        return;
      }
      const { supervisor, window, onEnd } = this.#options;
      await supervisor.stop(answer === "drain");
      // Two calls wait for the same end if the user gave up waiting.
      if (this.isOver) return;
      onEnd();
      this.#state = "over";
      window()?.destroy();
      app.quit();
    } finally {
      // If asking failed, the user can ask again.
      if (this.#state === "asking") this.#state = "open";
    }
  }

  /** @returns false: the user stays because there are unsaved changes */
  async closeWindow(): Promise<boolean> {
    const before = this.#state;
    this.#state = "ending";
    const isClosed = await closeWindow(this.#options.window());
    this.#state = before;
    return isClosed;
  }

  private get isOver(): boolean {
    return this.#state === "over";
  }

  async #ask(): Promise<Answer> {
    const running = this.#options.work()?.running ?? 0;
    if (running === 0 || this.#options.supervisor.state.kind !== "ready") return "now";
    const window = this.#options.window();
    const question = {
      type: "question" as const,
      message: running === 1 ? "A job is running." : `${running} jobs are running.`,
      detail: "What has been done is kept: it goes on at the next start where it stops now.",
      buttons: ["Stay", "Quit now", "Quit when it is done"],
      defaultId: 0,
      cancelId: 0,
    };
    const { response } = await (window === undefined
      ? dialog.showMessageBox(question)
      : dialog.showMessageBox(window, question));
    return (["stay", "now", "drain"] as const)[response] ?? "stay";
  }
}
