/** A catalog that cannot be read: a person is asked whether the newest backup is to take its place. */
import { type BrowserWindow, dialog } from "electron";
import { listBackups } from "../catalog/restore.ts";
import type { StationState, StationSupervisor } from "./station-supervisor.ts";

interface OfferOptions {
  readonly window: () => BrowserWindow | undefined;
  readonly supervisor: StationSupervisor;
  /** Folder of the backups. */
  readonly backups: string;
}

/** Asked before anything is replaced (electron-security.md §9); what was there stays beside the backups. */
export async function offerRestore(state: StationState, { window, supervisor, backups }: OfferOptions): Promise<void> {
  const [newest] = listBackups(backups);
  if (state.kind !== "failed" || state.problem.code !== "catalog.unreadable" || newest === undefined) return;
  const question = {
    type: "warning" as const,
    message: "The catalog cannot be read.",
    detail:
      `The newest backup was made on ${new Date(newest.date).toLocaleString("en")}. It can take the catalog's place; ` +
      "what is there now is kept beside the backups.",
    buttons: ["Leave everything as it is", "Restore the backup"],
    defaultId: 0,
    cancelId: 0,
  };
  const own = window();
  const { response } = await (own === undefined
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(own, question));
  // The newest that is whole: an older one where it is not.
  if (response === 1) await supervisor.reopen("newest");
}
