import { describe, expect, test } from "vitest";
import { decodeText } from "../../../electron/platform/text-encoding/decode-text.ts";

function toUtf32(text: string, isLittleEndian: boolean): Buffer {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(codes.length * 4);
  codes.forEach((code, index) => {
    if (isLittleEndian) bytes.writeUInt32LE(code, index * 4);
    else bytes.writeUInt32BE(code, index * 4);
  });
  return bytes;
}

describe("Unicode", () => {
  const text = "1\r\n00:00:01,000 --> 00:00:03,000\r\nSeñor – “quoted” € 😀\r\n";
  const cyrillic = "1\r\n00:00:01,000 --> 00:00:03,000\r\nДобрый день, уважаемые коллеги, открываем заседание.\r\n";
  test.each<[string, (content: string) => Buffer]>([
    ["UTF-8", (content) => Buffer.from(content)],
    ["UTF-8 with a mark", (content) => Buffer.from(`\uFEFF${content}`)],
    ["UTF-16 little-endian with a mark", (content) => Buffer.from(`\uFEFF${content}`, "utf16le")],
    ["UTF-16 big-endian with a mark", (content) => Buffer.from(`\uFEFF${content}`, "utf16le").swap16()],
    ["UTF-16 little-endian", (content) => Buffer.from(content, "utf16le")],
    ["UTF-16 big-endian", (content) => Buffer.from(content, "utf16le").swap16()],
    ["UTF-32 little-endian with a mark", (content) => toUtf32(`\uFEFF${content}`, true)],
    ["UTF-32 big-endian with a mark", (content) => toUtf32(`\uFEFF${content}`, false)],
    ["UTF-32 little-endian", (content) => toUtf32(content, true)],
    ["UTF-32 big-endian", (content) => toUtf32(content, false)],
  ])("%s is read, and nothing had to be guessed", (_name, encode) => {
    expect(decodeText(encode(text))).toEqual({ text });
    expect(decodeText(encode(cyrillic))).toEqual({ text: cyrillic });
  });

  test("a file with a hole of zero bytes is still UTF-8", () => {
    const holed = Buffer.concat([Buffer.from(cyrillic), Buffer.alloc(3_000), Buffer.from(cyrillic)]);
    expect(decodeText(holed).text).toBe(`${cyrillic}${"\0".repeat(3_000)}${cyrillic}`);
  });

  test("a few broken bytes do not make a code page of it", () => {
    const broken = Buffer.concat([Buffer.from(cyrillic), Buffer.from([0xff])]);
    expect(decodeText(broken)).toEqual({ text: `${cyrillic}\uFFFD` });
  });

  test("nothing is nothing", () => {
    expect(decodeText(new Uint8Array())).toEqual({ text: "" });
  });
});

/** Language, the code page's name, a text, and its bytes in that code page. */
const codePageTexts: readonly (readonly [language: string, codePage: string, text: string, hex: string])[] = [
  [
    "French",
    "Windows-1252",
    "Monsieur le maire, la séance est ouverte à dix-huit heures. Y a-t-il des conseillers présents ? Très bien, ça va.",
    "4d6f6e7369657572206c65206d616972652c206c612073e9616e636520657374206f75766572746520e0206469782d68756974206865757265732e205920612d742d696c2064657320636f6e7365696c6c657273207072e973656e7473203f205472e873206269656e2c20e7612076612e",
  ],
  [
    "one Spanish name",
    "Windows-1252",
    "The council will hear from Peña Street.",
    "54686520636f756e63696c2077696c6c20686561722066726f6d205065f161205374726565742e",
  ],
  [
    "typographic quotes",
    "Windows-1252",
    "That’s right, it’s done. I don’t know – maybe.",
    "5468617492732072696768742c206974927320646f6e652e204920646f6e9274206b6e6f772096206d617962652e",
  ],
  [
    "Polish",
    "Windows-1250",
    "Dzień dobry państwu, otwieram posiedzenie rady miasta. Proszę o głosowanie, kto jest za? Dziękuję bardzo.",
    "447a6965f120646f627279207061f1737477752c206f7477696572616d20706f736965647a656e69652072616479206d69617374612e2050726f737aea206f2067b36f736f77616e69652c206b746f206a657374207a613f20447a69ea6b756aea20626172647a6f2e",
  ],
  [
    "Czech",
    "Windows-1250",
    "Vážení přátelé, zahajuji zasedání městského zastupitelstva. Děkuji, prosím o hlasování. Kdo je proti? Žádný hlas.",
    "56e19e656eed2070f8e174656ce92c207a6168616a756a69207a61736564e16eed206dec7374736be9686f207a61737475706974656c737476612e2044ec6b756a692c2070726f73ed6d206f20686c61736f76e16eed2e204b646f206a652070726f74693f208ee1646efd20686c61732e",
  ],
  [
    "Hungarian",
    "Windows-1250",
    "Tisztelt képviselőtestület, megnyitom az ülést. Köszönöm szépen, kérem szavazzanak. Ki van ellene?",
    "5469737a74656c74206be970766973656cf574657374fc6c65742c206d65676e7969746f6d20617a20fc6ce973742e204bf6737af66ef66d20737ae970656e2c206be972656d20737a6176617a7a616e616b2e204b692076616e20656c6c656e653f",
  ],
  [
    "Romanian",
    "Windows-1250",
    "Bună ziua, deschidem şedinţa consiliului. Vă mulţumesc.",
    "42756ee3207a6975612c2064657363686964656d20ba6564696efe6120636f6e73696c69756c75692e2056e3206d756cfe756d6573632e",
  ],
  [
    "Russian",
    "Windows-1251",
    "Добрый день, уважаемые коллеги, открываем заседание. Кто за? Прошу голосовать. Спасибо.",
    "c4eee1f0fbe920e4e5edfc2c20f3e2e0e6e0e5ecfbe520eaeeebebe5e3e82c20eef2eaf0fbe2e0e5ec20e7e0f1e5e4e0ede8e52e20caf2ee20e7e03f20cff0eef8f320e3eeebeef1eee2e0f2fc2e20d1efe0f1e8e1ee2e",
  ],
  [
    "Ukrainian",
    "Windows-1251",
    "Добрий день, шановні колеги, відкриваємо засідання. Хто за? Прошу голосувати.",
    "c4eee1f0e8e920e4e5edfc2c20f8e0edeee2edb320eaeeebe5e3e82c20e2b3e4eaf0e8e2e0baecee20e7e0f1b3e4e0ededff2e20d5f2ee20e7e03f20cff0eef8f320e3eeebeef1f3e2e0f2e82e",
  ],
  [
    "Greek",
    "Windows-1253",
    "Καλημέρα σας, αρχίζει η συνεδρίαση του δημοτικού συμβουλίου. Ποιος ψηφίζει υπέρ; Ευχαριστώ πολύ.",
    "cae1ebe7ecddf1e120f3e1f22c20e1f1f7dfe6e5e920e720f3f5ede5e4f1dfe1f3e720f4eff520e4e7eceff4e9eaeffd20f3f5ece2eff5ebdfeff52e20d0efe9eff220f8e7f6dfe6e5e920f5f0ddf13b20c5f5f7e1f1e9f3f4fe20f0efebfd2e",
  ],
  [
    "Turkish",
    "Windows-1254",
    "Sayın üyeler, meclis toplantısını açıyorum, hoş geldiniz. Teşekkür ederim, oylamaya geçiyoruz. Kabul edenler? Değiştirildi.",
    "536179fd6e20fc79656c65722c206d65636c697320746f706c616e74fd73fd6efd2061e7fd796f72756d2c20686ffe2067656c64696e697a2e205465fe656b6bfc722065646572696d2c206f796c616d617961206765e769796f72757a2e204b6162756c206564656e6c65723f204465f069fe746972696c64692e",
  ],
  [
    "Hebrew",
    "Windows-1255",
    "שלום לכולם, אני פותח את הישיבה. מי בעד? תודה רבה.",
    "f9ece5ed20ecebe5eced2c20e0f0e920f4e5fae720e0fa20e4e9f9e9e1e42e20eee920e1f2e33f20fae5e3e420f8e1e42e",
  ],
  [
    "Arabic",
    "Windows-1256",
    "السلام عليكم، نبدأ الجلسة الآن. من يوافق على القرار؟ شكرا.",
    "c7e1d3e1c7e320dae1eddfe3a120e4c8cfc320c7e1cce1d3c920c7e1c2e42e20e3e420ede6c7ddde20dae1ec20c7e1ded1c7d1bf20d4dfd1c72e",
  ],
  [
    "simplified Chinese",
    "GBK",
    "各位委员，会议现在开始。 请大家投票，谢谢。",
    "b8f7cebbceafd4b1a3acbbe1d2e9cfd6d4dabfaacabca1a320c7ebb4f3bcd2cdb6c6b1a3acd0bbd0bba1a3",
  ],
  [
    "traditional Chinese",
    "Big5",
    "各位委員，會議現在開始。 請大家投票，謝謝。",
    "a655a6eca965adfba141b77cc4b3b27ba662b67da96ca14320bdd0a46aae61a7ebb2bca141c1c2c1c2a143",
  ],
  [
    "Japanese",
    "Shift-JIS",
    "皆さん、会議を始めます。 投票をお願いします。ありがとうございました。",
    "8a4682b382f1814189ef8b6382f08e6e82df82dc82b7814220938a955b82f082a88ae882a282b582dc82b7814282a082e882aa82c682a482b282b482a282dc82b582bd8142",
  ],
  [
    "Korean",
    "EUC-KR",
    "여러분, 회의를 시작하겠습니다. 투표해 주시기 바랍니다. 감사합니다.",
    "bfa9b7afbad02c20c8b8c0c7b8a620bdc3c0dbc7cfb0dabdc0b4cfb4d92e20c5f5c7a5c7d820c1d6bdc3b1e220b9d9b6f8b4cfb4d92e20b0a8bbe7c7d5b4cfb4d92e",
  ],
  [
    "French of a Macintosh",
    "Mac Roman",
    "Monsieur le maire, la séance est ouverte à dix-huit heures. L’été dernier, le conseil a décidé…",
    "4d6f6e7369657572206c65206d616972652c206c6120738e616e636520657374206f7576657274652088206469782d68756974206865757265732e204cd58e748e206465726e6965722c206c6520636f6e7365696c206120648e6369648ec9",
  ],
  [
    "typographic quotes of a Macintosh",
    "Mac Roman",
    "That’s right, it’s done. I don’t know — maybe. “Yes,” he said.",
    "54686174d5732072696768742c206974d57320646f6e652e204920646f6ed574206b6e6f7720d1206d617962652e20d25965732cd320686520736169642e",
  ],
  [
    "German of a Macintosh",
    "Mac Roman",
    "Der Bürgermeister eröffnet die Sitzung für alle Bürger. Schöne Grüße",
    "44657220429f726765726d6569737465722065729a66666e657420646965205369747a756e6720669f7220616c6c6520429f726765722e205363689a6e652047729fa765",
  ],
  [
    "Russian of Unix",
    "KOI8-R",
    "Добрый день, уважаемые коллеги, открываем заседание. Кто за? Прошу голосовать. Спасибо.",
    "e4cfc2d2d9ca20c4c5ced82c20d5d7c1d6c1c5cdd9c520cbcfccccc5c7c92c20cfd4cbd2d9d7c1c5cd20dac1d3c5c4c1cec9c52e20ebd4cf20dac13f20f0d2cfdbd520c7cfcccfd3cfd7c1d4d82e20f3d0c1d3c9c2cf2e",
  ],
  [
    "French of DOS",
    "DOS code page 850",
    "Monsieur le maire, la séance est ouverte à dix-huit heures.",
    "4d6f6e7369657572206c65206d616972652c206c61207382616e636520657374206f7576657274652085206469782d68756974206865757265732e",
  ],
];

describe("code pages", () => {
  test("of a single sentence", () => {
    const hex = "c4eee1f0fbe920e4e5edfc2c20eef2eaf0fbe2e0e5ec20e7e0f1e5e4e0ede8e5";
    expect(decodeText(Buffer.from(hex, "hex"))).toEqual({
      text: "Добрый день, открываем заседание",
      codePage: "Windows-1251 (Cyrillic)",
    });
  });

  test.each(codePageTexts)("%s in %s is known by its letters", (_language, codePage, text, hex) => {
    const around = (content: Buffer): Buffer =>
      Buffer.concat([Buffer.from("1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>"), content, Buffer.from("</i>\r\n\r\n")]);
    const decoded = decodeText(around(Buffer.from(hex, "hex")));
    expect(decoded.text).toContain(text);
    expect(decoded.codePage).toMatch(new RegExp(`^${codePage} \\(`));
  });
});
