/** Sends notifications: each one is stored in the catalog and the log, and mailed to recipients with an address. */
import type { Catalog } from "../catalog/open.ts";
import { addLogEntry } from "../catalog/repositories/logs.ts";
import { addNotification, type NewNotification } from "../catalog/repositories/notifications.ts";
import type { Logger } from "../config/logger.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../platform/clock.ts";

export interface Message {
  readonly severity: NewNotification["severity"];
  readonly subject: string;
  readonly body: string;
  /** The city that the message is about: the people named in its settings are notified. */
  readonly city?: string | null;
  readonly jobId?: string | null;
  /** True when the station's operators are notified. */
  readonly forOperators?: boolean;
}

export class Notifier {
  readonly #catalog: Catalog;
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #logger: Logger;

  constructor(deps: {
    readonly catalog: Catalog;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly settings: Settings;
  }) {
    this.#logger = deps.logger;
    this.#catalog = deps.catalog;
    this.#clock = deps.clock;
    this.#settings = deps.settings;
  }

  /** Never throws: a notification that fails must not make anything else fail. */
  notify(message: Message): void {
    try {
      this.#notify(message);
    } catch (thrown) {
      this.#logger.error("something could not be told", { subject: message.subject, error: thrown });
    }
  }

  #notify({ forOperators = false, ...message }: Message): void {
    const { notify, cities } = this.#settings;
    const city = cities.members.find(({ name }) => name === message.city);
    const recipients = [...new Set([...(city?.notify ?? []), ...(forOperators ? notify.operators : [])])];
    addNotification(this.#catalog, {
      ...message,
      recipients,
      canSend: notify.smtp !== null,
      createdDate: this.#clock.now().toISOString(),
    });
    const level = message.severity;
    addLogEntry(this.#catalog, { level, message: message.subject, component: "notify" });
  }
}
