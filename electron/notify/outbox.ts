/** Sends the mail that is queued in the catalog; what could not be sent is retried for a day. */
import type { Transporter } from "nodemailer";
import { hourMs } from "../captions/time/durations.ts";
import type { Catalog } from "../catalog/open.ts";
import { dueNotifications, markSent, markUnsent, type NotificationRow } from "../catalog/repositories/notifications.ts";
import type { Logger } from "../config/logger.ts";
import { exponentialBackoffMs } from "../contract/backoff.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../platform/clock.ts";

export interface OutboxOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: Settings["notify"];
  /** Adds user and secret to the address of the mail server. */
  readonly complete: (address: string) => string;
}

const isLoopback = (host: string): boolean => /^(localhost|127\..*|\[::1\])$/.test(host);

const everyMs = 5_000;
const connectMs = 10_000;
const firstWaitMs = 30_000;
/** About a day, with doubling waits of at most two hours. */
const maxAttempts = 20;
const maxWaitMs = 2 * hourMs;

export class Outbox {
  readonly #options: OutboxOptions;
  #transport: Transporter | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Loaded only when a mail server is configured: most stations send no mail. */
  async #connect(): Promise<Transporter | undefined> {
    const { settings, complete } = this.#options;
    const { smtp } = settings;
    if (smtp === null || this.#transport !== undefined) return this.#transport;
    const { createTransport } = await import("nodemailer");
    const url = new URL(complete(smtp));
    const user = decodeURIComponent(url.username);
    this.#transport = createTransport({
      host: url.hostname,
      port: Number(url.port || (url.protocol === "smtps:" ? 465 : 25)),
      secure: url.protocol === "smtps:",
      // A password does not go over the network in the clear.
      requireTLS: user !== "" && url.protocol !== "smtps:" && !isLoopback(url.hostname),
      ...(user === "" ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: 3 * connectMs,
      // Messages are plain text that Archivist writes; they never need to fetch anything.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return this.#transport;
  }

  start(): void {
    if (this.#options.settings.smtp !== null) this.#timer = setInterval(() => void this.send(), everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sending;
    this.#transport?.close();
  }

  /** Sends the mail that is due. Never throws. */
  send(): Promise<void> {
    this.#sending ??= this.#sendAll()
      .catch((thrown: unknown) => this.#options.logger.error("mail could not be sent", { error: thrown }))
      .finally(() => {
        this.#sending = undefined;
      });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    const { catalog, clock, logger } = this.#options;
    const transport = await this.#connect();
    if (transport === undefined) return;
    for (const message of dueNotifications(catalog, clock.now().toISOString())) {
      try {
        await transport.sendMail({
          from: this.#options.settings.from,
          to: JSON.parse(message.recipients) as string[],
          subject: message.subject,
          text: message.body,
        });
        markSent(catalog, message.id, clock.now().toISOString());
      } catch (thrown) {
        const words = thrown instanceof Error ? thrown.message : String(thrown);
        logger.warn("a mail could not be sent", { id: message.id, error: words });
        markUnsent(catalog, message.id, words, this.#nextTry(message));
      }
    }
  }

  #nextTry({ attempts }: NotificationRow): string | undefined {
    if (attempts + 1 >= maxAttempts) return undefined;
    const wait = exponentialBackoffMs({ attempt: attempts + 1, firstMs: firstWaitMs, maxMs: maxWaitMs });
    return new Date(this.#options.clock.now().getTime() + wait).toISOString();
  }
}
