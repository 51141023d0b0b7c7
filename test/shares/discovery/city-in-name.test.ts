import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCityInName } from "../../../electron/shares/discovery/city-in-name.ts";
import { settingsWith } from "../../support/station/shares.ts";

const names = [
  "Oakdale",
  "North Oakdale",
  "Lake Elmo",
  "Elmo",
  "St. Paul",
  "Réunion",
  "Afton",
  "West St. Paul",
  "大阪市",
];
const cities = settingsWith({ cities: { members: names.map((name) => ({ name, shares: ["Flex"] })) } }).cities.members;

describe("the city in the name of a file", () => {
  test.each<[string, string | undefined]>([
    ["Oakdale City Council 2026-03-02.mp4", "Oakdale"],
    ["2026-03-02_oakdale_council.mp4", "Oakdale"],
    ["OAKDALE.mp4", "Oakdale"],
    ["OakdaleCouncil20260302.mp4", "Oakdale"],
    ["20260302Oakdale.mp4", "Oakdale"],
    ["Oakdale2026-03-02.mp4", "Oakdale"],
    // The longest name counts.
    ["North Oakdale council.mp4", "North Oakdale"],
    ["NorthOakdale.mp4", "North Oakdale"],
    ["Lake_Elmo-2026.mp4", "Lake Elmo"],
    ["lakeelmo 2026.mp4", "Lake Elmo"],
    ["Elmo council.mp4", "Elmo"],
    ["West St Paul.mp4", "West St. Paul"],
    ["St.Paul Planning.mp4", "St. Paul"],
    // Accents do not count, nor how they are composed.
    ["Réunion 2026.mp4".normalize("NFD"), "Réunion"],
    ["REUNION 2026.mp4", "Réunion"],
    ["大阪市 2026.mp4", "大阪市"],
    // Whole words only.
    ["Oakdalers meet.mp4", undefined],
    ["Grafton council.mp4", undefined],
    ["Oak dale.mp4", undefined],
    ["council.mp4", undefined],
    ["mp4", undefined],
    // The ending is no part of the name.
    ["council.afton", undefined],
    // Several cities: a person says.
    ["Oakdale and Afton joint meeting.mp4", undefined],
    ["North Oakdale and Oakdale.mp4", undefined],
    ["Oakdale, Oakdale again.mp4", "Oakdale"],
  ])("%s: %s", (fileName, city) => expect(findCityInName(cities, fileName)?.name).toBe(city));

  test("two cities of one name are ambiguous", () => {
    const [reunion] = cities.filter(({ name }) => name === "Réunion");
    if (reunion === undefined) throw new Error("it is in the list");
    expect(findCityInName([reunion, { ...reunion, name: "Reunion" }], "reunion.mp4")).toBeUndefined();
  });

  test("is found wherever it stands, between words of other letters", () => {
    const words = fc.array(fc.constantFrom("council", "2026", "meeting", "regular", "03"), { maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(...names), words, words, fc.constantFrom(" ", "_", "-", "."), (name, a, b, by) => {
        expect(findCityInName(cities, `${[...a, name, ...b].join(by)}.mp4`)?.name).toBe(name);
      }),
    );
  });
});
