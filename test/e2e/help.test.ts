/** The manual inside the program: opened from everywhere, read, and searched with the keyboard alone. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { projectRoot } from "../support/paths.ts";

const search = { name: "Search the manual" } as const;

describe("the manual", () => {
  test("opens from the navigation, the palette and with F1, and lists every page", async () => {
    const { page, goTo } = await workstation();
    await goTo("Help");
    const topics = page.getByRole("region", { name: "Topics" });
    const names = await topics
      .getByRole("link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.replace("#/help/", "")));
    const files = readdirSync(join(projectRoot, "resources/manual")).map((name) => name.replace(/\.md$/, ""));
    expect(names.toSorted()).toEqual(files.toSorted());
    expect(names[0]).toBe("index");
    for (const name of names) {
      await topics.locator(`a[href="#/help/${name}"]`).click();
      await page.locator(`a[href="#/help/${name}"][aria-current=page]`).waitFor();
      await page.getByRole("article").getByRole("heading", { level: 1 }).waitFor();
    }
    await goTo("Queue");
    await page.keyboard.press("F1");
    await page.getByRole("heading", { level: 1, name: "Help" }).waitFor();
    await goTo("Library");
    await page.keyboard.press("Control+KeyK");
    await page.getByRole("textbox", { name: "Find a screen or an action" }).fill("go to help");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Help" }).waitFor();
  });

  test("finds words on all pages, and opens the place that has them", async () => {
    const { page } = await workstation();
    await page.keyboard.press("F1");
    // The field has the focus at once.
    await page.getByRole("searchbox", search).and(page.locator(":focus")).waitFor();
    await page.keyboard.type("SCC timed");
    const hits = page.getByRole("region", { name: "Found in the manual" });
    await hits.getByText("How SCC captions are timed").waitFor();
    await page.keyboard.press("Enter");
    const heading = page.getByRole("heading", { name: "How SCC captions are timed" });
    await heading.and(page.locator(":focus")).waitFor();
    await page.getByRole("article", { name: "The command line" }).waitFor();
    await expect.poll(() => heading.evaluate((each) => each.getBoundingClientRect().top)).toBeLessThan(400);
    // The hits stay: the next one is reached with the arrows.
    await page.getByRole("searchbox", search).fill("nginx");
    await page.getByRole("status").getByText("2 places found").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const second = (await hits.getByRole("link").nth(1).getAttribute("href")) ?? "";
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.hash === second);
    await page.getByRole("searchbox", search).fill("zeppelin");
    await page.getByText("Nothing in the manual has all of these words.").waitFor();
    await page.getByRole("searchbox", search).press("Escape");
    await page.getByRole("region", { name: "Topics" }).waitFor();
  });

  test("follows its own links to the page and the heading that they name", async () => {
    const { page, server } = await workstation();
    await page.goto(`${server.url}/#/help/index`);
    await page.getByRole("article").getByRole("link", { name: "The caption editor" }).click();
    await page.getByRole("article", { name: "The caption editor" }).waitFor();
    await page.getByRole("article").getByRole("link", { name: "Intake" }).click();
    await page.getByRole("article", { name: "Intake: from a file to a job" }).waitFor();
    await page.goBack();
    await page.getByRole("article", { name: "The caption editor" }).waitFor();
  });

  test.each(["light", "dark"] as const)("can be read by everybody, %s", async (colorScheme) => {
    const { page, server } = await workstation({}, { colorScheme });
    for (const name of ["index", "settings", "editor", "command-line"]) {
      await page.goto(`${server.url}/#/help/${name}`);
      await page.locator(`a[href="#/help/${name}"][aria-current=page]`).waitFor();
      await capture(page, `help-${colorScheme}-${name}`);
    }
    await page.getByRole("searchbox", search).fill("SCC");
    await page.getByRole("status").getByText("places found").waitFor();
    await capture(page, `help-${colorScheme}-search`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBe(0);
  });
});
