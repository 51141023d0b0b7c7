/** The pages of the manual, bundled with the screens: available without the station and without a network. */
import { readManual } from "./manual.ts";

const files = import.meta.glob<string>("../../../resources/manual/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const manualPages = readManual(files);
