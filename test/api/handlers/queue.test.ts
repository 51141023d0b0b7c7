import { describe, expect, test } from "vitest";
import { testHost } from "../../support/station/host.ts";

describe("the queue", () => {
  test("is steered: priority, order, pause, cancel, retry; what makes no sense is told", async () => {
    const { connect, add } = await testHost();
    const client = await connect();
    const ids = ["a", "b", "c"].map((name) => add(`/x/${name}.mp4`));
    const order = async () => (await client.queue.list({})).jobs.map(({ title }) => title);
    await client.queue.prioritise({ id: ids[2] ?? "", priority: 5 });
    expect(await order()).toEqual(["c.mp4", "a.mp4", "b.mp4"]);
    await client.queue.moveBefore({ id: ids[1] ?? "", beforeId: ids[0] ?? "" });
    expect(await order()).toEqual(["c.mp4", "b.mp4", "a.mp4"]);
    await client.queue.pause({ id: ids[0] ?? "" });
    expect((await client.queue.resume({ id: ids[0] ?? "" })).paused).toBe(false);
    expect((await client.queue.cancel({ id: ids[0] ?? "" })).status).toBe("cancelled");
    expect((await client.queue.retry({ id: ids[0] ?? "" })).status).toBe("queued");
    await expect(client.queue.retry({ id: ids[1] ?? "" })).rejects.toMatchObject({
      code: "CONFLICT",
      data: { code: "job.state" },
    });
    await client.queue.pauseAll();
    expect((await client.queue.list({})).isPaused).toBe(true);
  });
});
