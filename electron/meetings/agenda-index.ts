/** Looks for the agenda items of meetings whose captions are new, in the background, so that a search finds them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { findMeetingWithoutItems, storeItems } from "../catalog/repositories/meeting-details.ts";
import { listStyledWords } from "../catalog/repositories/style-edits.ts";
import { findAgendaItems } from "../insight/agenda/called-items.ts";
import type { StationServices } from "../station-services.ts";

export class AgendaIndex {
  readonly #services: Pick<StationServices, "catalog" | "logger">;
  #isStopped = true;
  #work: Promise<void> = Promise.resolve();
  #isWorking = false;

  constructor(services: Pick<StationServices, "catalog" | "logger">) {
    this.#services = services;
  }

  start(): void {
    this.#isStopped = false;
    this.nudge();
  }

  /** Call when captions may be new. */
  nudge(): void {
    if (this.#isStopped || this.#isWorking) return;
    this.#isWorking = true;
    this.#work = this.#run().finally(() => {
      this.#isWorking = false;
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#work;
  }

  async #run(): Promise<void> {
    const { catalog, logger } = this.#services;
    try {
      for (let id = findMeetingWithoutItems(catalog); id !== undefined; id = findMeetingWithoutItems(catalog)) {
        if (this.#isStopped) return;
        storeItems(catalog, id, await findAgendaItems(listStyledWords(catalog, id)));
        // Others have a turn: years of meetings may be waiting.
        await nextTurn();
      }
    } catch (error) {
      logger.warn("agenda items could not be looked for", { error });
    }
  }
}
