import { describe, expect, test } from "vitest";
import { testHost } from "../../support/station/host.ts";

describe("settings", () => {
  test("are shown with their meaning, changed in the file, and refused when they make no sense", async () => {
    const { connect, folder } = await testHost();
    const client = await connect();
    const { settings } = await client.station.settings();
    expect(settings.find(({ key }) => key === "publishing.target")).toMatchObject({
      choices: ["cablecast", "generic"],
    });
    await client.station.changeSettings({ values: { "captions.maxMergedLines": 4, "speech.beamSize": null } });
    const { readFileSync } = await import("node:fs");
    const written = JSON.parse(readFileSync(folder.settingsFile, "utf8"));
    expect([written.captions.maxMergedLines, "beamSize" in written.speech]).toEqual([4, false]);
    const before = readFileSync(folder.settingsFile, "utf8");
    await expect(client.station.changeSettings({ values: { "speech.beamSize": "many" } })).rejects.toMatchObject({
      data: { code: "settings.invalid", message: expect.stringMatching(/speech\.beamSize.*it must be/) },
    });
    await expect(client.station.changeSettings({ values: { "no.such": 1 } })).rejects.toMatchObject({
      data: { code: "settings.invalid" },
    });
    expect(readFileSync(folder.settingsFile, "utf8")).toBe(before);
  });
});
