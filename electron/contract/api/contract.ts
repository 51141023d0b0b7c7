/** The API contract: every procedure, for all transports. */
import { batches } from "./batches.ts";
import { cablecast } from "./cablecast.ts";
import { comments } from "./comments.ts";
import { dictionary } from "./dictionary.ts";
import { editor } from "./editor.ts";
import { glossary } from "./glossary.ts";
import { intake } from "./intake.ts";
import { system } from "./legacy.ts";
import { library } from "./library.ts";
import { meeting } from "./meeting.ts";
import { models } from "./models.ts";
import { queue } from "./queue.ts";
import { schedules } from "./schedules.ts";
import { session } from "./session.ts";
import { station } from "./station.ts";

export const contract = {
  session,
  intake,
  queue,
  batches,
  schedules,
  models,
  library,
  meeting,
  editor,
  comments,
  glossary,
  dictionary,
  cablecast,
  station,
  system,
};
export type Contract = typeof contract;
