/** The meetings whose captions somebody has open. */

import type { View } from "../captions/editing/history.ts";
import type { Catalog } from "../catalog/open.ts";
import { keepView } from "../catalog/repositories/drafts.ts";
import type { Clock } from "../lib/clock.ts";
import { OpenMeeting, type OpenMeetingParts } from "./open-meeting.ts";
import type { Visitor } from "./people.ts";

/** A page that is loaded anew comes back within this time, and finds its pen where it was. */
const graceMs = 8_000;

export interface DeskParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly graceMs?: number;
}

interface Held {
  readonly meeting: OpenMeeting;
  /** Windows that have it open, with how many streams each. */
  readonly windows: Map<string, number>;
  readonly leaving: Map<string, NodeJS.Timeout>;
}

export class EditingDesk {
  readonly #parts: DeskParts;
  readonly #open = new Map<string, Held>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** @throws ArchivistError `meeting.unknown`, `draft.damaged` */
  meeting(parts: Pick<OpenMeetingParts, "transcriptionId" | "profile" | "firstMarks">): OpenMeeting {
    const known = this.#open.get(parts.transcriptionId);
    if (known !== undefined) return known.meeting;
    const { catalog, clock } = this.#parts;
    const meeting = new OpenMeeting({ catalog, clock, ...parts });
    this.#open.set(parts.transcriptionId, { meeting, windows: new Map(), leaving: new Map() });
    return meeting;
  }

  /** A meeting that is open; undefined: nobody has opened it. */
  known(transcriptionId: string): OpenMeeting | undefined {
    return this.#open.get(transcriptionId)?.meeting;
  }

  /** A window looks at a meeting from now on. @returns What says that it has gone */
  enter(transcriptionId: string, visitor: Visitor): () => void {
    const held = this.#open.get(transcriptionId);
    if (held === undefined) return () => undefined;
    const { key } = visitor;
    clearTimeout(held.leaving.get(key));
    held.leaving.delete(key);
    held.windows.set(key, (held.windows.get(key) ?? 0) + 1);
    held.meeting.people.join(visitor);
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      const count = (held.windows.get(key) ?? 1) - 1;
      held.windows.set(key, count);
      if (count > 0) return;
      held.leaving.set(
        key,
        setTimeout(() => this.#leave(transcriptionId, key), this.#parts.graceMs ?? graceMs),
      );
    };
  }

  /** A window was closed in an orderly way: nobody has to wait for it. */
  leave(transcriptionId: string, key: string, view: View): void {
    keepView(this.#parts.catalog, transcriptionId, view);
    this.#leave(transcriptionId, key);
  }

  #leave(transcriptionId: string, key: string): void {
    const held = this.#open.get(transcriptionId);
    if (held === undefined) return;
    clearTimeout(held.leaving.get(key));
    held.leaving.delete(key);
    held.windows.delete(key);
    held.meeting.people.leave(key);
    if (held.windows.size === 0) this.#open.delete(transcriptionId);
  }

  /** Nothing is open any more; what was acknowledged is in the catalog. */
  close(): void {
    for (const [id, held] of this.#open) {
      for (const timer of held.leaving.values()) clearTimeout(timer);
      for (const key of held.windows.keys()) held.meeting.people.leave(key);
      this.#open.delete(id);
    }
  }
}
