/** The scheduler of each caption mode. */
import { schedulePaintOn } from "../cea608/schedule/paint-on.ts";
import { schedulePopOn } from "../cea608/schedule/pop-on.ts";
import { scheduleRollUp } from "../cea608/schedule/roll-up.ts";
import type { Scheduler } from "../cea608/schedule/types.ts";
import type { SccMode } from "./mode.ts";

export function getScheduler(mode: SccMode): Scheduler {
  switch (mode) {
    case "pop-on":
      return schedulePopOn;
    case "paint-on":
      return schedulePaintOn;
    case "roll-up-2":
      return (cues, options) => scheduleRollUp(2, cues, options);
    case "roll-up-3":
      return (cues, options) => scheduleRollUp(3, cues, options);
    case "roll-up-4":
      return (cues, options) => scheduleRollUp(4, cues, options);
  }
}
