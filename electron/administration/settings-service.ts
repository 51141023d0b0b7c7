/** Lists and changes settings. */
import { readFile } from "node:fs/promises";
import { checkSettings, loadSettings } from "../config/settings.ts";
import { ArchivistError } from "../contract/errors.ts";
import { declareSettings, type SettingDeclaration, type Settings } from "../contract/settings.ts";
import { writeFileAtomic } from "../platform/atomic-write.ts";
import { getErrno } from "../platform/file-errors.ts";

export interface SettingView extends SettingDeclaration {
  readonly value: unknown;
  /** Environment variable that sets it; undefined: none does. */
  readonly fromEnvironment: string | undefined;
}

type Tree = Record<string, Record<string, unknown>>;

/** The settings that will apply after the next start. @throws ArchivistError `settings.*` */
export const settingsOnDisk = (file: string, environment: NodeJS.ProcessEnv): Settings =>
  loadSettings(file, environment);

/** @param settings the current ones, or those after the next start */
export function listSettings(settings: Settings, environment: NodeJS.ProcessEnv): readonly SettingView[] {
  const tree: Readonly<Tree> = settings;
  return declareSettings().map((declaration) => {
    const [group = "", name = ""] = declaration.key.split(".");
    const text = environment[declaration.variable];
    const isSet = text !== undefined && text.trim() !== "";
    return { ...declaration, value: tree[group]?.[name], fromEnvironment: isSet ? declaration.variable : undefined };
  });
}

/**
 * Writes settings to the file, and keeps its other content. Nothing is written unless all values are valid.
 * @param values by key; null restores the default
 * @throws ArchivistError `settings.*`, `disk.full`, `folder.not-writable`
 */
export async function changeSettings(file: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  const known = new Map(declareSettings().map((declaration) => [declaration.key, declaration]));
  const tree = await readTree(file);
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
  await writeFileAtomic(file, `${JSON.stringify(tree, undefined, 2)}\n`);
}

async function readTree(file: string): Promise<Tree> {
  try {
    return JSON.parse((await readFile(file, "utf8")).replace(/^\uFEFF/, "").trim() || "{}") as Tree;
  } catch (thrown) {
    if (getErrno(thrown) === "ENOENT") return {};
    throw new ArchivistError("settings.unreadable", { subject: file, underlying: thrown });
  }
}
