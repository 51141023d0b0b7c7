/** Asks whether to restore the newest backup when the catalog cannot be read, or not by this version. */
import { dialog } from "electron";
import { listBackups } from "../catalog/restore.ts";
import { describeDataFolder } from "../config/data-folder.ts";
import type { DesktopContext } from "./context.ts";
import type { StationState } from "./station-supervisor.ts";

/** Messages for the errors where a backup may help, by code. */
const messages: Readonly<Record<string, string>> = {
  "catalog.unreadable": "The catalog cannot be read.",
  "catalog.newer": "The catalog was written by a newer Archivist.",
};

export function setupRestoreOffer(ctx: DesktopContext): void {
  ctx.supervisor.events.on("stateChanged", (state) => void offerRestore(state, ctx));
}

/** Asks before anything is replaced; the old catalog stays beside the backups. */
async function offerRestore(state: StationState, { folders, window, supervisor }: DesktopContext): Promise<void> {
  const [newest] = listBackups(describeDataFolder(folders.data).backups);
  if (state.kind !== "failed" || newest === undefined) return;
  const message = messages[state.problem.code];
  if (message === undefined) return;
  const question = {
    type: "warning" as const,
    message,
    detail:
      `The newest backup was made on ${new Date(newest.date).toLocaleString("en")}. The newest one that this Archivist ` +
      "can open can take the catalog's place: what has been done since then is missing in it. What is there now is " +
      "kept beside the backups.",
    buttons: ["Leave everything as it is", "Restore the backup"],
    defaultId: 0,
    cancelId: 0,
  };
  const { current } = window;
  const { response } = await (current === undefined
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(current, question));
  // Restores the newest intact backup, which may be older than the newest.
  if (response === 1) await supervisor.reopen("newest");
}
