/** What a viewer sees: the page of a published VOD in a real browser. */
import { describe, expect, test } from "vitest";
import { publishOnCablecast } from "../../electron/cablecast/publisher/publish.ts";
import { keepScreenshot, openPage } from "../support/browser/browser.ts";
import { publicationPlace, someCues, straight } from "../support/publishing/publication.ts";

/** The server shows a caption while it loads the next one, and ends it when that is there. */
const toleranceSeconds = 1.5;

async function publishedPage(options: Parameters<typeof openPage>[0] = {}) {
  const { emulator, deps, publication } = await publicationPlace();
  const { showId } = await publishOnCablecast(deps, publication, straight);
  const page = await openPage(options);
  await page.goto(`${emulator.url}/internetchannel/show/${showId}`);
  await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 2);
  await page.waitForFunction(() => (document.querySelector("track")?.track.cues?.length ?? 0) > 0);
  return { emulator, page, showId };
}

describe("the page of what was published", () => {
  test.each(["light", "dark"] as const)(
    "shows the right words at the right times, and chapters, %s",
    async (colorScheme) => {
      const { page } = await publishedPage({ colorScheme });
      const cues = await page.evaluate(() =>
        [...(document.querySelector("track")?.track.cues ?? [])].map((cue) => ({
          start: cue.startTime,
          text: (cue as VTTCue).text
            .replaceAll(/<[^>]*>/g, "")
            .replaceAll(/\s+/g, " ")
            .trim(),
        })),
      );
      const words = (texts: readonly string[]): readonly string[] => texts.join(" ").split(/\s+/);
      expect(words(cues.map(({ text }) => text))).toEqual(words(someCues.flatMap(({ lines }) => lines)));
      for (const [index, { start }] of cues.entries()) {
        expect(Math.abs(start - (someCues[index]?.startMs ?? 0) / 1000)).toBeLessThan(toleranceSeconds);
      }
      // What is on the screen in the middle of each caption.
      for (const { startMs, endMs, lines } of someCues) {
        const shown = await page.evaluate(
          async (second) => {
            const video = document.querySelector("video");
            if (video === null) return "";
            const seeked = new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
            video.currentTime = second;
            await seeked;
            // Active cues follow the position a moment later.
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
            const track = document.querySelector("track")?.track;
            return [...(track?.activeCues ?? [])]
              .map((cue) => (cue as VTTCue).text.replaceAll(/<[^>]*>/g, ""))
              .join(" ");
          },
          (startMs + endMs) / 2_000,
        );
        expect(shown.replaceAll(/\s+/g, " ").trim()).toBe(lines.join(" "));
      }
      await page.getByRole("button", { name: /Item seven/ }).click();
      await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) >= 6);
      await page.evaluate(() => document.querySelector("video")?.pause());
      await keepScreenshot(page, `practice-${colorScheme}`);
    },
  );

  test("a person can remove the VOD there, and it is gone", async () => {
    const { emulator, page } = await publishedPage();
    page.on("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Remove this VOD" }).click();
    await page.getByText("There is nothing to watch yet.").waitFor();
    expect(emulator.tables.all("vods")).toEqual([]);
    expect(emulator.tables.all("chapters")).toEqual([]);
    await page.goto(emulator.url);
    await keepScreenshot(page, "practice-index");
  });

  test("a page of another site cannot remove anything", async () => {
    const { emulator } = await publishedPage();
    const [vod] = emulator.tables.all("vods");
    const { status } = await fetch(`${emulator.url}/practice/vods/${vod?.id}/remove`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "a=b",
    });
    expect(status).toBe(415);
    expect(emulator.tables.all("vods")).toHaveLength(1);
  });
});
