/** The interface to the desktop program; a browser has none. */
import { create } from "zustand";
import { type Desktop, mediaOrigin, type StationNotice, type UpdateNotice } from "../../electron/contract/desktop.ts";

export const desktop = (globalThis as { readonly archivist?: Desktop<File> }).archivist;

/** URL from which a recording is played. @param path the path that the station returned */
export const mediaUrl = (path: string): string => (desktop === undefined ? path : mediaOrigin + path);

/** The desktop program's latest notice about the station. */
export const useStationNotice = create<StationNotice>()((set) => {
  desktop?.onStation((notice) => set(notice, true));
  return { kind: "starting" };
});

/** The state of updates of the desktop program. */
export const useUpdateNotice = create<UpdateNotice>()((set) => {
  desktop?.onUpdate((notice) => set(notice, true));
  return { kind: "none" };
});
