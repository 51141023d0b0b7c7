/** The desktop program: sets up its parts in order. Each has its own file. */
import { createDesktopContext } from "./context.ts";
import { setupFirstSignIn } from "./first-sign-in.ts";
import type { ShellFolders } from "./folders.ts";
import { setupDesktopCalls } from "./ipc-handlers.ts";
import { setupMenus } from "./menus.ts";
import { setupNavigation } from "./navigation.ts";
import { setupNotifications } from "./notifications.ts";
import { setupRestoreOffer } from "./offer-restore.ts";
import { setupOpenedFiles } from "./open-files.ts";
import { setupPermissions } from "./permissions.ts";
import { setupQuitting } from "./quitting.ts";
import { setupSchemes } from "./schemes.ts";
import { setupStationNotices } from "./station-notices.ts";
import { setupTray } from "./tray.ts";
import { setupUpdates } from "./updates/setup-updates.ts";

export interface DesktopOptions {
  readonly folders: ShellFolders;
  readonly environment: NodeJS.ProcessEnv;
  /** Files given on the command line. */
  readonly files: readonly string[];
}

export interface DesktopProgram {
  /** Opens recordings in the window as soon as its page accepts them. */
  readonly open: (files: readonly string[]) => void;
  readonly show: () => void;
}

/** Call once Electron is ready. Listeners of the station and the window are subscribed before either starts. */
export async function openDesktop({ folders, environment, files }: DesktopOptions): Promise<DesktopProgram> {
  const ctx = await createDesktopContext(folders, environment);

  setupNavigation(ctx);
  setupPermissions();
  setupSchemes(ctx);

  const tray = setupTray(ctx);
  const quit = setupQuitting(ctx, tray);
  const updates = setupUpdates(ctx, quit);
  setupFirstSignIn(ctx);
  setupStationNotices(ctx);
  setupNotifications(ctx, quit);
  setupRestoreOffer(ctx);

  const menus = setupMenus(ctx);
  const openedFiles = setupOpenedFiles(ctx, files);
  setupDesktopCalls(ctx, { updates, menus, openedFiles });

  ctx.supervisor.start();
  ctx.window.open();
  return { open: (paths) => openedFiles.add(paths), show: () => ctx.window.show() };
}
