/** A catalog that cannot be read, or not by this version: a person is asked whether the newest backup is to take its place. */
import { type BrowserWindow, dialog } from "electron";
import { listBackups } from "../catalog/restore.ts";
import type { StationState, StationSupervisor } from "./station-supervisor.ts";

interface OfferOptions {
  readonly window: () => BrowserWindow | undefined;
  readonly supervisor: StationSupervisor;
  /** Folder of the backups. */
  readonly backups: string;
}

/** What is wrong, where a backup may help. */
const messages: Readonly<Record<string, string>> = {
  "catalog.unreadable": "The catalog cannot be read.",
  "catalog.newer": "The catalog was written by a newer Archivist.",
};

/** Asked before anything is replaced (electron-security.md §9); what was there stays beside the backups. */
export async function offerRestore(state: StationState, { window, supervisor, backups }: OfferOptions): Promise<void> {
  const [newest] = listBackups(backups);
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
  const own = window();
  const { response } = await (own === undefined
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(own, question));
  // The newest that is whole: an older one where it is not.
  if (response === 1) await supervisor.reopen("newest");
}
