/** The manual is bundled with the screens: it is there without the station and without a network. */
import { readManual } from "./manual.ts";

const files = import.meta.glob<string>("../../../resources/manual/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const manualPages = readManual(files);
