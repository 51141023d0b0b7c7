/**
 * What pages may use of the machine: the clipboard, to write, and the full screen. Electron allows everything that is
 * not refused, and asks in two ways (electron-security.md §1, 5).
 */
import type { Session } from "electron";
import { isOwnPage } from "./external-links.ts";

const allowed: ReadonlySet<string> = new Set(["clipboard-sanitized-write", "fullscreen"]);

/** @param url of whoever asks */
export const mayUse = (permission: string, url: string | undefined): boolean =>
  allowed.has(permission) && url !== undefined && isOwnPage(url);

export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(mayUse(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin, { requestingUrl }) =>
    mayUse(permission, requestingUrl ?? origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}
