/** What is approved is what the public gets, from the command line alone. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { openCatalog } from "../../electron/catalog/open.ts";
import { FileSecrets } from "../../electron/config/secrets.ts";
import { outputFormats } from "../../electron/contract/formats.ts";
import { archivist } from "../support/process/archivist.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import { addChainMeeting, type ChainDoor, chainFacts, correctedFile, walkChain } from "../support/publishing/chain.ts";
import { publishingSettings } from "../support/publishing/meetings.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("at the command line, everything that leaves holds the words of the newest version, after each step", async () => {
  const emulator = await testEmulator();
  const dataFolder = temporaryFolder();
  const settings = publishingSettings(emulator, {
    output: { formats: [...outputFormats] },
    queue: { freeMegabytes: 1 },
  });
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
  await storeCredentials(new FileSecrets(join(dataFolder, "secrets.json"), {}), practiceCredentials);
  const catalog = openCatalog(join(dataFolder, "catalog.db"), join(dataFolder, "backups"));
  const { id } = addChainMeeting(catalog);
  // Every command opens the catalog by itself.
  catalog.close();
  const reading = openCatalog(join(dataFolder, "catalog.db"), join(dataFolder, "backups"));
  const done = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await archivist(args, { dataFolder });
    expect([args[0], code, stderr]).toEqual([args[0], 0, expect.any(String)]);
    return stdout;
  };
  const refused = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await archivist(args, { dataFolder });
    expect([args[0], code]).toEqual([args[0], 1]);
    return stdout + stderr;
  };
  const importFile = async (content: Buffer): Promise<void> => {
    const path = join(temporaryFolder(), "- corrected élsewhere.srt");
    writeFileSync(path, content);
    await done("captions", "import", id.slice(0, 8), path);
  };
  const door: ChainDoor = {
    id,
    emulator,
    catalog: () => reading,
    publishRefused: () => refused("publish", id),
    correct: () => importFile(correctedFile("all but the gap")),
    approveRefused: () => refused("captions", "approve", id, "--reason", "all is read"),
    fillGap: () => importFile(correctedFile("all")),
    approve: async () => void (await done("captions", "approve", id, "--reason", "all is read")),
    changeFacts: async () => {
      await done("meetings", "edit", id, "--title", chainFacts.title, "--date", chainFacts.date);
      await done("captions", "export", id);
    },
    publish: async () => void (await done("publish", id)),
    correctLate: () => importFile(correctedFile("late")),
    listOlder: async () => {
      const shown = JSON.parse(await done("meetings", "show", id, "--json")) as {
        readonly files: readonly { readonly is_older: boolean }[];
        readonly summary: { readonly is_older: boolean };
        readonly publications: readonly { readonly is_older: boolean; readonly facts_are_older: boolean }[];
      };
      const text = await done("meetings", "show", id);
      const older = [
        ...(shown.files.some((file) => file.is_older) ? ["file"] : []),
        ...(shown.summary.is_older ? ["summary"] : []),
        ...(shown.publications.some((each) => each.is_older || each.facts_are_older) ? ["publication"] : []),
      ];
      // The text says the same as the data.
      expect(text.split("\n").filter((line) => line.includes("older captions"))).toHaveLength(
        older.includes("publication") ? 1 : 0,
      );
      return older;
    },
  };
  try {
    await walkChain(door);
  } finally {
    reading.close();
  }
});
