/** Outlines as clerks write them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMarker } from "../../../electron/insight/agenda/outline-marker.ts";
import { parseAgenda, toTitleCase } from "../../../electron/insight/agenda/parse-agenda.ts";

const toLines = (text: string) =>
  text.split("\n").map((line) => ({ text: line.trim(), indent: line.length - line.trimStart().length }));
const outline = (text: string): readonly string[] =>
  parseAgenda(toLines(text)).map(({ number, title, level }) => `${">".repeat(level)}${number ?? "-"} ${title}`);

describe("a marker", () => {
  test.each<[string, readonly [string, string] | undefined]>([
    ["4. CONSENT ITEMS", ["4", "CONSENT ITEMS"]],
    ["4) Consent items", ["4", "Consent items"]],
    ["(b) Vacation of easement", ["b", "Vacation of easement"]],
    ["IV. Public hearings", ["IV", "Public hearings"]],
    ["5.1 Truck purchase", ["5.1", "Truck purchase"]],
    ["5.A. Truck purchase", ["5.A", "Truck purchase"]],
    ["5A Truck purchase", ["5A", "Truck purchase"]],
    ["Item 5: Truck purchase", ["5", "Truck purchase"]],
    ["Agenda Item No. 12 – Truck purchase", ["12", "Truck purchase"]],
    ["7 ADJOURNMENT", ["7", "ADJOURNMENT"]],
    ["7:30 p.m. Call to order", undefined],
    ["12800 Arbor Lakes Parkway", undefined],
    ["March 2, 2026", undefined],
    ["A motion to approve", undefined],
    ["J. R. Smith, City Clerk", undefined],
    ["7 members were present", undefined],
  ])("%s", (line, found) =>
    expect(parseMarker(line)).toEqual(found === undefined ? undefined : { marker: found[0], text: found[1] }),
  );
});

describe("an agenda", () => {
  test("keeps its depth, its wrapped lines, and nothing of the letterhead and the pages", () => {
    expect(
      outline(`CITY OF MAPLE GROVE
12800 Arbor Lakes Parkway
CITY COUNCIL REGULAR MEETING AGENDA
7:30 p.m.

1. CALL TO ORDER
2. CONSENT ITEMS
   A. Minutes
      1. Regular Meeting - February 16, 2026
      2. Work Session - February 16, 2026
   B. Adopt Resolution No. 26-031 accepting the bid of Northwest Asphalt for the 2026 street
      reconstruction project .................... 12
   C. Approve TH 610 frontage road agreement
Page 1 of 2
3. PUBLIC HEARINGS
   a) Ordinance 26-04, rezoning of 7400 Elm Creek Boulevard
ADJOURNMENT

NOTE: The next meeting is on March 16.`),
    ).toEqual([
      "1 Call to Order",
      "2 Consent Items",
      ">A Minutes",
      ">>1 Regular Meeting - February 16, 2026",
      ">>2 Work Session - February 16, 2026",
      ">B Adopt Resolution No. 26-031 accepting the bid of Northwest Asphalt for the 2026 street reconstruction project",
      ">C Approve TH 610 frontage road agreement",
      "3 Public Hearings",
      ">a Ordinance 26-04, rezoning of 7400 Elm Creek Boulevard",
      "- Adjournment",
    ]);
  });

  test("of letters goes on with I after H, and of Roman numbers with IV after III", () => {
    expect(
      outline(
        "III. Consent\n A. One\n B. Two\n C. Three\n D. Four\n E. Five\n F. Six\n G. Seven\n H. Eight\n I. Nine\nIV. Adjourn",
      ),
    ).toEqual([
      "III Consent",
      ">A One",
      ">B Two",
      ">C Three",
      ">D Four",
      ">E Five",
      ">F Six",
      ">G Seven",
      ">H Eight",
      ">I Nine",
      "IV Adjourn",
    ]);
  });

  test("without numbers begins where the meeting does", () => {
    expect(
      outline("TOWN OF HARTFIELD\nAgenda\nOctober 5\nCall Meeting to Order\nOld Business\n  Gravel bids\nAdjourn"),
    ).toEqual(["- Call Meeting to Order", "- Old Business", ">- Gravel bids", "- Adjourn"]);
  });

  test("that is none has no items, or only what stands there", () => {
    expect(outline("")).toEqual([]);
    expect(outline("----\n12\nPage 3")).toEqual([]);
  });

  test("of any lines has as many items at most, each with a title", () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom("1. One", "A. Two", "i. three", "II. FOUR", "", "5.1 Five", "C) six"),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (texts) => {
        const entries = parseAgenda(texts.map((text) => ({ text: text.trim(), indent: 0 })));
        expect(entries.length).toBeLessThanOrEqual(texts.length);
        for (const { title, level } of entries) {
          expect(title).toMatch(/\p{L}{2}/u);
          expect(level).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

test.each([
  ["CALL TO ORDER", "Call to Order"],
  ["APPROVE TH 610 AGREEMENT WITH THE HRA", "Approve TH 610 Agreement with the HRA"],
  ["NEW TAX ON THE OLD MILL", "New Tax on the Old Mill"],
  ["Already Written by a Person", "Already Written by a Person"],
])("capitals of %s", (title, written) => expect(toTitleCase(title)).toBe(written));
