import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { declareSettings, settingsSchema } from "../../electron/contract/settings.ts";
import { projectRoot } from "../support/places.ts";

describe("the schema of the settings", () => {
  const declarations = declareSettings();

  test("gives every setting a description and says what it must be", () => {
    for (const { key, description, mustBe } of declarations) {
      expect(description, key).toMatch(/\.$/);
      expect(mustBe, key).toMatch(/^(an? |the |error|auto|true|sound)/);
    }
  });

  test("names them for the environment without doubles", () => {
    const variables = declarations.map(({ variable }) => variable);
    expect(new Set(variables).size).toBe(variables.length);
    expect(variables).toContain("ARCHIVIST_SPEECH_WINDOW_SECONDS");
    for (const variable of variables) expect(variable).toMatch(/^ARCHIVIST(_[A-Z]+)+$/);
  });

  test("has defaults that it accepts itself", () => {
    const defaults = settingsSchema.parse({});
    expect(settingsSchema.parse(defaults)).toEqual(defaults);
    expect(defaults.speech.model).toBe("auto");
    expect(defaults.speech.windowSeconds).toBe(30);
    // The system's MAX_FILE_SIZE.
    expect(defaults.media.maxFileGigabytes * 1024 ** 3).toBe(10_737_418_240);
  });

  test("is what the README's table says", () => {
    const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
    const [, section = ""] = /^## Settings$([\s\S]*?)^## /m.exec(readme) ?? [];
    const rows = section
      .split("\n")
      .filter((line) => /^\| `[a-z]+\.[a-zA-Z]+` +\|/.test(line))
      .map((line) => line.replaceAll(/ +\|/g, " |").replaceAll(/\| +/g, "| "));
    const expected = declarations.map(({ key, description, defaultValue }) => {
      const shown =
        defaultValue === null ? "" : `\`${Array.isArray(defaultValue) ? defaultValue.join(",") : defaultValue}\``;
      return `| \`${key}\` | ${shown} | ${description.replaceAll("|", "\\|")} |`.replaceAll(/ +\|/g, " |");
    });
    expect(rows).toEqual(expected);
  });
});
