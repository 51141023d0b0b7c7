/** The desktop program around the pages; in a browser there is none. */
import { create } from "zustand";
import { type Desktop, mediaOrigin, type StationNotice } from "../../electron/contract/desktop.ts";

export const desktop = (globalThis as { readonly archivist?: Desktop<File> }).archivist;

/** Where a recording is played from. @param path as the station names it */
export const mediaUrl = (path: string): string => (desktop === undefined ? path : mediaOrigin + path);

/** What the program has said of the station last. */
export const useStationNotice = create<StationNotice>()((set) => {
  desktop?.onStation((notice) => set(notice, true));
  return { kind: "starting" };
});
