/** Downloads in the background, against a server with the faults of real ones. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ModelDownloads } from "../../electron/administration/model-downloads.ts";
import { modelFileName, officialModel } from "../../electron/speech/models/official-models.ts";
import { type ModelServer, modelServer } from "../support/network/model-server.ts";
import { sileroNetwork } from "../support/speech/silero-network.ts";
import { silentLogger } from "../support/station/silent-logger.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** The real files are not to be had here: a small network stands for each of these. */
const content = sileroNetwork();
const [first, second] = ["silero-v5.1.2", "silero-v6.2.0"] as const;

function requireModel(name: string) {
  const model = officialModel(name);
  if (model === undefined) throw new Error(`${name} is not published`);
  return model;
}

beforeEach(() => {
  const hex = createHash("sha256").update(content).digest("hex");
  for (const name of [first, second]) vi.spyOn(requireModel(name).checksum, "hex", "get").mockReturnValue(hex);
  return () => vi.restoreAllMocks();
});

function open(server: ModelServer, folder = temporaryFolder()) {
  const downloads = new ModelDownloads({ folder, mirror: server.address, proxy: null }, silentLogger);
  const state = (name: string) => downloads.find(requireModel(name))?.state;
  const part = join(folder, `${modelFileName(first)}.part`);
  return { downloads, folder, state, part };
}

describe("downloads", () => {
  test("come one after the other, and each is verified", async () => {
    const server = await modelServer(content);
    const { downloads, folder, state } = open(server);
    downloads.start(first);
    downloads.start(second);
    downloads.start(first);
    expect([state(first), state(second)]).toEqual(["downloading", "queued"]);
    await expect.poll(() => [state(first), state(second)]).toEqual([undefined, undefined]);
    for (const name of [first, second]) {
      expect(downloads.isVerified(name)).toBe(true);
      expect(readFileSync(join(folder, modelFileName(name)))).toEqual(content);
    }
    expect(server.requests.map(({ url }) => url)).toEqual([first, second].map((name) => `/${modelFileName(name)}`));
  });

  test("pause in the middle, let the next one go, and resume where they stopped, by another process as well", async () => {
    const server = await modelServer(content);
    const { downloads, folder, state, part } = open(server);
    const half = Math.floor(content.length / 2);
    server.behave({ hangAfter: half }, "well");
    downloads.start(first);
    await expect.poll(() => (existsSync(part) ? statSync(part).size : 0)).toBe(half);
    downloads.start(second);
    downloads.pause(first);
    expect(state(first)).toBe("paused");
    await expect.poll(() => state(second)).toBeUndefined();
    expect(downloads.isVerified(second)).toBe(true);
    // Paused it stays, until somebody resumes it: here after the station was opened anew.
    downloads.close();
    const later = open(server, folder);
    expect(later.downloads.find(requireModel(first))).toMatchObject({ state: "paused", receivedBytes: half });
    later.downloads.start(first);
    await expect.poll(() => later.state(first)).toBeUndefined();
    expect(server.requests.at(-1)?.range).toBe(`bytes=${half}-`);
    expect(later.downloads.isVerified(first)).toBe(true);
    expect(readFileSync(join(folder, modelFileName(first)))).toEqual(content);
  });

  test("that wait can be paused, and are not begun then", async () => {
    const server = await modelServer(content);
    server.behave({ hangAfter: 100 });
    const { downloads, state } = open(server);
    downloads.start(first);
    downloads.start(second);
    await expect.poll(() => server.requests.length).toBe(1);
    downloads.pause(second);
    downloads.pause(first);
    expect([state(first), state(second)]).toEqual(["paused", "paused"]);
    expect(server.requests).toHaveLength(1);
    downloads.close();
  });

  test.each([
    ["refused", { status: 404 } as const, /speech\.modelMirror/],
    ["of other content", "wrong-bytes" as const, /download it again/],
    ["of a sign-in page", "captive-portal" as const, /speech\.modelMirror/],
  ])("%s fail with what to do, name no command, and can be tried again", async (_name, behaviour, remedy) => {
    const server = await modelServer(content);
    const { downloads, folder, state } = open(server);
    server.behave(behaviour);
    downloads.start(first);
    await expect.poll(() => state(first)).toBe("failed");
    const problem = downloads.find(requireModel(first))?.problem;
    expect(problem?.remedy).toMatch(remedy);
    expect(problem?.remedy).not.toContain("archivist ");
    expect(downloads.isVerified(first)).toBe(false);
    expect(existsSync(join(folder, modelFileName(first)))).toBe(false);
    server.behave("well");
    downloads.start(first);
    await expect.poll(() => state(first)).toBeUndefined();
    expect(downloads.isVerified(first)).toBe(true);
  });

  test("are removed with what was received, even while they run", async () => {
    const server = await modelServer(content);
    server.behave({ hangAfter: 1_000 });
    const { downloads, folder, state, part } = open(server);
    downloads.start(first);
    await expect.poll(() => existsSync(part)).toBe(true);
    await downloads.remove(first);
    expect(state(first)).toBeUndefined();
    expect(readdirSync(folder).filter((file) => file.includes("silero"))).toEqual([]);
    server.behave("well");
    downloads.start(first);
    await expect.poll(() => downloads.isVerified(first)).toBe(true);
    await downloads.remove(first);
    expect(downloads.isVerified(first)).toBe(false);
    await expect(downloads.remove(first)).rejects.toMatchObject({ code: "model.missing" });
  });

  test("of a name that is not published are refused", async () => {
    const { downloads } = open(await modelServer(content));
    expect(() => downloads.start("no-such")).toThrow(expect.objectContaining({ code: "model.missing" }));
  });
});
