/**
 * Permissions of pages: writing to the clipboard, and full screen. Electron allows everything that is not refused, and
 * has two separate handlers for it (README.md, "Permissions").
 */
import { session } from "electron";
import { isOwnPage } from "./external-links.ts";

const allowed: ReadonlySet<string> = new Set(["clipboard-sanitized-write", "fullscreen"]);

/** @param url of the requesting page */
export const mayUse = (permission: string, url: string | undefined): boolean =>
  allowed.has(permission) && url !== undefined && isOwnPage(url);

export function setupPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(mayUse(permission, requestingUrl)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission, origin, { requestingUrl }) =>
    mayUse(permission, requestingUrl ?? origin),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}
