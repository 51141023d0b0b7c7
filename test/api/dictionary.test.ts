/** What the spell check takes for right: dictionaries of other languages, and words that people add. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createHunspellFromStrings } from "hunspell-wasm";
import { describe, expect, test } from "vitest";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { testHost } from "../support/station/host.ts";

const packed = (content: string | Uint8Array): string => gzipSync(content).toString("base64");
const latin = (text: string): Buffer => Buffer.from(text, "latin1");

/** As old dictionaries are: Latin-1, CRLF, a flag that is a letter beyond ASCII. */
const affixes = latin("SET ISO8859-1\r\nTRY aeiouáéíóú\r\nSFX ñ Y 1\r\nSFX ñ 0 s .\r\n");
const dictionary = latin("3\r\nsesión/ñ\r\nalcaldía\r\nayuntamiento\r\n");

describe("a dictionary", () => {
  test("is taken in whatever encoding it is published, listed, read, replaced and removed", async () => {
    const { connect, services } = await testHost();
    const client = await connect();
    expect(await client.dictionary.list()).toEqual([]);
    expect(await client.dictionary.read({ language: "es" })).toBeNull();
    const files = { affixes: packed(affixes), dictionary: packed(dictionary) };
    expect(await client.dictionary.add({ language: "es", ...files })).toEqual({ words: 3 });
    expect(await client.dictionary.list()).toEqual([{ language: "es", words: 3, bytes: expect.any(Number) }]);
    const texts = await client.dictionary.read({ language: "es" });
    const hunspell = await createHunspellFromStrings(texts?.affixes ?? "", texts?.dictionary ?? "");
    expect(["sesión", "sesións", "alcaldía", "sesion", "alcaldías"].map((word) => hunspell.testSpelling(word))).toEqual(
      [true, true, true, false, false],
    );
    hunspell.dispose();
    const utf8 = { affixes: packed("SET UTF-8\n"), dictionary: packed("1\nconcejal\n") };
    expect(await client.dictionary.add({ language: "es", ...utf8 })).toEqual({ words: 1 });
    await client.dictionary.remove({ language: "es" });
    expect(await client.dictionary.list()).toEqual([]);
    expect(existsSync(join(services.folder.dictionaries, "es.aff"))).toBe(false);
  });

  test.each([
    ["files that are not packed", { affixes: "YWJj", dictionary: "YWJj" }],
    ["a video", { affixes: packed(Buffer.alloc(2000, 7)), dictionary: packed(Buffer.alloc(2000, 9)) }],
    ["the two files exchanged", { affixes: packed(dictionary), dictionary: packed(affixes) }],
    ["an encoding that nobody knows", { affixes: packed("SET KLINGON-1\nTRY a\n"), dictionary: packed(dictionary) }],
    ["a bomb", { affixes: packed(affixes), dictionary: packed(Buffer.alloc(80 * 1024 * 1024)) }],
  ])("is not made of %s; the one that is there stays", async (_, files) => {
    const { connect } = await testHost();
    const client = await connect();
    await client.dictionary.add({ language: "es", affixes: packed(affixes), dictionary: packed(dictionary) });
    await expect(client.dictionary.add({ language: "es", ...files })).rejects.toMatchObject({
      data: { code: "dictionary.invalid" },
    });
    expect((await client.dictionary.list())[0]?.words).toBe(3);
  });

  test("is given by admins, and under no name that leads elsewhere", async () => {
    const { connect, somebody } = await testHost();
    const files = { affixes: packed(affixes), dictionary: packed(dictionary) };
    const operator = await connect(await somebody("Olaf", "operator"));
    await expect(operator.dictionary.add({ language: "es", ...files })).rejects.toMatchObject({ status: 403 });
    const client = await connect();
    for (const language of ["../es", "e", "es/..", "ES_es", ""]) {
      await expect(client.dictionary.add({ language, ...files })).rejects.toMatchObject({ status: 400 });
      await expect(client.dictionary.read({ language })).rejects.toMatchObject({ status: 400 });
    }
  });
});

describe("words that people add", () => {
  test("hold in their city, or everywhere, and come with the meeting", async () => {
    const { connect, somebody, catalog } = await testHost();
    const client = await connect();
    const id = captioned(catalog, someCues(3));
    catalog.database.run(`UPDATE transcriptions SET city = 'Oakdale' WHERE id = '${id}'`);
    await client.dictionary.addWord({ city: "Oakdale", word: "Zwiebelturm" });
    await client.dictionary.addWord({ city: "Oakdale", word: "Zwiebelturm" });
    await client.dictionary.addWord({ city: "", word: "livestream" });
    await client.dictionary.addWord({ city: "Elsewhere", word: "foo" });
    expect((await client.dictionary.words({ city: "Oakdale" })).map(({ word, addedBy }) => [word, addedBy])).toEqual([
      ["Zwiebelturm", "Anna"],
    ]);
    const heard = await client.editor.heard({ id });
    expect([...heard.knownWords].toSorted()).toEqual(["Zwiebelturm", "livestream"]);
    expect(heard.language).toBe("en");
    expect((await client.editor.open({ id, key: "a window" })).glossaryName).toBe("Oakdale");
    await client.dictionary.removeWord({ city: "Oakdale", word: "Zwiebelturm" });
    expect(await client.dictionary.words({ city: "Oakdale" })).toEqual([]);
    await expect(client.dictionary.addWord({ city: "", word: "two words" })).rejects.toMatchObject({ status: 400 });
    const guest = await connect(await somebody("Gus", "user"));
    await expect(guest.dictionary.addWord({ city: "", word: "no" })).rejects.toMatchObject({ status: 403 });
    expect(await guest.dictionary.words({ city: "" })).toHaveLength(1);
  });
});
