import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatSettingsTable, readSettingsTable } from "../../build/manual.ts";
import { declareSettings, settingsSchema } from "../../electron/contract/settings.ts";
import { projectRoot } from "../support/paths.ts";

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

  test("accepts the example with the system's nine shares", () => {
    const example: unknown = JSON.parse(readFileSync(join(projectRoot, "resources/examples/nine-shares.json"), "utf8"));
    const { shares, cities } = settingsSchema.parse(example);
    expect(shares.servers.map(({ label, path, role }) => `${path} ${label} ${role}`)).toEqual([
      "/mnt/flex-1 Birchwood active",
      "/mnt/flex-2 Dellwood Grant Willernie active",
      "/mnt/flex-3 Lake Elmo active",
      "/mnt/flex-4 Mahtomedi active",
      "/mnt/flex-5 Spare Record Storage 1 spare",
      "/mnt/flex-6 Spare Record Storage 2 spare",
      "/mnt/flex-7 Oakdale active",
      "/mnt/flex-8 White Bear Lake active",
      "/mnt/flex-9 White Bear Township active",
    ]);
    const labels = new Set(shares.servers.map(({ label }) => label));
    for (const { shares: own } of cities.members) expect(own.every((label) => labels.has(label))).toBe(true);
  });

  test("is what the manual's table says", () => {
    // Made by `npm run manual`.
    expect(readSettingsTable().trimEnd()).toBe(formatSettingsTable(declarations).trimEnd());
  });
});
