/** Documents of every kind as lines, and those that nobody can read. */
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readDocument } from "../../electron/documents/document.ts";
import { readHtmlLines } from "../../electron/documents/html-lines.ts";
import { parseAgenda } from "../../electron/insight/agenda/parse-agenda.ts";

const file = (name: string): Uint8Array => readFileSync(new URL(`./files/${name}`, import.meta.url));
const read = async (bytes: Uint8Array | string): Promise<readonly string[]> =>
  (await readDocument("agenda", typeof bytes === "string" ? Buffer.from(bytes) : bytes)).map(({ text }) => text);
const outline = async (name: string): Promise<readonly string[]> =>
  parseAgenda(await readDocument(name, file(name))).map(
    ({ number, title, level }) => `${">".repeat(level)}${number} ${title}`,
  );

describe("an agenda", () => {
  test("in a PDF, whose pieces of text stand in columns and go on in the next line", async () => {
    expect(await outline("agenda.pdf")).toEqual([
      "1 Call to Order",
      "2 Roll Call",
      "3 Consent Agenda",
      ">A Approve minutes of the February 16, 2026 regular meeting",
      expect.stringMatching(/^>B Adopt Resolution 26-14, accepting the bid of .* Mill Road between Third Street/),
      "4 PUBLIC HEARING: Vacation of Elm Street. Presented by City Engineer Dana Okafor",
      "5 Adjournment",
      "6 This page is left over",
    ]);
  });

  test("in a Word document, whose numbers are those of lists", async () => {
    expect(await outline("agenda.docx")).toEqual([
      "1 Call to Order",
      "2 Roll Call",
      "3 Consent Agenda",
      ">1 Minutes of the February 16 meeting",
      ">2 Claims",
      "4 Public hearing: vacation of Elm Street, presented by City Engineer Dana Okafor",
      "5 Adjournment",
    ]);
  });

  test("in a web page, with the markers that a browser draws", () => {
    const page = `<!doctype html><head><title>no line</title><style>p{}</style></head><body>
      <ol type="I"><li>Call to Order</li><li>Consent<ol type="a"><li>Minutes &amp; claims</li><li>A <b>truck</b></li></ol></li></ol>
      <ol start="7"><li>Seven</li><li value="9">Nine</li></ol><p>One<br>two</p><script>1. never</script>`;
    expect(readHtmlLines(page).flatMap(({ text }) => (text === "" ? [] : text))).toEqual([
      "I. Call to Order",
      "II. Consent",
      "a. Minutes & claims",
      "b. A truck",
      "7. Seven",
      "9. Nine",
      "One",
      "two",
    ]);
  });

  test("in plain text of any encoding", async () => {
    expect(await read("1. Call to order\r\n2. Señor Muñoz\n")).toEqual(["1. Call to order", "2. Señor Muñoz", ""]);
    expect(await read(Buffer.from("1. Señor Muñoz", "latin1"))).toEqual(["1. Señor Muñoz"]);
    expect(await read(Buffer.from("\ufeff1. Muñoz", "utf16le"))).toEqual(["1. Muñoz"]);
  });
});

/** An archive with one file, as large as one likes and small on disk. */
function zipBomb(name: string, megabytes: number): Uint8Array {
  const content = deflateRawSync(Buffer.alloc(megabytes * 1024 * 1024, 0x20));
  const entry = Buffer.from(name);
  const head = (size: number, signature: number): Buffer => {
    const bytes = Buffer.alloc(size);
    bytes.writeUInt32LE(signature);
    return bytes;
  };
  const local = head(30, 0x04034b50);
  const central = head(46, 0x02014b50);
  for (const [bytes, at] of [
    [local, 4],
    [central, 6],
  ] as const) {
    bytes.writeUInt16LE(20, at);
    bytes.writeUInt16LE(8, at + 4);
    bytes.writeUInt32LE(content.length, at + 14);
    bytes.writeUInt32LE(megabytes * 1024 * 1024, at + 18);
    bytes.writeUInt16LE(entry.length, at + 22);
  }
  const end = head(22, 0x06054b50);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + entry.length, 12);
  end.writeUInt32LE(local.length + entry.length + content.length, 16);
  return Buffer.concat([local, entry, content, central, entry, end]);
}

const pdf = file("agenda.pdf");

describe("what cannot be read is refused in words", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(), /it is empty/],
    ["half of a PDF", pdf.subarray(0, pdf.length / 2), /damaged or incomplete|pictures without text/],
    ["a PDF that is none", Buffer.from("%PDF-1.7\nnothing else"), /damaged or incomplete/],
    ["half of a Word document", file("agenda.docx").subarray(0, 20_000), /damaged|no Word document/],
    ["an archive that is no document", zipBomb("readme.txt", 1), /no Word document|damaged/],
    ["an old Word document", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /old Word document/],
    ["rich text", Buffer.from("{\\rtf1\\ansi agenda}"), /rich text/],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 2, 0, 0, 4, 0]), /neither a document nor text/],
  ])("%s", async (_, bytes, cause) => {
    const thrown = await readDocument("agenda.xyz", bytes).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: "document.unreadable" });
    expect((thrown as Error).message).toMatch(cause);
    expect((thrown as Error).message).toContain("agenda.xyz");
  });

  test("an archive that unpacks to more than the memory that it may take", async () => {
    const limits = { deadlineMs: 60_000, memoryMb: 200 };
    await expect(readDocument("bomb.docx", zipBomb("word/document.xml", 900), limits)).rejects.toMatchObject({
      code: "document.unreadable",
    });
  });

  test("one that takes too long", async () => {
    await expect(readDocument("slow.pdf", pdf, { deadlineMs: 1, memoryMb: 500 })).rejects.toThrow(/too long/);
  });

  test("a page of elements that never end, and of lists in lists, is read like any other", async () => {
    expect(await read(`<html>${"<div>".repeat(20_000)}Agenda`)).toContain("Agenda");
    expect((await read(`<html><p>${"<ol><li>".repeat(400)}x`)).join(" ")).toContain("x");
    // Longer lines and more of them are no agenda: the rest is not read.
    const long = await read(`1. Minutes ${".".repeat(2_000_000)}x\n`.repeat(2) + "\n".repeat(20_000));
    expect([long.length, long[0]?.length]).toEqual([5_000, 500]);
  });
});
