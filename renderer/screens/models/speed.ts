/** How long a model takes, in words: an estimate is not given to the second. */
import { texts } from "../../texts/en.ts";

/** `about 9 minutes`, `about 2 hours`. */
export function formatMinutes(minutes: number): string {
  if (minutes >= 90) return texts.models.hours(Math.round(minutes / 30) / 2);
  return texts.models.minutes(minutes < 10 ? Math.max(1, Math.round(minutes)) : Math.round(minutes / 5) * 5);
}
