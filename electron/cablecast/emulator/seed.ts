/** Initial records of a small station for practice. */
import { dayMs } from "../../captions/time/durations.ts";
import type { Tables } from "./tables.ts";

const cities = ["Birchwood", "Lake Elmo", "Mahtomedi", "Oakdale", "White Bear Lake"];

/** The fields that a live server sends, so that a client sees all of them. */
export const emptyShow = {
  cgTitle: "",
  comments: null,
  category: null,
  project: null,
  producer: null,
  localId: null,
  cgExempt: false,
  podcastExempt: false,
  customFields: [],
  reels: [],
  vods: [],
  firstRuns: [],
  showFiles: [],
  totalRunTime: 0,
  runCount: 0,
  thumbnail: null,
  thumbnailOptions: [],
  thumbnailImage: null,
  showThumbnails: null,
  thumbnailAltText: null,
  hasCaptions: false,
  generateCaptions: false,
  captionLanguage: "en-US",
  captionProvider: null,
} as const;

export function seed(tables: Tables, now: Date): void {
  tables.add("locations", { name: "Main", vodConfigurations: [1] }, 1);
  tables.add("formats", { primitiveFormat: 1, name: "Video Server", location: 1 }, 3);
  tables.add("vodConfigurations", { location: 1, providerName: "Cablecast VOD", maximumResolution: 1080 }, 1);
  tables.add("fileStores", { name: "Content", location: 1 }, 11);
  tables.add("channels", { name: "Channel 16", primaryLocation: 1, primaryOutput: 1, liveStreams: [] }, 2);
  tables.add("producers", { name: "Station", active: true, location: 1 }, 4);
  tables.add("showFields", { label: "Agenda", fieldDefinition: 6, maxInstances: 1 }, 5);
  tables.add("fieldDefinitions", { name: "Agenda", type: "string", widget: "text", location: 1, fieldOptions: [] }, 6);
  for (const [index, city] of cities.entries()) {
    const category = tables.add("categories", { name: city, location: 1 }, 20 + index).id;
    const project = tables.add(
      "projects",
      { name: `${city} City Council`, description: "", location: 1 },
      40 + index,
    ).id;
    const date = new Date(now.getTime() - (index + 1) * 7 * dayMs).toISOString();
    tables.add("shows", {
      ...emptyShow,
      title: `${city} City Council ${date.slice(0, 10)}`,
      cgTitle: `${city} City Council`,
      location: 1,
      category,
      project,
      producer: 4,
      eventDate: date,
      created: date,
      modified: date,
      lastModified: date,
    });
  }
}
