import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Word } from "../../electron/captions/word.ts";
import { escapeMarkdown, formatSummary } from "../../electron/insight/markdown.ts";
import { summarize } from "../../electron/insight/summary.ts";
import { sampleScript } from "../support/paths.ts";

interface Line {
  readonly text: string;
  readonly startMs: number;
}

/** Lines as words, each line beginning at its time. */
function toWords(lines: readonly Line[], probability = 0.95): readonly Word[] {
  return lines.flatMap(({ text, startMs }) =>
    text.split(" ").map((part, index) => ({
      text: part,
      startMs: startMs + index * 200,
      endMs: startMs + index * 200 + 180,
      probability,
    })),
  );
}

const meeting = (JSON.parse(readFileSync(sampleScript, "utf8")) as { lines: readonly Line[] }).lines;

describe("the summary of the sample meeting", () => {
  test("tells what was decided and leaves formalities out", async () => {
    const { sentences } = await summarize(toWords(meeting), { sentences: 10, keyPhrases: 10 });
    const texts = sentences.map(({ text }) => text);
    expect(texts).toHaveLength(10);
    expect(texts).toContain("The motion carries five to zero.");
    expect(texts).toContain("The motion carries four to one.");
    expect(texts).toContain("The motion fails for lack of a second.");
    for (const formality of [
      "Roll call please.",
      "Please stand for the pledge of allegiance.",
      "Thank you Mayor Johnson.",
      "All those in favor say aye.",
    ]) {
      expect(texts).not.toContain(formality);
    }
  });

  test("quotes sentences as they were said, with the time at which they begin, in order", async () => {
    const { sentences } = await summarize(toWords(meeting), { sentences: 8, keyPhrases: 5 });
    let last = -1;
    for (const { text, startMs } of sentences) {
      const line = meeting.find((candidate) => candidate.text === text && candidate.startMs === startMs);
      expect(line, text).toBeDefined();
      expect(startMs).toBeGreaterThan(last);
      last = startMs;
    }
  });

  test("finds what was talked about", async () => {
    const { phrases } = await summarize(toWords(meeting), { sentences: 5, keyPhrases: 6 });
    const found = phrases.map(({ phrase }) => phrase);
    expect(found[0]).toBe("street project");
    expect(found).toEqual(expect.arrayContaining(["consent agenda", "storm water fee"]));
    expect(phrases[0]?.occurrences).toBeGreaterThanOrEqual(5);
    expect(phrases).toHaveLength(6);
  });

  test("does not repeat what is said twice", async () => {
    const twice = [...meeting, ...meeting.map((line) => ({ ...line, startMs: line.startMs + 200_000 }))];
    const { sentences } = await summarize(toWords(twice), { sentences: 8, keyPhrases: 5 });
    const texts = sentences.map(({ text }) => text).filter((text) => !/carries|fails/.test(text));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("trusts what was heard well more than what was not", async () => {
    const clear = meeting.slice(0, 30);
    const unclear = [{ text: "The motion to approve the golden bridge project carries.", startMs: 300_000 }];
    const { sentences } = await summarize([...toWords(clear), ...toWords(unclear, 0.05)], {
      sentences: 3,
      keyPhrases: 3,
    });
    expect(sentences.map(({ text }) => text)).not.toContain(unclear[0]?.text);
  });
});

describe("the edges", () => {
  test.each<[string, readonly Word[], number]>([
    ["nothing", [], 0],
    ["one word", [{ text: "Aye.", startMs: 0, endMs: 200, probability: 1 }], 1],
  ])("%s", async (_name, words, count) => {
    const summary = await summarize(words, { sentences: 10, keyPhrases: 10 });
    expect(summary.sentences).toHaveLength(count);
  });

  test("words without any full stop", async () => {
    const words = toWords([
      { text: Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(" "), startMs: 0 },
    ]);
    expect((await summarize(words, { sentences: 5, keyPhrases: 5 })).sentences.length).toBeGreaterThan(0);
  });

  test("words that look like code, markup and emoji", async () => {
    const words = toWords([
      { text: "<script>alert(1)</script> __proto__ constructor 😀 **bold** [link](x). Yes.", startMs: 0 },
    ]);
    const summary = await summarize(words, { sentences: 5, keyPhrases: 5 });
    const text = formatSummary(summary, { title: "x", durationMs: 1_000 });
    expect(text).not.toContain("<script>");
  });
});

describe("Markdown", () => {
  test("has title, length, sentences with times, and phrases", () => {
    const text = formatSummary(
      {
        sentences: [{ text: "The motion carries.", startMs: 3_725_000 }],
        phrases: [
          { phrase: "street project", occurrences: 6 },
          { phrase: "lake street", occurrences: 1 },
        ],
      },
      { title: "2026_council", durationMs: 7_200_000 },
    );
    expect(text).toBe(
      "# 2026\\_council\n\nLength 02:00:00.\n\n## Summary\n\n- [01:02:05] The motion carries.\n\n## Key phrases\n\n" +
        "- street project (6)\n- lake street\n\nThe sentences are quoted from the transcript as they were recognized.\n",
    );
  });

  test("of silence says so", () => {
    expect(formatSummary({ sentences: [], phrases: [] }, { title: "x", durationMs: 0 })).toContain(
      "No speech was recognized",
    );
  });

  test("is not broken by what is said", () => {
    expect(escapeMarkdown("a*b_c`d[e]<f>#g|h\\i{j}")).toBe("a\\*b\\_c\\`d\\[e\\]\\<f\\>\\#g\\|h\\\\i\\{j\\}");
  });
});
