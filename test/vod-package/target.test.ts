/** Packages for VOD systems without an interface. */
import {
  linkSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { encodeScc } from "../../electron/captions/scc/encode.ts";
import type { Publication, StepRunner } from "../../electron/contract/publishing.ts";
import type { Settings } from "../../electron/contract/settings.ts";
import { makeThumbnail } from "../../electron/media/thumbnail.ts";
import { findMediaTools } from "../../electron/media/tools.ts";
import { systemClock } from "../../electron/platform/clock.ts";
import type { PackageDeps } from "../../electron/vod-package/dependencies.ts";
import { formatPage } from "../../electron/vod-package/page.ts";
import { createVodPackageTarget, vodPackageSteps } from "../../electron/vod-package/target.ts";
import { keepScreenshot, openPage } from "../support/browser/browser.ts";
import { someCues, somePublication, straight } from "../support/publishing/publication.ts";
import { settingsWith } from "../support/station/shares.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const stepNames = vodPackageSteps.map(({ name }) => name);

function place(settings: Partial<Settings["generic"]> = {}, name = "2026-03-02 Oakdale City Council.mp4") {
  const root = temporaryFolder();
  const path = meetingAt(join(temporaryFolder(), name), 12);
  const whole = settingsWith({ generic: { folder: root, ...settings } });
  const deps: PackageDeps = {
    settings: whole.generic,
    clock: systemClock,
    getFolder: ({ city, date, publicTitle }) => join(city ?? "", `${date} ${publicTitle}`),
    knownPackage: () => undefined,
    makeThumbnail: async (publication, target, signal) =>
      makeThumbnail((await findMediaTools(whole.media)).ffmpeg, publication.path, target, publication.seconds, signal),
  };
  const publication = somePublication("0123456789abcdef01-a", { path });
  return { root, path, deps, publication, target: createVodPackageTarget(deps) };
}

const folderOfUrl = (url: string | null): string => join(fileURLToPath(url ?? ""), "..");
const readMetadata = (folder: string) => JSON.parse(readFileSync(join(folder, "metadata.json"), "utf8"));

describe("a package", () => {
  test("has everything, reads back, and tells it all in its metadata", async () => {
    const { root, target, publication, path } = place();
    const outcome = await target.publish(publication, straight);
    expect(outcome).toMatchObject({ captionsVerified: "yes", missing: [], showId: null });
    expect(outcome.details.map(([step]) => step)).toEqual(stepNames);
    const folder = folderOfUrl(outcome.url);
    expect(folder).toBe(join(root, "Oakdale", "2026-03-02 Oakdale City Council"));
    const base = "2026-03-02 Oakdale City Council";
    const names = [".chapters.vtt", ".jpg", ".mp4", ".scc", ".vtt"].map((ending) => base + ending);
    expect(readdirSync(folder).toSorted()).toEqual([...names, "index.html", "metadata.json"]);
    expect(readMetadata(folder)).toMatchObject({
      title: "Oakdale City Council",
      city: "Oakdale",
      date: "2026-03-02",
      duration_seconds: 12,
      access: "public",
      captions: { language: "en", count: 3 },
      chapters: [
        { title: "Call to order", offset_seconds: 3 },
        { title: "Item seven", offset_seconds: 6 },
      ],
      statistics: { views: 0, unique_viewers: 0, watch_seconds: 0, last_viewed_date: null },
    });
    // Linked: the same file under another name.
    expect(statSync(join(folder, `${base}.mp4`)).ino).toBe(statSync(path).ino);
  });

  test.skipIf(process.platform === "win32")(
    "goes nowhere that a link leads to out of the folder of all packages",
    async () => {
      const { root, target, publication } = place();
      const elsewhere = temporaryFolder();
      symlinkSync(elsewhere, join(root, "Oakdale"));
      await expect(target.publish(publication, straight)).rejects.toMatchObject({ code: "folder.not-writable" });
      expect(readdirSync(elsewhere)).toEqual([]);
    },
  );

  test("laid again: nothing is written; what the VOD system has written stays; a correction changes the captions", async () => {
    const { target, publication } = place();
    const { url } = await target.publish(publication, straight);
    const folder = folderOfUrl(url);
    const times = () => readdirSync(folder).map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`);
    const before = times();
    await target.publish(publication, straight);
    expect(times()).toEqual(before);
    const metadata = readMetadata(folder);
    const counted = { ...metadata, statistics: { ...metadata.statistics, views: 812 }, vod_system_id: "abc" };
    writeFileSync(join(folder, "metadata.json"), JSON.stringify(counted));
    const corrected = someCues.map((cue) => ({
      ...cue,
      lines: cue.lines.map((line) => line.replace("street", "Main Street")),
    }));
    const again = { ...publication, cues: corrected, scc: encodeScc(corrected).text };
    expect(await target.publish(again, straight)).toMatchObject({ captionsVerified: "yes" });
    // Captions that the SCC file does not have are found.
    expect((await target.publish({ ...again, scc: publication.scc }, straight)).captionsVerified).toBe("no");
    expect(readMetadata(folder)).toMatchObject({ statistics: { views: 812, watch_seconds: 0 }, vod_system_id: "abc" });
  });

  test("as a copy where that is asked for, with the time of the original", async () => {
    const { target, publication, path } = place({ video: "copy" });
    const { url } = await target.publish(publication, straight);
    const copy = statSync(join(folderOfUrl(url), "2026-03-02 Oakdale City Council.mp4"));
    expect(copy.ino).not.toBe(statSync(path).ino);
    expect([copy.size, Math.round(copy.mtimeMs / 1000)]).toEqual([
      statSync(path).size,
      Math.round(statSync(path).mtimeMs / 1000),
    ]);
  });

  test("a copy replaces a link, and a copy that was cut short is made again", async () => {
    const { root, target, publication, path, deps } = place();
    const { url } = await target.publish(publication, straight);
    const video = join(folderOfUrl(url), "2026-03-02 Oakdale City Council.mp4");
    const copying = createVodPackageTarget({ ...deps, settings: { ...deps.settings, video: "copy" } });
    await copying.publish(publication, straight);
    expect(statSync(video).ino).not.toBe(statSync(path).ino);
    truncateSync(video, 1_000);
    expect(await copying.publish(publication, straight)).toMatchObject({ captionsVerified: "yes" });
    expect(statSync(video).size).toBe(statSync(path).size);
    expect(readdirSync(root)).toEqual(["Oakdale"]);
  });

  test("of two recordings with one name have a folder each", async () => {
    const { target, publication } = place();
    const first = await target.publish(publication, straight);
    const second = await target.publish({ ...publication, recordingId: "ffffffffffffffffff-b" }, straight);
    expect(second.vodId).toBe("package:Oakdale/2026-03-02 Oakdale City Council-2");
    expect((await target.publish(publication, straight)).vodId).toBe(first.vodId);
  });

  test("a folder of somebody else is left alone", async () => {
    const { root, target, publication, path } = place();
    const taken = meetingAt(join(root, "Oakdale", "2026-03-02 Oakdale City Council", "holiday.mp4"));
    expect((await target.publish(publication, straight)).vodId).toMatch(/-2$/);
    expect(readdirSync(join(taken, ".."))).toEqual(["holiday.mp4"]);
    expect(statSync(path).size).toBeGreaterThan(0);
  });

  test.each(stepNames.map((step) => [step] as const))("a crash after the step %s: whole in the end", async (at) => {
    const { root, target, publication } = place();
    const crash: StepRunner = async (name, work) => {
      const result = await work();
      if (name === at) throw new Error("killed");
      return result;
    };
    await expect(target.publish(publication, crash)).rejects.toThrow("killed");
    expect(await target.publish(publication, straight)).toMatchObject({ captionsVerified: "yes", missing: [] });
    expect(readdirSync(join(root, "Oakdale"))).toHaveLength(1);
    expect(
      readdirSync(join(root, "Oakdale", "2026-03-02 Oakdale City Council")).filter((name) => name.startsWith(".")),
    ).toEqual([]);
  });

  test("is said to be wrong when a file in it is", async () => {
    const { root, target, publication } = place();
    const captions = join(root, "Oakdale", "2026-03-02 Oakdale City Council", "2026-03-02 Oakdale City Council.vtt");
    const spoil: StepRunner = async (name, work) => {
      const result = await work();
      if (name === "page") writeFileSync(captions, "WEBVTT\n\n00:01.000 --> 00:02.000\nOther words\n");
      return result;
    };
    expect(await target.publish(publication, spoil)).toMatchObject({
      captionsVerified: "no",
      missing: [expect.stringMatching(/\.vtt: .*words/)],
    });
  });

  test("without captions, without a picture, with names that are hard", async () => {
    const { target, publication } = place({ url: "https://vod.example/list/" }, '-it\'s 🎬 <council> & "more".mp4');
    const outcome = await target.publish({ ...publication, withCaptions: false }, straight);
    expect(outcome).toMatchObject({
      url: "https://vod.example/list/Oakdale/2026-03-02%20Oakdale%20City%20Council/index.html",
      missing: ["published without captions, as was asked"],
    });
  });

  test("nowhere to lay it: it is told what to set", async () => {
    const { target, publication } = place({ folder: null });
    await expect(target.publish(publication, straight)).rejects.toMatchObject({
      code: "publish.no-place",
      remedy: "Set generic.folder in the settings.",
    });
  });

  test("that is gone is found to be gone", async () => {
    const { target, publication } = place();
    const { vodId, url } = await target.publish(publication, straight);
    expect(await target.removal({ vodId, showId: undefined })).toMatchObject({ isGone: false });
    rmSync(folderOfUrl(url), { recursive: true });
    expect(await target.removal({ vodId, showId: undefined })).toMatchObject({ isGone: true });
  });

  test("a link that is there already is not made again", async () => {
    const { target, publication, path, root } = place();
    const { url } = await target.publish(publication, straight);
    const second = join(root, "second name.mp4");
    linkSync(path, second);
    const before = statSync(path).nlink;
    await target.publish(publication, straight);
    expect(statSync(path).nlink).toBe(before);
    expect(folderOfUrl(url)).toContain("Oakdale");
  });
});

describe("the page of a package", () => {
  test("cannot be broken by what is said in the meeting", () => {
    const hostile: Partial<Publication> = {
      publicTitle: '</title><script>alert("1")</script>',
      description: "<img src=x onerror=alert(1)>",
      chapters: [{ title: "</button><script>alert(2)</script>", offset: 1 }],
      cues: [{ startMs: 0, endMs: 1_000, lines: ["</script><script>alert(3)</script>"] }],
    };
    const page = formatPage(somePublication("r", hostile), {
      video: 'a"b.mp4',
      captions: undefined,
      thumbnail: undefined,
    });
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain("<img");
    expect(page).toContain('src="a%22b.mp4"');
  });

  test.each(["light", "dark"] as const)(
    "plays the video with its captions, opened as a file, %s",
    async (colorScheme) => {
      const { target, publication } = place();
      const { url } = await target.publish(publication, straight);
      const page = await openPage({ colorScheme });
      await page.goto(url ?? "");
      await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 2);
      const cues = await page.evaluate(() => {
        const [track] = document.querySelector("video")?.textTracks ?? [];
        return [...(track?.cues ?? [])].map((cue) => [cue.startTime, cue.endTime, (cue as VTTCue).text]);
      });
      expect(cues).toEqual(
        someCues.map(({ startMs, endMs, lines }) => [startMs / 1000, endMs / 1000, lines.join("\n")]),
      );
      await page.getByRole("button", { name: "Item seven" }).click();
      await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) >= 6);
      await page.evaluate(() => document.querySelector("video")?.pause());
      const shown = await page.evaluate(() =>
        [...(document.querySelector("video")?.textTracks[0]?.activeCues ?? [])].map((cue) => (cue as VTTCue).text),
      );
      expect(shown).toEqual(["Item seven: the street project."]);
      await keepScreenshot(page, `package-${colorScheme}`);
    },
  );
});
