/** `npm run manual`: writes the table of all settings, out of their schema, into the manual's page. A test compares them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { declareSettings, type SettingDeclaration } from "../electron/contract/settings.ts";

const page = join(import.meta.dirname, "../resources/manual/settings.md");
/** The table stands between these lines. */
const marks = /(<!-- settings: [^\n]*-->\n)([\s\S]*?)(<!-- \/settings -->)/;

/** A default as the table shows it; empty where there is none. */
function formatDefault(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "";
  if (Array.isArray(value)) return `\`${value.join(",")}\``;
  if (typeof value !== "object") return `\`${String(value)}\``;
  const fields = Object.entries(value).map(([name, each]) => `${name} ${String(each)}`);
  return `\`${fields.join(", ")}\``;
}

/** A table in Markdown with a row for each setting, in the order of the schema. */
export function formatSettingsTable(declarations: readonly SettingDeclaration[]): string {
  const rows = declarations.map(
    ({ key, defaultValue, description }) =>
      `| \`${key}\` | ${formatDefault(defaultValue)} | ${description.replaceAll("|", "\\|")} |`,
  );
  return ["| setting | default | meaning |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

/** The table that the page has now. @throws Error where its marks are missing */
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
