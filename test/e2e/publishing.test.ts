/** Publishing as a person does it: what the preview shows is what is sent, and many at once are named one by one. */
import { expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import { addMeeting, publishingSettings } from "../support/publishing/meetings.ts";

async function publishingWorkstation() {
  const emulator = await testEmulator();
  const station = await workstation({
    settings: publishingSettings(emulator),
    cities: [{ name: "Oakdale", shares: ["F"] }],
  });
  await storeCredentials(station.services.secrets, practiceCredentials);
  const open = (id: string, tab = ""): Promise<unknown> =>
    station.page.goto(`${station.server.url}/#/meeting/${id}${tab}`);
  return { ...station, emulator, open };
}

test("title, date, chapters, show and captions are changed in the preview, and the server has exactly them", async () => {
  const { page, catalog, emulator, open } = await publishingWorkstation();
  const id = addMeeting(catalog, { name: "council.mp4", date: null, city: "Oakdale", hasFile: true });
  await open(id, "?tab=publish");
  const publish = page.getByRole("button", { name: "Publish", exact: true });
  await page.getByText("The date of the meeting is not known: enter it").waitFor();
  expect(await publish.isDisabled()).toBe(true);
  await capture(page, "publish-no-date");
  await page.getByLabel("Date of the meeting").fill("2026-03-02");
  await page.getByLabel("Title", { exact: true }).fill("Special meeting");
  await page.getByLabel("Description", { exact: true }).fill("As it was.");
  await page.getByRole("textbox", { name: "Chapters" }).fill("0:00:02 Opening\nVote");
  await page.getByText("No chapter: Vote.").waitFor();
  expect(await publish.isDisabled()).toBe(true);
  await page.getByRole("textbox", { name: "Chapters" }).fill("0:00:02 Opening\n0:00:08 Vote");
  const show = emulator.tables.all("shows").find(({ cgTitle }) => cgTitle === "Oakdale City Council");
  await page.getByText("Another one", { exact: true }).click();
  await page.getByPlaceholder("Number or title of the show").fill(String(show?.id));
  await page.getByRole("option", { name: `Show ${String(show?.id)}` }).click();
  await page.getByText(`Show ${String(show?.id)}: ${String(show?.title)}`).waitFor();
  await capture(page, "publish-changed");
  await publish.and(page.locator(":enabled")).click();
  await page.getByText("captions read back and right").waitFor();
  await capture(page, "publish-done");
  const [vod] = emulator.tables.all("vods");
  expect(vod?.show).toBe(show?.id);
  expect(emulator.tables.get("shows", Number(show?.id))).toMatchObject({
    cgTitle: "Special meeting",
    comments: "As it was.",
    eventDate: "2026-03-02T00:00:00",
  });
  const chapters = emulator.tables.all("chapters").map(({ offset, title }) => `${String(offset)} ${String(title)}`);
  expect(chapters).toEqual(["2 Opening", "8 Vote"]);
});

test("many at once: each is listed with what happens, the result names each; no tab sticks to what is opened next", async () => {
  const { page, catalog, emulator, goTo, open } = await publishingWorkstation();
  const first = addMeeting(catalog, { name: "2026-03-02 Oakdale.mp4", city: "Oakdale", hasFile: true });
  addMeeting(catalog, { name: "2026-03-09 Oakdale.mp4", date: "2026-03-09", city: "Oakdale", isApproved: false });
  addMeeting(catalog, { name: "undated.mp4", date: null });
  await goTo("Library");
  await page.getByRole("table", { name: "Library" }).getByText("No date").waitFor();
  await capture(page, "library-no-date");
  await page.getByLabel("Choose all that are shown").click();
  await page.getByRole("button", { name: "Publish 3" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 meeting will be published. 2 meetings will be left out.").waitFor();
  await dialog.getByText("Its captions have not been approved").waitFor();
  await dialog.getByText("The date of the meeting is not known: enter it").waitFor();
  await capture(page, "publish-many");
  await dialog.getByRole("button", { name: "Publish 1" }).click();
  await dialog.getByText("1 meeting put into the queue.").waitFor();
  await capture(page, "publish-many-done");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect.poll(() => emulator.tables.all("vods").length).toBe(1);
  await open(first, "?tab=publish");
  await page.getByRole("tab", { name: "Cablecast", selected: true }).waitFor();
  await goTo("Library");
  await page.getByRole("table", { name: "Library" }).getByText("2026-03-09 Oakdale.mp4").click();
  await page.getByRole("tab", { name: "Summary", selected: true }).waitFor();
  expect(new URL(page.url()).search).toBe("");
});
