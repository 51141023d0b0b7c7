/**
 * The two schemes of our own, instead of `file:` (electron-security.md §1, 18): `app:` for the pages and what they ask
 * the station for, `media:` for recordings. Neither bypasses the pages' policy.
 */
import { protocol } from "electron";

/** Before the program is ready; can be done once. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    { scheme: "media", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}
