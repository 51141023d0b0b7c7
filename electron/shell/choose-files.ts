/** The native dialog for recordings; it opens in the folder of the last choice (Electron 43 would open Downloads). */
import { dirname, join } from "node:path";
import { app, type BrowserWindow, dialog } from "electron";
import { z } from "zod";
import type { DesktopContext } from "./context.ts";
import { StateFile } from "./state-file.ts";

const chosenFolderSchema = z.object({ folder: z.string().max(4_096) });

/** @returns a function that asks for recordings; its result is empty if nothing was chosen or there is no window */
export function createFileChooser({ folders, window }: DesktopContext): () => Promise<readonly string[]> {
  const last = new StateFile(join(folders.own, "last-folder.json"), chosenFolderSchema, {
    folder: app.getPath("videos"),
  });
  return async () => (window.current === undefined ? [] : chooseFiles(window.current, last));
}

async function chooseFiles(
  window: BrowserWindow,
  last: StateFile<z.infer<typeof chosenFolderSchema>>,
): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: "Choose recordings",
    defaultPath: last.value.folder,
    properties: ["openFile", "multiSelections"],
    filters: [
      {
        name: "Recordings",
        extensions: [
          "mp4",
          "mov",
          "m4v",
          "mkv",
          "webm",
          "mpg",
          "mpeg",
          "ts",
          "m2ts",
          "mxf",
          "avi",
          "wmv",
          "mp3",
          "wav",
          "m4a",
          "flac",
          "ogg",
        ],
      },
      { name: "All files", extensions: ["*"] },
    ],
  });
  const [first] = filePaths;
  if (canceled || first === undefined) return [];
  last.value = { folder: dirname(first) };
  return filePaths;
}
