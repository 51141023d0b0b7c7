import { describe, expect, test } from "vitest";
import { findSummary, storeSummary } from "../../../electron/catalog/repositories/insights.ts";
import { freshCatalog, someTranscription } from "../../support/station/catalog.ts";

describe("insights are kept", () => {
  test("a summary with its phrases, replaced as a whole", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    expect(findSummary(catalog, id)).toBeUndefined();
    storeSummary(catalog, id, {
      markdown: "old",
      sentences: [],
      phrases: [{ phrase: "a", occurrences: 1 }],
      version: 0,
      options: "{}",
    });
    const summary = {
      markdown: "# new",
      sentences: [{ text: "The motion carries.", startMs: 5 }],
      phrases: [{ phrase: "street project", occurrences: 6 }],
      options: '{"sentences":10}',
      version: 3,
    };
    storeSummary(catalog, id, summary);
    expect(findSummary(catalog, id)).toEqual(summary);
  });
});
