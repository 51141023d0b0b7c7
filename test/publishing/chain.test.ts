/** What is approved is what the public gets, over REST from the first correction to the second publication. */
import { expect, test } from "vitest";
import { outputFormats } from "../../electron/contract/formats.ts";
import { addChainMeeting, type ChainDoor, chainFacts, correctedFile, walkChain } from "../support/publishing/chain.ts";
import { publishingHost } from "../support/publishing/meetings.ts";

/** What says of itself whether it is older. */
interface Derived {
  readonly isOlder: boolean;
  readonly areFactsOlder?: boolean;
}

test("over REST, everything that leaves holds the words of the newest version, after each step", async () => {
  const host = await publishingHost({ output: { formats: [...outputFormats] } });
  const { catalog, emulator, runtime, post, call, job } = host;
  await runtime.start();
  const { id } = addChainMeeting(catalog);
  const at = `/api/meetings/${id}`;
  const json = async <T>(response: Promise<Response>): Promise<T> => {
    const answer = await response;
    const body = await answer.json();
    expect([answer.status, body]).toEqual([200, expect.anything()]);
    return body as T;
  };
  const refused = async (response: Promise<Response>): Promise<string> => {
    const answer = await response;
    expect(answer.ok).toBe(false);
    return JSON.stringify(await answer.json());
  };
  const completed = async ({ jobId }: { readonly jobId: string }): Promise<void> => {
    await expect.poll(() => job(jobId)?.completedDate ?? null).not.toBeNull();
    expect(job(jobId)).toMatchObject({ state: "completed", errorMessage: null });
  };
  const importFile = async (content: Buffer): Promise<void> => {
    const body = { name: "corrected.srt", base64: content.toString("base64") };
    await completed(await json(post(`${at}/captions`, body)));
  };
  const door: ChainDoor = {
    id,
    emulator,
    catalog: () => catalog,
    publishRefused: () => refused(post(`${at}/publish`, {})),
    correct: () => importFile(correctedFile("all but the gap")),
    approveRefused: () => refused(post(`${at}/approve`, { reason: "all is read" })),
    fillGap: () => importFile(correctedFile("all")),
    approve: async () => completed(await json(post(`${at}/approve`, { reason: "all is read" }))),
    changeFacts: async () => {
      const body = JSON.stringify({ title: chainFacts.title, date: chainFacts.date });
      const headers = { "content-type": "application/json" };
      const { exportJobId } = await json<{ readonly exportJobId: string | null }>(
        call(at, { method: "PATCH", body, headers }),
      );
      if (exportJobId !== null) await completed({ jobId: exportJobId });
    },
    publish: async () => {
      const { fingerprint } = await json<{ readonly fingerprint: string }>(call(`${at}/preview`));
      await completed(await json(post(`${at}/publish`, { expected: fingerprint })));
    },
    correctLate: () => importFile(correctedFile("late")),
    listOlder: async () => {
      const { files, summary } = await json<{ readonly files: readonly Derived[]; readonly summary: Derived }>(
        call(at),
      );
      const published = await json<readonly Derived[]>(call(`${at}/published`));
      const isOlder = (each: Derived): boolean => each.isOlder || each.areFactsOlder === true;
      return [
        ...(files.some(isOlder) ? ["file"] : []),
        ...(isOlder(summary) ? ["summary"] : []),
        ...(published.some(isOlder) ? ["publication"] : []),
      ];
    },
  };
  await walkChain(door);
});
