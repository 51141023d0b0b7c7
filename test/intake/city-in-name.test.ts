/** A recording whose name contains a city is that city's, however it comes in, unless a person says otherwise. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archivist } from "../support/process/archivist.ts";
import { testHost } from "../support/station/host.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const cities = [
  { name: "Oakdale", shares: ["Flex"], glossary: "East Metro", language: "en", captionProfile: "netflix" },
  { name: "Lake Elmo", shares: ["Flex"] },
];

test("it is proposed at intake, and can be changed or taken away", async () => {
  const { connect, job } = await testHost({ cities });
  const client = await connect();
  const path = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale council.mp4"));
  expect(await client.intake.look({ paths: [path] })).toMatchObject([{ city: "Oakdale", date: "2026-03-02" }]);

  const start = async (options: { city?: string | null; date?: string | null }) => {
    const [started] = await client.intake.start({ recordings: [{ path, ...options }], options: {} });
    const row = job(started?.jobId ?? "");
    await client.queue.cancel({ id: row?.id ?? "" });
    return { city: row?.city, ...(JSON.parse(row?.payload ?? "{}") as object) };
  };
  expect(await start({})).toMatchObject({ city: "Oakdale", glossary: "East Metro", profile: "netflix" });
  expect(await start({ city: "Lake Elmo" })).toMatchObject({ city: "Lake Elmo", glossary: "Lake Elmo" });
  expect(await start({ city: null, date: null })).toMatchObject({ city: null, meeting: { date: null } });
  expect(await start({ city: null })).not.toHaveProperty("glossary");
});

test("it is read on the command line as well", async () => {
  const dataFolder = join(temporaryFolder(), "data");
  mkdirSync(dataFolder);
  const settings = { speech: { model: "archivist-demo-en" }, cities: { members: cities } };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
  const run = (...args: string[]) => archivist(args, { dataFolder });
  const folder = temporaryFolder();
  const named = meetingAt(join(folder, "LakeElmo 2026-03-02.mp4"));
  const other = meetingAt(join(folder, "Lake Elmo 2026-03-03.mp4"), 7);
  expect(await run("transcribe", named)).toMatchObject({ code: 0 });
  expect(await run("transcribe", other, "--no-city")).toMatchObject({ code: 0 });
  await run("jobs", "add", named);
  await run("jobs", "add", other, "--no-city");
  const { jobs } = JSON.parse((await run("jobs", "list", "--json")).stdout) as {
    jobs: { title: string; city: string }[];
  };
  expect(jobs.map(({ title, city }) => [title, city])).toEqual([
    ["LakeElmo 2026-03-02.mp4", "Lake Elmo"],
    ["Lake Elmo 2026-03-03.mp4", null],
  ]);
  // The same work as on the command line: nothing is recognized again.
  const done = await run("run", "--until-idle");
  expect(done.stdout).toMatch(/LakeElmo 2026-03-02\.mp4: completed/);
  expect(done.stdout).not.toMatch(/piece 1/);
});
