import { join } from "node:path";

/** Folder of package.json. */
export const projectRoot = join(import.meta.dirname, "../..");
export const sampleVideo = join(projectRoot, "resources/sample/sample-meeting.mp4");
export const sampleScript = join(projectRoot, "resources/sample/sample-meeting.json");
export const demoModel = join(projectRoot, "resources/models/archivist-demo-en.bin");
