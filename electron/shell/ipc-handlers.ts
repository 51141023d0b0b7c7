/** What pages may ask of this program: each call from our own page only, and only what it takes. */
import { type BrowserWindow, MessageChannelMain } from "electron";
import { z } from "zod";
import type { About, MenuAction } from "../contract/desktop.ts";
import type { AuthToken } from "./auth-token.ts";
import { channels } from "./channels.ts";
import { handleCall } from "./ipc-guard.ts";
import { menuSchema } from "./menus.ts";
import type { StationSupervisor } from "./station-supervisor.ts";
import type { Updates } from "./updates/updates.ts";

interface PagesOptions {
  readonly window: () => BrowserWindow | undefined;
  readonly supervisor: StationSupervisor;
  readonly signedIn: AuthToken;
  readonly chooseFiles: () => Promise<readonly string[]>;
  readonly onMenu: (actions: readonly MenuAction[]) => void;
  readonly about: () => About;
  readonly updates: Pick<Updates, "look" | "install" | "postpone">;
  readonly showPrevious: () => void;
}

const nothing = z.undefined();

export function handleDesktopCalls({
  window,
  supervisor,
  signedIn,
  chooseFiles,
  onMenu,
  about,
  updates,
  showPrevious,
}: PagesOptions): void {
  const answer = handleCall(() => window()?.webContents);
  answer(channels.connect, nothing, () => {
    const { port1, port2 } = new MessageChannelMain();
    if (!supervisor.admit(port1, signedIn.token)) return false;
    window()?.webContents.postMessage(channels.port, null, [port2]);
    return true;
  });
  answer(channels.chooseFiles, nothing, chooseFiles);
  answer(channels.setMenu, menuSchema, onMenu);
  answer(channels.about, nothing, about);
  answer(channels.checkForUpdate, nothing, () => updates.look());
  // It may wait for hours.
  answer(channels.installUpdate, nothing, () => void updates.install());
  answer(channels.postponeUpdate, nothing, () => updates.postpone());
  answer(channels.showPrevious, nothing, showPrevious);
  answer(channels.reopen, nothing, () => supervisor.reopen());
}
