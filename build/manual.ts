/**
 * `npm run manual`: generates the table of all settings from their schema into the manual's page. A test compares them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { declareSettings, type SettingDeclaration } from "../electron/contract/settings.ts";

const page = join(import.meta.dirname, "../resources/manual/settings.md");
/** Markers around the table. */
const marks = /(<!-- settings: [^\n]*-->\n)([\s\S]*?)(<!-- \/settings -->)/;

/** Formats a default for the table; empty if there is none. */
function formatDefault(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "";
  if (Array.isArray(value)) return `\`${value.join(",")}\``;
  if (typeof value !== "object") return `\`${String(value)}\``;
  const fields = Object.entries(value).map(([name, each]) => `${name} ${String(each)}`);
  return `\`${fields.join(", ")}\``;
}

/** Formats a Markdown table with a row per setting, in the order of the schema. */
export function formatSettingsTable(declarations: readonly SettingDeclaration[]): string {
  const rows = declarations.map(
    ({ key, defaultValue, description }) =>
      `| \`${key}\` | ${formatDefault(defaultValue)} | ${description.replaceAll("|", "\\|")} |`,
  );
  return ["| setting | default | meaning |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

/** The table on the page. @throws Error if its markers are missing */
export function readSettingsTable(): string {
  const table = marks.exec(readFileSync(page, "utf8"))?.[2];
  if (table === undefined) throw new Error(`${page} has no place for the table of settings`);
  return table.trimStart();
}

if (process.argv[1] === import.meta.filename) {
  const text = readFileSync(page, "utf8");
  const table = formatSettingsTable(declareSettings());
  writeFileSync(
    page,
    text.replace(marks, (_, begin: string, __, end: string) => `${begin}\n${table}\n${end}`),
  );
  process.stdout.write(`${page}\n`);
}
