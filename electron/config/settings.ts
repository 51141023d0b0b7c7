/** Settings: defaults, then the file in the data folder, then the environment. */
import { readFileSync } from "node:fs";
import { nearest } from "../captions/text/edit-distance.ts";
import { ArchivistError } from "../contract/errors.ts";
import { maskSecrets, splitCredentials } from "../contract/settings/address.ts";
import {
  benchPrefix,
  dataFolderVariable,
  declareSettings,
  type SettingDeclaration,
  type Settings,
  secretKeyVariable,
  settingsSchema,
} from "../contract/settings.ts";
import { writeFileAtomic } from "../platform/atomic-write.ts";
import { getErrno } from "../platform/file-errors.ts";
import { findBadPattern } from "./check-patterns.ts";
import { getSetting, putSetting, type SettingTree } from "./setting-tree.ts";

const declarations = declareSettings();
const byKey = new Map(declarations.map((declaration) => [declaration.key, declaration]));
const byVariable = new Map(declarations.map((declaration) => [declaration.variable, declaration]));

/**
 * Reads the settings. A missing file means the defaults.
 * @throws ArchivistError `settings.unreadable` when the file is not JSON, `settings.invalid` for a wrong value or an
 *   unknown name; the message names the setting, its source, its value and what it must be.
 */
export function loadSettings(file: string, environment: NodeJS.ProcessEnv): Settings {
  const values = readSettingsFile(file);
  const origins = new Map<string, string>();
  for (const [name, text] of Object.entries(environment)) {
    if (text === undefined || !isSettingVariable(name)) continue;
    const declaration = byVariable.get(name) ?? unknownVariable(name);
    if (text.trim() === "") continue;
    putSetting(values, declaration.key, fromText(declaration, text));
    origins.set(declaration.key, `${name} in the environment`);
  }
  return parseValues(values, origins, file);
}

const isSettingVariable = (name: string): boolean =>
  name.startsWith("ARCHIVIST_") &&
  name !== dataFolderVariable &&
  name !== secretKeyVariable &&
  !name.startsWith(benchPrefix);

/** Validates settings. @param file their file, for the message. @throws ArchivistError `settings.invalid` */
export function checkSettings(values: Readonly<Record<string, unknown>>, file: string): Settings {
  return parseValues({ ...values }, new Map(), file);
}

/** Settings are shown and logged, so they have no secrets: `SettingCredentials` gives them to whoever connects. */
function withoutCredentials(settings: Settings): Settings {
  for (const { key, mayHoldCredentials } of declarations) {
    const value = mayHoldCredentials === true ? getSetting(settings, key) : undefined;
    if (typeof value === "string") putSetting(settings, key, splitCredentials(value).address);
  }
  return settings;
}

function parseValues(values: SettingTree, origins: Map<string, string>, file: string): Settings {
  const parsed = settingsSchema.safeParse(values);
  if (parsed.success) {
    const bad = findBadPattern(parsed.data);
    if (bad !== undefined) throw wrongInside(bad.path, bad.reason, values, origins, file);
    return withoutCredentials(parsed.data);
  }
  const issue = parsed.error.issues[0];
  const path = [...(issue?.path ?? []).map(String)];
  if (issue?.code === "unrecognized_keys") throw unknownKey([...path, issue.keys[0] ?? ""].join("."), file);
  const key = path.slice(0, 2).join(".");
  // For a list of words the message shows the whole list, for a list of objects only the wrong part.
  if (path.length > 2 && byKey.get(key)?.kind === "json") {
    throw wrongInside(path, issue?.message ?? "", values, origins, file);
  }
  throw wrongValue(key, values, origins, file);
}

/** What stands in the settings file, unchecked; nothing where there is none. @throws ArchivistError `settings.unreadable` */
export function readSettingsFile(file: string): SettingTree {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    // When a part of the path is a file, the data folder is wrong; opening it reports that.
    if (getErrno(thrown) === "ENOENT" || getErrno(thrown) === "ENOTDIR") return {};
    throw new ArchivistError("settings.unreadable", {
      subject: file,
      cause: getErrno(thrown) === "EISDIR" ? "this is a folder, and a file is needed" : "it cannot be read",
      underlying: thrown,
    });
  }
  try {
    // Notepad writes a byte-order mark; an empty file counts as one without settings.
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, "").trim() || "{}");
    if (typeof json !== "object" || json === null || Array.isArray(json)) throw new SyntaxError("not an object");
    return json as SettingTree;
  } catch (thrown) {
    throw new ArchivistError("settings.unreadable", {
      subject: file,
      cause: `the settings file is not valid JSON (${(thrown as Error).message})`,
    });
  }
}

/** Replaces the settings file. @throws ArchivistError `disk.full`, `folder.not-writable` */
export async function writeSettingsFile(file: string, tree: Readonly<SettingTree>): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(tree, undefined, 2)}\n`);
}

function fromText(declaration: SettingDeclaration, text: string): unknown {
  switch (declaration.kind) {
    case "number": {
      const number = Number(text);
      return Number.isFinite(number) ? number : text;
    }
    case "list":
      return text.split(",").map((part) => part.trim());
    case "flag":
      return { true: true, false: false }[text.trim().toLowerCase()] ?? text;
    case "json":
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    case "text":
      return text;
  }
}

/** Messages reach screens and logs. */
const formatValue = (value: unknown): string => maskSecrets(JSON.stringify(value) ?? "nothing");

function wrongValue(key: string, values: SettingTree, origins: Map<string, string>, file: string): ArchivistError {
  const [group = "", name] = key.split(".");
  const inner = values[group];
  const value = name === undefined ? inner : (inner as SettingTree | undefined)?.[name];
  const declaration = byKey.get(key);
  const mustBe = declaration?.mustBe ?? "a group of settings in braces";
  return new ArchivistError("settings.invalid", {
    subject: `${key} (${origins.get(key) ?? file})`,
    cause: `it is ${formatValue(value)}, but it must be ${mustBe}`,
    remedy: "Correct this setting, or remove it to use its default.",
  });
}

/** An error inside a list of objects: `cities.members[2].folders[0]`. */
function wrongInside(
  path: readonly string[],
  message: string,
  values: SettingTree,
  origins: Map<string, string>,
  file: string,
): ArchivistError {
  const value = path.reduce<unknown>(
    (inner, name) => (typeof inner === "object" && inner !== null ? (inner as SettingTree)[name] : undefined),
    values,
  );
  const key = path.slice(0, 2).join(".");
  const place = path.slice(2).map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`));
  return new ArchivistError("settings.invalid", {
    subject: `${key}${place.join("")} (${origins.get(key) ?? file})`,
    cause: value === undefined ? `it is missing (${message})` : `it is ${formatValue(value)} (${message})`,
    remedy: `${key} must be ${byKey.get(key)?.mustBe ?? "what the README says"}.`,
  });
}

function unknownKey(key: string, file: string): ArchivistError {
  const meant = nearest(key, [...byKey.keys()]);
  return new ArchivistError("settings.invalid", {
    subject: `${key} (${file})`,
    cause: `there is no setting of this name${meant ? ` (the nearest is ${meant})` : ""}`,
    remedy: "Correct its name, or remove it.",
  });
}

function unknownVariable(name: string): never {
  const meant = nearest(name, [...byVariable.keys()]);
  throw new ArchivistError("settings.invalid", {
    subject: `${name} in the environment`,
    cause: `there is no setting of this name${meant ? ` (the nearest is ${meant})` : ""}`,
    remedy: "Correct its name, or unset it.",
  });
}
