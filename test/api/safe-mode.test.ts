/** A station that is only looked at: everything can be read, nothing is changed. */
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backUpCatalog } from "../../electron/catalog/backup.ts";
import { contract } from "../../electron/contract/api/contract.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { testHost } from "../support/station/host.ts";

test("reads, and changes nothing, whoever asks", async () => {
  const host = await testHost();
  const id = captioned(host.catalog, someCues(5));
  const client = await host.connect();
  const before = await client.library.list({});
  Object.assign(host.api, { host: { isSafe: true } });
  const rows = (): unknown =>
    ["drafts", "edits", "jobs", "versions", "users", "glossary_terms"].map((table) =>
      host.catalog.database.all(`SELECT count(*) AS count FROM ${table}`),
    );
  const kept = rows();
  expect(await client.library.list({})).toEqual(before);
  expect((await client.meeting.show({ id })).versions).toHaveLength(1);
  const refused = { data: { code: "station.safe" } };
  await expect(client.editor.open({ id, key: "a window of Anna's" })).rejects.toMatchObject(refused);
  await expect(client.queue.pauseAll()).rejects.toMatchObject(refused);
  await expect(client.glossary.add({ city: "Oakdale", term: "Anna" })).rejects.toMatchObject(refused);
  await expect(client.meeting.approve({ id })).rejects.toMatchObject(refused);
  await expect(client.comments.add({ id, text: "Hm", atMs: 1 })).rejects.toMatchObject(refused);
  expect((await client.comments.list({ id })).comments).toEqual([]);
  const olaf = { name: "Olaf", password: "correct horse", role: "user" } as const;
  await expect(client.session.addPerson(olaf)).rejects.toMatchObject(refused);
  expect(rows()).toEqual(kept);
});

test("a backup is restored only where the program around it can, and only one that is whole", async () => {
  const host = await testHost();
  const client = await host.connect();
  const { folder, clock } = host.services;
  await backUpCatalog(host.catalog, folder.backups, clock.now(), 14);
  const [backup] = await client.station.backups();
  const name = backup?.name ?? "";
  await expect(client.station.restore({ name })).rejects.toMatchObject({ data: { code: "host.unable" } });
  const operatorToken = await host.somebody("Olaf", "operator");
  const asked: (string | undefined)[] = [];
  const restart = (restore?: string): void => void asked.push(restore);
  // Also where nothing else may be changed: that is what it is for.
  Object.assign(host.api, { host: { isSafe: true, restart } });
  await expect(client.station.restore({ name: "../catalog.db" })).rejects.toMatchObject({
    data: { code: "backup.missing" },
  });
  await client.station.restore({ name });
  expect(asked).toEqual([name]);
  truncateSync(join(folder.backups, name), 5_000);
  await expect(client.station.restore({ name })).rejects.toMatchObject({ data: { code: "backup.invalid" } });
  const operator = await host.connect(operatorToken);
  await expect(operator.station.backups()).rejects.toMatchObject({ status: 403 });
});

test("a restart is refused while the station could not be opened again, and it goes on", async () => {
  const host = await testHost();
  let restarts = 0;
  Object.assign(host.api, { host: { restart: () => restarts++ } });
  const client = await host.connect();
  writeFileSync(host.folder.settingsFile, "{ this is no JSON");
  await expect(client.station.restart()).rejects.toMatchObject({ data: { code: "settings.unreadable" } });
  expect(restarts).toBe(0);
  expect((await client.library.list({})).meetings).toEqual([]);
  writeFileSync(host.folder.settingsFile, "{}");
  await client.station.restart();
  expect(restarts).toBe(1);
});

/** What people change of their own account, and what they say to one another; refused in safe mode all the same. */
const own: readonly string[] = [
  "session.changePassword",
  "session.end",
  "comments.add",
  "comments.resolve",
  "comments.remove",
];

test("whatever changes something is no call of those who may only look", () => {
  const calls = Object.entries(contract).flatMap(([group, procedures]) =>
    Object.entries(procedures).map(([name, procedure]) => ({ call: `${group}.${name}`, ...procedure["~orpc"] })),
  );
  const asked = calls.filter(
    ({ call, meta, route }) =>
      !call.startsWith("editor.") && !own.includes(call) && meta.role === "user" && route.method !== "GET",
  );
  // They sign out, say that they are there, and ask for lists in more words than an address holds.
  expect(asked.map(({ call }) => call)).toEqual([
    "session.signOut",
    "session.stay",
    "intake.browse",
    "queue.list",
    "queue.watch",
    "schedules.next",
    "library.list",
    "library.find",
    "library.previewDeletion",
    "library.planJoin",
    "cablecast.shows",
    "station.services",
    "station.health",
  ]);
});
