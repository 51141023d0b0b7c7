/** Every screen: that it shows itself, that everybody can use it, and that keys reach everything. */
import { describe, expect, test } from "vitest";
import { keepScreenshot } from "../support/browser/browser.ts";
import { looks } from "../support/browser/looks.ts";
import { capture } from "../support/browser/screenshots.ts";
import { screenNames, workstation } from "../support/browser/workstation.ts";

describe("every screen", () => {
  test.each(looks)(
    "shows itself $colorScheme at $width×$height, and axe finds no serious violation",
    async ({ colorScheme, width, height }) => {
      const name = `${width}x${height}`;
      const { page, goTo } = await workstation({}, { colorScheme, viewport: { width, height } });
      for (const screen of screenNames) {
        await goTo(screen);
        await page.waitForLoadState("networkidle");
        await page.getByText("Looking at everything").waitFor({ state: "detached" });
        await capture(page, `${colorScheme}-${name}-${screen.toLowerCase().replaceAll(" ", "-")}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([screen, overflow]).toEqual([screen, 0]);
      }
    },
    90_000,
  );
});

describe("people who need it larger, or with more contrast", () => {
  test("see every screen at 200 % zoom, and nothing is cut off at the side", async () => {
    // Zoom halves what the page has in CSS pixels, in both directions.
    const { page, goTo } = await workstation({}, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    for (const screen of screenNames) {
      await goTo(screen);
      await page.waitForLoadState("networkidle");
      await keepScreenshot(page, `zoom-${screen.toLowerCase().replaceAll(" ", "-")}`);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("#content, #content > *")]
          .filter((each) => each.scrollWidth > each.clientWidth + 1)
          .map((each) => each.outerHTML.slice(0, 160)),
      );
      expect([screen, cut]).toEqual([screen, []]);
    }
  });

  test("see every screen in the colours that their system forces", async () => {
    const { page, goTo } = await workstation({}, { forcedColors: "active", contrast: "more" });
    for (const screen of screenNames) {
      await goTo(screen);
      await page.waitForLoadState("networkidle");
      await capture(page, `contrast-${screen.toLowerCase().replaceAll(" ", "-")}`);
    }
  });
});

describe("keys", () => {
  test("reach every screen and every action", async () => {
    const { page } = await workstation();
    for (const [index, name] of [
      "Dashboard",
      "Intake",
      "Queue",
      "Library",
      "Cablecast",
      "Cities and shares",
      "Settings",
      "Health",
    ].entries()) {
      await page.keyboard.press(`Alt+Digit${index + 1}`);
      await page.getByRole("heading", { level: 1, name }).waitFor();
    }
    await page.keyboard.press("Control+KeyK");
    const palette = page.getByRole("textbox", { name: "Find a screen or an action" });
    await palette.fill("library");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Library" }).waitFor();
    await palette.waitFor({ state: "detached" });
    // Everything that can be pressed can be reached with Tab.
    for (const screen of ["Alt+Digit2", "Alt+Digit3", "Alt+Digit7"]) {
      await page.keyboard.press(screen);
      await page.waitForLoadState("networkidle");
      const unreachable = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("button, a[href], input, select, textarea, [role=button]")]
          .filter(
            (each) =>
              each.offsetParent !== null &&
              each.tabIndex < 0 &&
              each.ariaHidden !== "true" &&
              !each.hasAttribute("disabled"),
          )
          .filter(
            (each) =>
              each.closest(
                "[role=tablist], [role=radiogroup], .mantine-NumberInput-root, .mantine-InputWrapper-root, .mantine-SegmentedControl-root",
              ) === null,
          )
          .map((each) => each.outerHTML.slice(0, 120)),
      );
      expect(unreachable).toEqual([]);
    }
  });

  test("skip the navigation, and the palette does what it says", async () => {
    const { page, runtime } = await workstation();
    await page.keyboard.press("Control+KeyK");
    await page.getByRole("textbox", { name: "Find a screen or an action" }).fill("pause the queue");
    await page.keyboard.press("Enter");
    await expect.poll(() => runtime.jobService.isPaused).toBe(true);
    await page.getByRole("link", { name: "Go to the content" }).focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
  });
});

test("whoever may only look is offered nothing else", async () => {
  const { page, post, password, server } = await workstation();
  await post("/api/people", { name: "Ute", password, role: "user" });
  await page.context().clearCookies();
  await page.goto(server.url);
  await page.reload();
  await page.getByLabel("Name").fill("Ute");
  await page.locator("input[type=password]").fill("wrong password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("name and password do not go together").waitFor();
  await keepScreenshot(page, "sign-in-wrong");
  await page.locator("input[type=password]").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  const links = await page.getByRole("navigation").getByRole("link").allInnerTexts();
  expect(links.map((link) => link.trim())).not.toContain("Intake");
  await page.getByRole("navigation").getByRole("link", { name: "Queue" }).click();
  await page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
  expect(await page.getByRole("button", { name: "Pause the queue" }).count()).toBe(0);
});
