/** Commands of the installed program: the same command line as without Electron, and no window. */
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "../support/browser/workstation.ts";
import { startProgram, withElectron } from "../support/electron/program.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("a command", () => {
  test.each([
    [["/opt/Archivist/archivist"], undefined],
    [["/opt/Archivist/archivist", "/mnt/flex/council.mp4"], undefined],
    [
      ["archivist", "--disable-gpu", "--archivist-command", "--", "serve", "--port", "1"],
      ["serve", "--port", "1"],
    ],
    [["archivist", "--archivist-command", "doctor"], ["doctor"]],
    [["archivist", "--archivist-command", "--"], []],
    [
      ["archivist", "--archivist-command", "--", "transcribe", "--", "-dashed.mp4"],
      ["transcribe", "--", "-dashed.mp4"],
    ],
  ])("of %j is %j", async (argv, expected) => {
    const { parseCommand } = await withElectron(() => import("../../electron/shell/command-line.ts"));
    expect(parseCommand(argv)).toEqual(expected);
  });

  const said = (): (() => string) => {
    let text = "";
    const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk, ...rest: readonly unknown[]) => {
      text += String(chunk);
      const told = rest.at(-1);
      if (typeof told === "function") told();
      return true;
    });
    onTestFinished(() => spy.mockRestore());
    return () => text;
  };

  test("ends the program with its exit code, and nothing of a desktop was opened", async () => {
    const output = said();
    const { happened } = await startProgram({
      argv: ["--archivist-command", "--", "backups", "list", "--json", "--data-dir", temporaryFolder()],
    });
    await expect.poll(() => happened.exitCode).toBe(0);
    expect(JSON.parse(output())).toMatchObject({ backups: [] });
    expect([happened.windows, happened.trays, happened.utilities]).toEqual([[], [], []]);
  });

  test("that nobody knows ends it, too", async () => {
    const spy = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    onTestFinished(() => spy.mockRestore());
    const { happened } = await startProgram({ argv: ["--archivist-command", "--", "nonsense"] });
    await expect.poll(() => happened.exitCode).toBe(2);
  });

  test("that serves is ended in an orderly way by what ends Electron", async () => {
    const output = said();
    const port = await freePort();
    const argv = ["--archivist-command", "--", "serve", "--json", "--port", String(port)];
    const { happened, electron } = await startProgram({ argv });
    await expect.poll(output).toContain("sign_in");
    expect((await fetch(`http://127.0.0.1:${port}/api/session`)).status).toBeLessThan(500);
    electron.module.app.quit();
    await expect.poll(() => happened.exitCode).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect(happened.windows).toEqual([]);
  });
});
