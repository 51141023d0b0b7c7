/** The sample meeting included with the program: for the demo, and for a station's first try. */
import { join } from "node:path";
import { outsideArchive } from "../platform/shipped-files.ts";

export const sampleFolder = outsideArchive(join(import.meta.dirname, "../../resources/sample"));
export const sampleMeeting = join(sampleFolder, "sample-meeting.mp4");
