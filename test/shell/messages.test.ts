/** What the shell says, and how it reads what others say. */
import { describe, expect, test } from "vitest";
import { OpenedFiles, parseFileArguments } from "../../electron/shell/open-files.ts";
import { withElectron } from "../support/electron/program.ts";

describe("the files of a command line", () => {
  test.each([
    [["/mnt/flex 1/council.mp4"], ["/mnt/flex 1/council.mp4"]],
    [
      ["council.mp4", './it\'s "budget" 🎬.mov'],
      ["/home/anna/council.mp4", '/home/anna/it\'s "budget" 🎬.mov'],
    ],
    [["--no-sandbox", "-v", "", "--inspect=9229"], []],
    [
      ["/mnt/-dashed.mp4", "./-dashed.mp4"],
      ["/mnt/-dashed.mp4", "/home/anna/-dashed.mp4"],
    ],
    [["a\0b.mp4"], []],
    [["file:///mnt/flex%201/City%20Council.mp4"], ["/mnt/flex 1/City Council.mp4"]],
    [["file:///mnt/it's%20%22budget%22%20%F0%9F%8E%AC.mov"], ['/mnt/it\'s "budget" 🎬.mov']],
    [["smb://server/share/council.mp4", "file:///a%00b.mp4", "file://else/where.mp4", "https://example.org/a.mp4"], []],
  ])("%j", (argv, expected) => expect(parseFileArguments(argv, "/home/anna")).toEqual(expected));

  test("wait for whoever takes them, and are taken once", () => {
    const opened = new OpenedFiles();
    const taken: (readonly string[])[] = [];
    opened.add(["a"]);
    opened.add([]);
    opened.add(["b"]);
    opened.taker = (paths) => void taken.push(paths);
    opened.add(["c"]);
    opened.taker = undefined;
    opened.add(["d"]);
    expect(taken).toEqual([["a", "b"], ["c"]]);
  });
});

describe("the work in one line", () => {
  const work = { running: 0, queued: 0, isPaused: false, progress: null };
  test.each([
    [undefined, "starting", "The station is being started"],
    [work, "away", "The station is being started"],
    [work, "failed", "The station could not be opened"],
    [undefined, "ready", "Nothing to do"],
    [work, "ready", "Nothing to do"],
    [{ ...work, running: 1, progress: 0.426 }, "ready", "1 running, 42 %"],
    [{ ...work, running: 2, queued: 3, progress: 0, isPaused: true }, "ready", "2 running, 0 % · 3 waiting · paused"],
    [{ ...work, queued: 3 }, "ready", "3 waiting"],
  ] as const)("%j, %s", async (now, station, line) => {
    const { workLine } = await withElectron(() => import("../../electron/shell/tray.ts"));
    expect(workLine(now, station)).toBe(line);
  });
});

describe("a job that has ended", () => {
  const job = { kind: "ended", jobId: "1", title: "Council.mp4", date: "", transcriptionId: null } as const;
  test.each([
    [{ ...job, type: "process", state: "completed" }, "Captions are there", "Council.mp4"],
    [{ ...job, type: "publish", state: "completed" }, "Published", "Council.mp4"],
    [
      { ...job, type: "process", state: "failed", reason: "the share is away" },
      "Captions could not be made",
      "Council.mp4: the share is away",
    ],
    [{ ...job, type: "other", state: "failed" }, "Failed", "Council.mp4"],
  ] as const)("%j", async (ended, title, body) => {
    const { formatEndedJob } = await withElectron(() => import("../../electron/shell/notifications.ts"));
    expect(formatEndedJob(ended)).toEqual({ title, body });
  });
});

test.each([
  ["Alt+Digit1", "Alt+1"],
  ["Mod+Shift+KeyP", "CmdOrCtrl+Shift+P"],
  ["F8", "F8"],
  ["Mod+Equal", "CmdOrCtrl+="],
])("the keys %s are shown in menus as %s", async (keys, shown) => {
  const { toAccelerator } = await withElectron(() => import("../../electron/shell/menus.ts"));
  expect(toAccelerator(keys)).toBe(shown);
});
