import { describe, expect, test } from "vitest";
import { Lanes } from "../../electron/queue/lanes.ts";

describe("lanes", () => {
  test("do one thing at a time each, and not more", async () => {
    const lanes = new Lanes({ disk: 1, speech: 1, render: 1, network: 1 });
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running++;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    await Promise.all(Array.from({ length: 20 }, () => lanes.run("speech", undefined, work)));
    expect(most).toBe(1);
  });

  test("do not begin what has been interrupted meanwhile", async () => {
    const lanes = new Lanes({ disk: 1, speech: 1, render: 1, network: 1 });
    const controller = new AbortController();
    const first = lanes.run("disk", undefined, async () => controller.abort());
    const second = lanes.run("disk", controller.signal, async () => "begun");
    await first;
    await expect(second).rejects.toMatchObject({ code: "interrupted" });
  });
});
