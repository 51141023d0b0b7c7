/** What breaks in the middle: the page, the station, the line between them. */
import { closeSync, openSync, readdirSync, readSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepScreenshot } from "../support/browser/browser.ts";
import { servedWorkstation } from "../support/browser/workstation.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const broken = "The station does not answer.";

test("the page is loaded anew, and the station is killed: the page comes back and tells the truth", async () => {
  const { page, kill, startAgain } = await servedWorkstation();
  const recording = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale City Council.mp4"), 150);
  await page.getByRole("navigation").getByRole("link", { name: "Intake" }).click();
  await page.getByLabel("Path on the station").fill(recording);
  await page.getByRole("button", { name: "Look", exact: true }).click();
  await page.getByText("ready", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Start 1 recording" }).click();
  const queue = page.getByRole("table", { name: "Queue" });
  await queue.getByText("Oakdale City Council").click();
  const words = page.getByTestId("live-words");
  await words.getByText(/order/i).waitFor();

  await page.reload();
  await words.getByText(/order/i).waitFor();
  await queue.getByText("Oakdale City Council").waitFor();

  await kill();
  await page.getByText(broken).waitFor();
  await keepScreenshot(page, "queue-broken-line");
  await startAgain();
  await page.getByText(broken).waitFor({ state: "detached" });
  await page.getByText("All", { exact: true }).click();
  await queue.getByText("done").waitFor();
  // What had been recognised before was not recognised again.
  await page
    .getByText(/went on|interrupted|goes on/i)
    .first()
    .waitFor();
});

const gibibyte = 1024 ** 3;
const marks = [0, gibibyte - 3, 2 * gibibyte - 6] as const;

/** A file of two gibibytes, empty but for three marks. */
function sparseFile(): string {
  const path = join(temporaryFolder(), '-two "gibi" bytes 🎥.mp4');
  const file = openSync(path, "w");
  for (const at of marks) writeSync(file, `mark ${marks.indexOf(at)}`, at);
  closeSync(file);
  truncateSync(path, 2 * gibibyte);
  return path;
}

function uploaded(dataFolder: string): { readonly path: string; readonly bytes: number } {
  const folder = join(dataFolder, "uploads");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && !each.name.endsWith(".json"))
    .map((each) => join(each.parentPath, each.name));
  const sizes = files.map((path) => ({ path, bytes: statSync(path).size }));
  return sizes.sort((a, b) => b.bytes - a.bytes)[0] ?? { path: "", bytes: 0 };
}

test("an upload of two gibibytes goes on where it stopped when the station was killed", async () => {
  const { dataFolder, page, kill, startAgain } = await servedWorkstation();
  await page.getByRole("navigation").getByRole("link", { name: "Intake" }).click();
  await page.locator("input[type=file]").setInputFiles(sparseFile());
  await expect.poll(() => uploaded(dataFolder).bytes).toBeGreaterThan(200 * 1024 ** 2);
  // Whoever leaves the page now is asked first; here the answer is no.
  const asked = page.waitForEvent("dialog");
  void page.evaluate(() => window.location.reload());
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await kill();
  const before = uploaded(dataFolder).bytes;
  expect(before).toBeLessThan(2 * gibibyte);
  await page.getByText(broken).waitFor();
  await keepScreenshot(page, "intake-broken-line");
  await startAgain();
  const seen: number[] = [];
  await expect
    .poll(
      () => {
        const { bytes } = uploaded(dataFolder);
        seen.push(bytes);
        return bytes;
      },
      { interval: 20 },
    )
    .toBe(2 * gibibyte);
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(before);
  await page
    .getByText(/no recording|not a recording|incomplete|index at its end|cannot be read/i)
    .first()
    .waitFor();
  const file = openSync(uploaded(dataFolder).path, "r");
  for (const at of marks) {
    const bytes = Buffer.alloc(6);
    readSync(file, bytes, 0, 6, at);
    expect(String(bytes)).toBe(`mark ${marks.indexOf(at)}`);
  }
  closeSync(file);
});
