/**
 * The blocks of an EBU STL file (EBU Tech 3264): one of general information (GSI), 1,024 bytes of text fields, and
 * text and timing blocks (TTI) of 128 bytes.
 */

export const gsiBytes = 1024;
export const ttiBytes = 128;
/** Bytes of text in a block. */
export const textFieldBytes = 112;

/** Where each field of the GSI block is: its first byte, and how many it has. */
export const gsiFields = {
  codePage: [0, 3],
  diskFormat: [3, 8],
  displayStandard: [11, 1],
  codeTable: [12, 2],
  language: [14, 2],
  programTitle: [16, 32],
  creationDate: [224, 6],
  revisionDate: [230, 6],
  revision: [236, 2],
  blocks: [238, 5],
  subtitles: [243, 5],
  groups: [248, 3],
  columns: [251, 2],
  rows: [253, 2],
  timecodeStatus: [255, 1],
  programStart: [256, 8],
  firstCue: [264, 8],
  disks: [272, 1],
  disk: [273, 1],
  country: [274, 3],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type GsiField = keyof typeof gsiFields;

/** Hours, minutes, seconds and frames. */
export type StlTime = readonly [hours: number, minutes: number, seconds: number, frames: number];

/** Block numbers: the last of a subtitle, and those that carry no text for viewers. */
export const lastBlock = 0xff;
export const firstReservedBlock = 0xf0;

/** Bytes of a text field that are no characters (EBU Tech 3264, "Text Field"). */
export const textCode = {
  /** Teletext: 00h to 07h are black, red, green, yellow, blue, magenta, cyan and white. */
  lastColor: 0x07,
  endBox: 0x0a,
  startBox: 0x0b,
  normalHeight: 0x0c,
  doubleHeight: 0x0d,
  italicOn: 0x80,
  italicOff: 0x81,
  underlineOn: 0x82,
  underlineOff: 0x83,
  newLine: 0x8a,
  unused: 0x8f,
} as const;

/** Rows of a teletext page that subtitles use. */
export const teletextRows = 23;

/** The languages of the GSI block that stations here meet, by their code in ISO 639-1. */
export const languageCodes: Readonly<Record<string, string>> = {
  de: "08",
  en: "09",
  es: "0A",
  fr: "0F",
  it: "15",
  nl: "1D",
  pl: "20",
  pt: "21",
  ru: "56",
  ko: "65",
  ja: "69",
  el: "70",
  zh: "75",
  uk: "49",
  vi: "46",
  ar: "7E",
};
