import { describe, expect, test } from "vitest";
import { OpenedFiles, parseFileArguments } from "../../electron/shell/open-files.ts";

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
