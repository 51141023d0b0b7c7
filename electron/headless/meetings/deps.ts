/** What the functions on meetings are given. */
import type { MeetingDeps } from "../../meetings/change-facts.ts";
import type { Station } from "../../station.ts";

export const toDeps = ({ services, runtime }: Station): MeetingDeps => ({
  station: services,
  jobService: runtime.jobService,
  editing: runtime.editing,
});
