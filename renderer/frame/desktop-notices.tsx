/** What the desktop program has to say above whatever is shown; in a browser there is nothing. */
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
