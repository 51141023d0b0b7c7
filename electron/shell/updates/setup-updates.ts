/** Connects updates of the program to the window, the station and the page. */
import { join } from "node:path";
import { app, shell } from "electron";
import { z } from "zod";
import type { DesktopContext } from "../context.ts";
import { builtPaths } from "../folders.ts";
import type { Quit } from "../quitting.ts";
import { StateFile } from "../state-file.ts";
import { readFeed } from "./feed.ts";
import { keepInstaller, previousInstaller } from "./installers.ts";
import { Updates } from "./updates.ts";

export interface DesktopUpdates {
  readonly service: Updates;
  /** The installer of the previous version, if it still exists. */
  readonly getPrevious: () => ReturnType<typeof previousInstaller>;
  /** Shows it in the file manager. */
  readonly showPrevious: () => void;
}

export function setupUpdates(
  { folders, logger, events, window, supervisor }: DesktopContext,
  quit: Quit,
): DesktopUpdates {
  const installers = join(folders.own, "installers");
  const feed = readFeed(builtPaths.updates);
  const seen = new StateFile(join(folders.own, "updates-seen.json"), z.number().int().nonnegative(), 0);
  const service = new Updates({
    // Loaded when it is first needed: most starts do not need it.
    updater:
      feed === undefined
        ? undefined
        : async () => (await import("./signed-updater.ts")).signedUpdater(feed, logger, seen),
    prepare: () => supervisor.prepare(),
    stop: async () => {
      if (!(await quit.closeWindow())) return false;
      await supervisor.stop(false);
      return true;
    },
    start: () => {
      supervisor.start();
      window.show();
    },
    onDownloaded: (file, version) => keepInstaller(installers, file, version, app.getVersion()),
    onState: (notice) => window.send("onUpdate", notice),
    logger,
  });
  supervisor.events.on("stateChanged", (state) => {
    if (state.kind === "ready") service.automatic(state.station.checksForUpdates);
  });
  supervisor.events.on("activity", ({ running }) => service.worked(running));
  window.events.on("loaded", () => window.send("onUpdate", service.notice));
  events.on("ending", () => service.close());

  const getPrevious: DesktopUpdates["getPrevious"] = () => {
    const { notice } = service;
    return previousInstaller(installers, [app.getVersion(), ...("version" in notice ? [notice.version] : [])]);
  };
  const showPrevious = (): void => {
    const installer = getPrevious();
    if (installer !== undefined) shell.showItemInFolder(installer.path);
  };
  return { service, getPrevious, showPrevious };
}
