/** A new station's way to its first captions. */
import { expect, test } from "vitest";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";

test("the first steps say what is done, caption the sample meeting, and can be put away for good", async () => {
  const { page, goTo } = await workstation({
    // As on a new station: the only model there is knows the sample meeting and nothing else.
    settings: { speech: { model: "auto" } },
  });
  const steps = page.getByRole("region", { name: "First steps" });
  await steps.waitFor();
  expect(
    await steps
      .getByRole("listitem")
      .filter({ has: page.getByLabel("done") })
      .count(),
  ).toBe(1);
  await capture(page, "first-steps");
  await steps.getByRole("button", { name: "Start it" }).click();
  await page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
  await page.getByRole("table", { name: "Queue" }).getByText("done").waitFor();
  await goTo("Dashboard");
  await steps.getByRole("button", { name: "Put the first steps away" }).click();
  await steps.waitFor({ state: "detached" });
  await page.reload();
  await page.getByText("Storage").waitFor();
  expect(await steps.count()).toBe(0);
});
