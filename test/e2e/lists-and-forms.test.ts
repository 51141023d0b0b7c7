/** Tables with long names, forms with changes that are not saved, and the places of screens. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { eq } from "../../electron/catalog/drizzle.ts";
import { jobs } from "../../electron/catalog/schema.ts";
import { ArchivistError } from "../../electron/contract/errors.ts";
import { addMeeting } from "../support/bench/meetings.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const longName = `${"City of White Bear Lake regular council meeting with a public hearing on the sidewalk ordinance ".repeat(2)}.mp4`;

/** The left edges of header and rows of a table, in pixels; equal in every row when its columns line up. */
const edges = (page: Page, name: string): Promise<readonly string[]> =>
  page
    .getByRole("table", { name })
    .evaluate((table) =>
      [...table.querySelectorAll("[role=row]")].map((row) =>
        [...row.children].map((cell) => Math.round(cell.getBoundingClientRect().left)).join(" "),
      ),
    );

describe("tables with long names", () => {
  test("line up at every width, end in an ellipsis, and show the whole name to the pointer", async () => {
    const { page, goTo, catalog, add, runtime } = await workstation();
    runtime.jobService.pauseQueue();
    for (const number of [1, 2, 3]) {
      const filename = number === 2 ? longName : `short ${number}.mp4`;
      addMeeting(catalog, {
        number,
        filename,
        durationMs: 3_600_000,
        city: number === 2 ? "A city with a very long name" : "Hugo",
      });
    }
    const folder = temporaryFolder();
    for (const name of ["a.mp4", `${longName.slice(0, 150)}.mp4`]) add(meetingAt(join(folder, name), 3));
    for (const [width, height] of [
      [1280, 800],
      [1366, 768],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const name of ["Library", "Queue"]) {
        await goTo(name);
        const table = page.getByRole("table", { name });
        await table
          .getByText(/regular council meeting/)
          .first()
          .waitFor();
        expect(new Set(await edges(page, name)).size, `${name} at ${width}`).toBe(1);
        const overflow = await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
        expect(overflow, `${name} at ${width}`).toBe(0);
        const cell = table.getByRole("cell").filter({ hasText: /regular council meeting/ });
        await cell.first().hover();
        expect(await cell.first().getAttribute("title")).toContain("sidewalk ordinance");
        await capture(page, `long-names-${name.toLowerCase()}-${width}`);
      }
    }
  });
});

describe("changes that are not saved", () => {
  test("settings: leaving asks, by the navigation, by a tab and by going back", async () => {
    const { page, goTo } = await workstation();
    await goTo("Queue");
    await goTo("Settings");
    const filter = page.getByPlaceholder("Name or meaning");
    await filter.fill("media.maxHours");
    const field = page.getByLabel("media.maxHours");
    await field.fill("9");
    const answers: string[] = [];
    let isAccepted = false;
    page.on("dialog", (dialog) => {
      answers.push(dialog.message());
      void (isAccepted ? dialog.accept() : dialog.dismiss());
    });
    await page.getByRole("navigation").getByRole("link", { name: "Library" }).click();
    await page.getByRole("tab", { name: "Models" }).click();
    await page.evaluate(() => history.back());
    await expect.poll(() => answers.length).toBe(3);
    expect(answers[0]).toContain("not saved");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Settings");
    expect(await field.inputValue()).toContain("9");
    isAccepted = true;
    await goTo("Library");
    expect(answers).toHaveLength(4);
    // They are gone, and nothing asks any more.
    await goTo("Queue");
    expect(answers).toHaveLength(4);
  });
});

test("each screen has its own place, and is shown there again", async () => {
  const { page, goTo } = await workstation();
  await page.setViewportSize({ width: 1280, height: 420 });
  const content = page.locator("#content");
  const top = (): Promise<number> => content.evaluate(({ scrollTop }) => scrollTop);
  await goTo("Health");
  await expect
    .poll(() => content.evaluate((element) => element.scrollHeight - element.clientHeight))
    .toBeGreaterThan(250);
  await content.evaluate((element) => element.scrollTo({ top: 200 }));
  await expect.poll(top).toBe(200);
  await goTo("Dashboard");
  expect(await top()).toBe(0);
  await goTo("Health");
  await expect.poll(top).toBe(200);
});

describe("jobs that failed", () => {
  test("say when they are tried again, and are dismissed together", async () => {
    const { page, goTo, add, runtime, catalog } = await workstation();
    runtime.jobService.pauseQueue();
    const folder = temporaryFolder();
    const [waiting, failed] = ["waiting.mp4", "failed.mp4"].map((name, index) =>
      add(meetingAt(join(folder, name), 3, index)),
    );
    const error = new ArchivistError("media.truncated");
    const details = { errorCode: error.code, errorMessage: error.message, errorRemedy: error.remedy };
    const set = (id: string | undefined, change: object): void => {
      catalog.database
        .update(jobs)
        .set({ ...details, ...change })
        .where(eq(jobs.id, id ?? ""))
        .run();
    };
    set(waiting, { notBefore: new Date(Date.now() + 600_000).toISOString() });
    set(failed, { state: "failed", completedDate: new Date().toISOString() });
    await goTo("Queue");
    const row = page.getByRole("row").filter({ hasText: "waiting.mp4" });
    await row.getByText(/^tries again in 9:\d\d$/).waitFor();
    await capture(page, "queue-waits-for-retry");
    await page.getByText("Failed", { exact: true }).click();
    await page.getByRole("row").filter({ hasText: "failed.mp4" }).click();
    await page.getByPlaceholder("Another model").waitFor();
    await capture(page, "queue-failed-job");
    await page.getByRole("button", { name: "Dismiss all 1" }).click();
    await page.getByText("1 job dismissed").waitFor();
    await page.getByText("Nothing to do").waitFor();
    expect(() => runtime.jobService.find(failed as string)).toThrow();
  });
});

test("a path that is not there is no row of Intake, and is said", async () => {
  const { page, goTo } = await workstation();
  await goTo("Intake");
  const field = page.getByRole("textbox").first();
  await field.fill(join(temporaryFolder(), "no such folder"));
  await field.press("Enter");
  await page
    .getByRole("alert")
    .filter({ hasText: /no such file/i })
    .first()
    .waitFor();
  expect(await page.getByRole("row").count()).toBe(0);
});
