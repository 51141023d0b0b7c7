/** A new station's way to its first captions. */
import { expect, test } from "vitest";
import { seriousViolations } from "../support/accessibility.ts";
import { keepScreenshot } from "../support/browser.ts";
import { workstation } from "../support/workstation.ts";

test("the first steps say what is done, bring the sample meeting, and can be put away for good", async () => {
  const { page, goTo } = await workstation();
  const steps = page.getByRole("region", { name: "First steps" });
  await steps.waitFor();
  expect(
    await steps
      .getByRole("listitem")
      .filter({ has: page.getByLabel("done") })
      .count(),
  ).toBe(1);
  await keepScreenshot(page, "first-steps");
  expect(await seriousViolations(page)).toEqual([]);
  await steps.getByRole("button", { name: "Add it to Intake" }).click();
  await page.getByRole("heading", { level: 1, name: "Intake" }).waitFor();
  await page.getByText("ready", { exact: true }).waitFor();
  await goTo("Dashboard");
  await steps.getByRole("button", { name: "Put the first steps away" }).click();
  await steps.waitFor({ state: "detached" });
  await page.reload();
  await page.getByText("Storage").waitFor();
  expect(await steps.count()).toBe(0);
});
