/** The key of all secrets is made once: a keyring that is away for a while must not cost it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { makeElectron } from "../support/electron/double.ts";
import { silentLogger } from "../support/station/silent-logger.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("a key that the keyring does not open just now is not replaced by another", async () => {
  const electron = makeElectron();
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  onTestFinished(() => void vi.doUnmock("electron"));
  const { Keyring } = await import("../../electron/shell/keyring.ts");
  const keyring = await Keyring.open(silentLogger);
  const file = join(temporaryFolder(), "secret-key.bin");
  const made = await keyring.secret(file);
  expect(made).toMatch(/^.{40,}$/);
  const kept = readFileSync(file);
  const closed = vi.spyOn(electron.module.safeStorage, "decryptStringAsync").mockRejectedValue(new Error("locked"));
  expect(await keyring.secret(file)).toBeUndefined();
  expect(readFileSync(file)).toEqual(kept);
  closed.mockRestore();
  expect(await keyring.secret(file)).toBe(made);
});
