/** The desktop program's notices above the current screen; a browser has none. */
import { desktop } from "../station/desktop.ts";
import { StationNotice } from "./station-notice.tsx";
import { UpdateNotice } from "./update-notice.tsx";

export function DesktopNotices() {
  if (desktop === undefined) return null;
  return (
    <>
      <StationNotice />
      <UpdateNotice />
    </>
  );
}
