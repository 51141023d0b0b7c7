import { describe, expect, test } from "vitest";
import { compileLinear } from "../../../electron/platform/patterns/linear-pattern.ts";
import { testHost } from "../../support/station/host.ts";

const longName = "City Council Regular Meeting and Public Hearing of the Board of Adjustment and Appeals";

describe("patterns of the settings", () => {
  test.each(["^(?<type>[A-Za-z ]+)+(?<date>\\d{8})$", "^(a|a)*$", "(x+x+)+y", "^(?<title>(.*)*)*Z$"])(
    "%s ends, whatever the name",
    (source) => {
      const pattern = compileLinear(source);
      for (const text of [longName, "a".repeat(5_000), "x".repeat(5_000)]) pattern.findGroups(text);
      expect(pattern.findGroups(`${longName}!`)).toBeUndefined();
    },
  );

  test("name what they find, and leave out what takes no part", () => {
    const pattern = compileLinear("^(?<type>[a-zä ]+?) (?:(?<date>\\d{8})|(?<title>\\w+))$");
    expect(pattern.findGroups("Räte 20260302")).toEqual({ type: "Räte", date: "20260302" });
    expect(pattern.findGroups("20260302")).toBeUndefined();
  });

  test("that cannot be used are refused where they are written, and not kept", async () => {
    const { connect, folder } = await testHost();
    const client = await connect();
    const city = (parts: object) => ({ "cities.members": [{ name: "A", shares: ["A"], ...parts }] });
    for (const [values, words] of [
      [city({ namePatterns: ["(?=x)y"] }), /cities\.members\[0\]\.namePatterns\[0\].*look-ahead/],
      [city({ namePatterns: ["("] }), /namePatterns\[0\].*no regular expression/],
      [city({ folders: ["ok/**", "!(a)"] }), /folders\[1\].*cannot be used/],
      [{ "intake.include": ["+(a).mp4"] }, /intake\.include\[0\]/],
    ] as const) {
      await expect(client.station.changeSettings({ values })).rejects.toMatchObject({
        data: { code: "settings.invalid", message: expect.stringMatching(words) },
      });
    }
    // The ones of the review are taken, and answered.
    await client.station.changeSettings({
      values: {
        ...city({ namePatterns: ["^(?<type>[A-Za-z ]+)+(?<date>\\d{8})$"], folders: ["*a*a*a*a*a*a*a*a*a*a*a*b"] }),
        "intake.include": ["*a*a*a*a*a*a*a*a*a*a*a*a*b"],
      },
    });
    expect(folder.settingsFile).toBeTruthy();
  });
});
