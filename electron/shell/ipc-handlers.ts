/** The handlers of the desktop calls, one for each row of `contract/desktop.ts`. */
import { app, MessageChannelMain } from "electron";
import { type About, portChannel } from "../contract/desktop.ts";
import { createFileChooser } from "./choose-files.ts";
import type { DesktopContext } from "./context.ts";
import { handleDesktopCalls } from "./ipc-guard.ts";
import type { Menus } from "./menus.ts";
import type { OpenedFiles } from "./open-files.ts";
import type { DesktopUpdates } from "./updates/setup-updates.ts";

interface DesktopCallDeps {
  readonly updates: DesktopUpdates;
  readonly menus: Menus;
  readonly openedFiles: OpenedFiles;
}

export function setupDesktopCalls(ctx: DesktopContext, { updates, menus, openedFiles }: DesktopCallDeps): void {
  const { window, supervisor } = ctx;
  handleDesktopCalls(() => window.contents, {
    connect: () => openPort(ctx),
    chooseFiles: createFileChooser(ctx),
    setMenu: (actions) => {
      menus.show(actions);
      // The page sends its menu after sign-in: from then on it accepts files.
      openedFiles.taker = (paths) => window.send("onFiles", paths);
    },
    about: () => describeProgram(ctx, updates),
    reopen: () => supervisor.reopen(),
    checkForUpdate: () => updates.service.check(),
    // Not awaited: it may wait for hours.
    installUpdate: () => void updates.service.install(),
    postponeUpdate: () => updates.service.postpone(),
    showPrevious: () => updates.showPrevious(),
  });
}

/** @returns false while the station is away */
function openPort({ window, supervisor, authToken }: DesktopContext): boolean {
  const { port1, port2 } = new MessageChannelMain();
  if (!supervisor.admit(port1, authToken.token)) return false;
  window.contents?.postMessage(portChannel, null, [port2]);
  return true;
}

const describeProgram = ({ folders, hasKeyring }: DesktopContext, updates: DesktopUpdates): About => ({
  version: app.getVersion(),
  electron: process.versions.electron ?? "",
  chromium: process.versions.chrome ?? "",
  node: process.versions.node,
  dataFolder: folders.data,
  hasKeyring,
  update: updates.service.notice,
  previous: updates.getPrevious()?.version ?? null,
});
