/** Lists and changes settings. */
import type { SettingCredentials } from "../config/setting-credentials.ts";
import { getSetting, putSetting } from "../config/setting-tree.ts";
import { checkSettings, loadSettings, readSettingsFile, writeSettingsFile } from "../config/settings.ts";
import { ArchivistError } from "../contract/errors.ts";
import { declareSettings, type SettingDeclaration, type Settings } from "../contract/settings.ts";

export interface SettingView extends SettingDeclaration {
  readonly value: unknown;
  /** Environment variable that sets it; undefined: none does. */
  readonly fromEnvironment: string | undefined;
  /** Who signs in at the address that the value is; undefined: nobody does. The secret is never given back. */
  readonly signInName: string | undefined;
}

type Tree = Record<string, Record<string, unknown>>;

/** The settings that will apply after the next start. @throws ArchivistError `settings.*` */
export const settingsOnDisk = (file: string, environment: NodeJS.ProcessEnv): Settings =>
  loadSettings(file, environment);

/** @param settings the current ones, or those after the next start */
export function listSettings(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  credentials: SettingCredentials,
): readonly SettingView[] {
  return declareSettings().map((declaration) => {
    const text = environment[declaration.variable];
    const isSet = text !== undefined && text.trim() !== "";
    const value = getSetting(settings, declaration.key);
    const isAddress = declaration.mayHoldCredentials === true && typeof value === "string";
    return {
      ...declaration,
      value,
      fromEnvironment: isSet ? declaration.variable : undefined,
      signInName: isAddress ? credentials.findUser(declaration.key, value) : undefined,
    };
  });
}

/**
 * Writes settings to the file, and keeps its other content. Nothing is written unless all values are valid. Users and
 * secrets in addresses go to the secret store.
 * @param values by key; null restores the default
 * @throws ArchivistError `settings.*`, `secret.*`, `disk.full`, `folder.not-writable`
 */
export async function changeSettings(
  file: string,
  values: Readonly<Record<string, unknown>>,
  credentials: SettingCredentials,
): Promise<void> {
  const known = new Map(declareSettings().map((declaration) => [declaration.key, declaration]));
  const tree = readSettingsFile(file) as Tree;
  for (const [key, value] of Object.entries(values)) {
    const declaration = known.get(key);
    if (declaration === undefined) {
      throw new ArchivistError("settings.invalid", { subject: key, cause: "there is no such setting" });
    }
    const [group = "", name = ""] = key.split(".");
    const inner = { ...tree[group] };
    // Null is stored as a value unless the default is something else.
    if (value === null && declaration.defaultValue !== null) delete inner[name];
    else inner[name] = value;
    tree[group] = inner;
    if (Object.keys(inner).length === 0) delete tree[group];
  }
  checkSettings(tree, file);
  for (const key of Object.keys(values)) {
    if (known.get(key)?.mayHoldCredentials !== true) continue;
    const value = getSetting(tree, key);
    const address = await credentials.keep(key, value);
    if (value !== undefined) putSetting(tree, key, address);
  }
  await writeSettingsFile(file, tree);
}
