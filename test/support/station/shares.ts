import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ShareSettings } from "../../../electron/contract/settings/shares.ts";
import { type Settings, settingsSchema } from "../../../electron/contract/settings.ts";
import { ShareProbe } from "../../../electron/shares/share-probe.ts";

/** A share in a folder, without a mount. */
export function folderShare(path: string, label: string, role: ShareSettings["role"] = "active"): ShareSettings {
  return { path, label, role, mountCommand: null, mustBeMounted: false };
}

export const quickProbe = (): ShareProbe => new ShareProbe({ deadlineMs: 60_000 });

/** Complete settings from a partial object. */
export function settingsWith(values: unknown): Settings {
  return settingsSchema.parse(values);
}

/** Writes a file on a share, creating folders as needed. @param secondsOld age of the last change */
export function put(share: string, path: string, content: string | Buffer = path, secondsOld = 3_600): string {
  const file = join(share, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  const time = Date.now() / 1000 - secondsOld;
  utimesSync(file, time, time);
  return file;
}
