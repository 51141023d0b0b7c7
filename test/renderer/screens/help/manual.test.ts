/** The manual as the help screen reads it: order, sections, search; and that its links lead somewhere. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parsePage, readManual, searchManual, toAnchor } from "../../../../renderer/screens/help/manual.ts";
import { projectRoot } from "../../../support/paths.ts";

const folder = join(projectRoot, "resources/manual");
const files = Object.fromEntries(
  readdirSync(folder).map((name) => [`../${name}`, readFileSync(join(folder, name), "utf8")]),
);

describe("the pages of the manual", () => {
  test("are in the order of the index, which comes first and names all of them", () => {
    const pages = readManual({ "a/z.md": "# Z", "a/y.md": "# Y", "a/index.md": "# All\n\n- [Z](z.md)\n- [Y](y.md#y)" });
    expect(pages.map(({ name, title }) => `${name} ${title}`)).toEqual(["index All", "z Z", "y Y"]);
    const linked = [...(files["../index.md"] ?? "").matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, name]) => name);
    expect(linked.toSorted()).toEqual(
      readManual(files)
        .map(({ name }) => name)
        .filter((name) => name !== "index")
        .toSorted(),
    );
  });

  test("each begin with one heading of the first level, and have no heading twice", () => {
    for (const { name, tokens, sections } of readManual(files)) {
      const first = tokens.filter((token) => token.type === "heading" && token.depth === 1);
      expect([name, first.length, tokens[0]?.type]).toEqual([name, 1, "heading"]);
      const anchors = sections.map(({ anchor }) => anchor);
      expect(new Set(anchors).size, name).toBe(anchors.length);
    }
  });

  test("lead to pages and headings that exist, and so does the README", () => {
    const pages = readManual(files);
    const texts = { ...files, README: readFileSync(join(projectRoot, "README.md"), "utf8") };
    for (const [from, text] of Object.entries(texts)) {
      for (const [link, name, anchor] of text.matchAll(/\]\((?:resources\/manual\/)?([\w-]+)\.md(?:#([\w-]+))?\)/g)) {
        const page = pages.find((each) => each.name === name);
        expect(page?.name, `${from}: ${link}`).toBe(name);
        if (anchor !== undefined) expect(page?.sections.map((each) => each.anchor)).toContain(anchor);
      }
    }
  });
});

describe("the search", () => {
  const pages = [
    parsePage("one", "# Captions\n\nWords with **bold** and `code`.\n\n## Timing\n\n- SCC files\n- others"),
    parsePage("two", "# Other\n\n| a | b |\n| - | - |\n| scc | timing of it |\n\n<!-- scc remark -->\n"),
  ];
  const found = (query: string) =>
    searchManual(pages, query).map(({ page, section }) => `${page.name} ${section.anchor}`);

  test("finds all words in any order and case, those in headings first", () => {
    expect(found("timing scc")).toEqual(["one timing", "two other"]);
    expect(found("BOLD code")).toEqual(["one captions"]);
    expect(found("nothing")).toEqual([]);
    expect(found("  ")).toEqual([]);
  });

  test("does not find what is only a remark", () => {
    expect(found("remark")).toEqual([]);
  });

  test("shows the words around the first place", () => {
    const long = parsePage("long", `# Long\n\n${"before ".repeat(40)}needle ${"after ".repeat(40)}`);
    const snippet = searchManual([long], "needle")[0]?.snippet ?? "";
    expect(snippet).toMatch(/^… before .*needle after .* …$/);
    expect(snippet.length).toBeLessThan(150);
  });
});

test.each([
  ["Why no install scripts run", "why-no-install-scripts-run"],
  ["Access: people and the network", "access-people-and-the-network"],
])("%s is %s in links", (heading, anchor) => {
  expect(toAnchor(heading)).toBe(anchor);
});
