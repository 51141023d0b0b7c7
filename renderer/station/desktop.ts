/** The desktop program around the pages; in a browser there is none. */
import { create } from "zustand";
import { type Desktop, mediaOrigin, type StationNotice, type UpdateNotice } from "../../electron/contract/desktop.ts";

export const desktop = (globalThis as { readonly archivist?: Desktop<File> }).archivist;

/** Where a recording is played from. @param path as the station names it */
export const mediaUrl = (path: string): string => (desktop === undefined ? path : mediaOrigin + path);

/** What the program has said of the station last. */
export const useStationNotice = create<StationNotice>()((set) => {
  desktop?.onStation((notice) => set(notice, true));
  return { kind: "starting" };
});

/** How it stands with a newer version of the program. */
export const useUpdateNotice = create<UpdateNotice>()((set) => {
  desktop?.onUpdate((notice) => set(notice, true));
  return { kind: "none" };
});
