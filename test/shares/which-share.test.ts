import { describe, expect, test } from "vitest";
import { findCityOfFile, findCityOfPath, findShareOfPath } from "../../electron/shares/which-share.ts";
import { folderShare, settingsWith } from "../support/station/shares.ts";

describe("whose a file is", () => {
  const shares = [
    folderShare("/mnt/flex", "All"),
    folderShare("/mnt/flex/inner", "Inner"),
    folderShare("\\\\server\\flex-2", "Windows"),
  ];

  const { members } = settingsWith({
    cities: {
      members: [
        { name: "Dellwood", shares: ["All"], folders: ["dellwood", "Grant/**"] },
        { name: "Everyone else", shares: ["All"] },
      ],
    },
  }).cities;

  test.each<[string, string | undefined, string | undefined]>([
    ["/mnt/flex/a.mp4", "All", "a.mp4"],
    ["/mnt/flex/inner/x/a.mp4", "Inner", "x/a.mp4"],
    ["/mnt/flexible/a.mp4", undefined, undefined],
    ["\\\\server\\flex-2\\2026\\a.mp4", "Windows", "2026/a.mp4"],
  ])("%s lies on %s", (path, label, below) => {
    const held = findShareOfPath(shares, path);
    expect([held?.share.label, held?.below]).toEqual([label, below]);
  });

  test.each<[string, string]>([
    ["Dellwood/2026/a.mp4", "Dellwood"],
    ["grant/a.mp4", "Dellwood"],
    ["other/a.mp4", "Everyone else"],
  ])("%s is %s's", (below, name) => expect(findCityOfPath(members, "All", below)?.name).toBe(name));

  test("a name is the same however it is composed, and stays as it is on the disk", () => {
    const path = "/mnt/Réunions/Séance é.mp4";
    for (const settings of ["NFC", "NFD"]) {
      const share = folderShare("/mnt/Réunions/".normalize(settings), "Mac");
      for (const disk of ["NFC", "NFD"]) {
        expect(findShareOfPath([share], path.normalize(disk))?.below).toBe("Séance é.mp4".normalize(disk));
      }
    }
  });

  test.each<[string, string | undefined]>([
    ["/mnt/flex/dellwood/Oakdale council.mp4", "Dellwood"],
    ["/home/anna/Dellwood council.mp4", "Dellwood"],
    ["/home/dellwood/council.mp4", undefined],
    ["/mnt/flex/inner/dellwood.mp4", "Dellwood"],
  ])("the folder says whose %s is, else the name", (path, name) => {
    const [dellwood] = members;
    expect(findCityOfFile(dellwood === undefined ? [] : [dellwood], shares, path)?.name).toBe(name);
  });
});
