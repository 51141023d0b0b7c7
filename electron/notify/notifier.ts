/** Tells people: everything is kept in the catalog and the log; who has an address gets mail. */
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
  /** The city that it is about: those who are named in its settings are told. */
  readonly city?: string | null;
  readonly jobId?: string | null;
  /** Who runs the station has to know. */
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

  /** Never throws: nothing may fail because somebody could not be told. */
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
