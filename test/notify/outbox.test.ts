import { SMTPServer } from "smtp-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { listNotifications } from "../../electron/catalog/repositories/notifications.ts";
import { Notifier } from "../../electron/notify/notifier.ts";
import { Outbox } from "../../electron/notify/outbox.ts";
import { ManualClock } from "../support/queue/manual-clock.ts";
import { freshCatalog } from "../support/station/catalog.ts";
import { settingsWith } from "../support/station/shares.ts";
import { silentLogger } from "../support/station/silent-logger.ts";

interface Mail {
  readonly to: readonly string[];
  readonly text: string;
}

/** A real mail server that takes everything, or nothing. */
async function mailServer(refuse = false) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_, __, done) => done(refuse ? new Error("mailbox full") : undefined),
    onData: (stream, session, done) => {
      let text = "";
      stream.on("data", (bytes: Buffer) => {
        text += bytes.toString("utf8");
      });
      stream.on("end", () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as { port: number };
  return { mails, smtp: `smtp://127.0.0.1:${port}` };
}

function post(smtp: string | null) {
  const settings = settingsWith({
    cities: { members: [{ name: "Oakdale", shares: ["Oakdale"], notify: ["clerk@oakdale.example"] }] },
    notify: { smtp, operators: ["tech@station.example"], from: "archivist@station.example" },
  });
  const catalog = freshCatalog();
  const clock = new ManualClock();
  const outbox = new Outbox({
    catalog,
    clock,
    logger: silentLogger,
    settings: settings.notify,
    complete: (address) => address,
  });
  onTestFinished(() => outbox.stop());
  return { catalog, clock, outbox, notifier: new Notifier({ catalog, clock, logger: silentLogger, settings }) };
}

describe("telling people", () => {
  test("mails who is named for the city and who runs the station, once", async () => {
    const { mails, smtp } = await mailServer();
    const { catalog, notifier, outbox } = post(smtp);
    notifier.notify({
      severity: "error",
      subject: "meeting.mp4 has failed",
      body: "Why. What to do.",
      city: "Oakdale",
      forOperators: true,
    });
    await Promise.all([outbox.send(), outbox.send()]);
    await outbox.send();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(["clerk@oakdale.example", "tech@station.example"]);
    expect(mails[0]?.text).toMatch(/Subject: meeting\.mp4 has failed[\s\S]*Why\. What to do\./);
    expect(listNotifications(catalog, 10)).toMatchObject([{ status: "sent" }]);
  });

  test("keeps what nobody has an address for, and what there is no server for", async () => {
    const { catalog, notifier } = post(null);
    notifier.notify({ severity: "info", subject: "Lake Elmo is done", body: "", city: "Lake Elmo" });
    notifier.notify({ severity: "info", subject: "Oakdale is done", body: "", city: "Oakdale" });
    expect(listNotifications(catalog, 10).map(({ status }) => status)).toEqual(["kept", "kept"]);
  });

  test("a server that refuses or is away: tried again later, given up after a day, never lost", async () => {
    const { smtp } = await mailServer(true);
    const { catalog, clock, notifier, outbox } = post(smtp);
    notifier.notify({ severity: "error", subject: "a share hangs", body: "", forOperators: true });
    await outbox.send();
    const [first] = listNotifications(catalog, 1);
    expect(first).toMatchObject({ status: "pending", attempts: 1, error: expect.stringMatching(/mailbox full/) });
    await outbox.send();
    expect(listNotifications(catalog, 1)[0]?.attempts).toBe(1);
    for (let hour = 0; hour < 60; hour++) {
      clock.advance(3_600_000);
      await outbox.send();
    }
    expect(listNotifications(catalog, 1)).toMatchObject([{ status: "failed", attempts: 20 }]);
  });
});
