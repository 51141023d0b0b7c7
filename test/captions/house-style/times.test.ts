import { describe, expect, test } from "vitest";
import { writeInStyle } from "./style-lines.ts";

/** As recognized, and as written: lines of real recognition, and lines of council meetings. */
const written: readonly (readonly [string, string])[] = [
  [
    "call this regular meeting of the City Council to order. It is 6.30 on Tuesday, March the 10th.",
    "call this regular meeting of the City Council to order. It is 6:30 on Tuesday, March the 10th.",
  ],
  ["City Council to order. It is 630 on Tuesday.", "City Council to order. It is 6:30 on Tuesday."],
  ["the meeting to order. It is six thirty.", "the meeting to order. It is 6:30."],
  [
    "Seeing no one, I will close the public hearing at 658. Council, what is your pleasure?",
    "Seeing no one, I will close the public hearing at 6:58. Council, what is your pleasure?",
  ],
  ["The meeting was adjourned at 658.", "The meeting was adjourned at 6:58."],
  ["We are adjourned at six fifty-eight.", "We are adjourned at 6:58."],
  ["We adjourned at 10.05 and went home.", "We adjourned at 10:05 and went home."],
  ["The council reconvened at seven oh five.", "The council reconvened at 7:05."],
  ["At 702 the meeting was adjourned.", "At 7:02 the meeting was adjourned."],
  ["The time is 630.", "The time is 6:30."],
  ["The time is now 7:02 PM.", "The time is now 7:02 p.m."],
  ["The office opens at 8 AM, and closes at 5pm.", "The office opens at 8 a.m., and closes at 5 p.m."],
  ["We meet at six thirty p.m. on Monday.", "We meet at 6:30 p.m. on Monday."],
  ["We meet at 630 p.m. in this room.", "We meet at 6:30 p.m. in this room."],
  ["We meet at 6:30PM.", "We meet at 6:30 p.m."],
  ["We meet at 6:30 P.M.", "We meet at 6:30 p.m."],
  ["Quiet hours are from ten to seven a.m. every day.", "Quiet hours are from 10 to 7 a.m. every day."],
  [
    "not before 8 in the morning or after seven in the evening",
    "not before 8 in the morning or after 7 in the evening",
  ],
  ["nor before ten in the morning on Saturdays", "nor before 10 in the morning on Saturdays"],
  ["I could live with 730 on weekdays, as long as", "I could live with 7:30 on weekdays, as long as"],
  ["I could live with 7.30 on weekdays, as long as", "I could live with 7:30 on weekdays, as long as"],
  ["I could live with seven thirty on weekdays", "I could live with 7:30 on weekdays"],
  ["opens on Monday at nine o'clock, and", "opens on Monday at 9 o'clock, and"],
  ["The bus leaves at six forty five tomorrow.", "The bus leaves at 6:45 tomorrow."],
];

/** What is no time, or not certainly one. */
const kept = [
  "I live at 412 Orchard Lane.",
  "My name is Ann, I live at 658 Elm Street, and I closed my business.",
  "We met at six fifty-eight Elm Street.",
  "Call us at 555-0130 or at extension 630.",
  "Call 651 555 0130 before noon.",
  "The fee is 630.",
  "How much is it? It is 650 a year.",
  "The house was sold at 6.30 million.",
  "The rate stands at 6.30 and will rise.",
  "We counted 658 on Friday.",
  "We counted 658 cars at the bridge.",
  "Would we consider 730 from June through August?",
  "In 1958 the bridge was built, and in 2026 it closes.",
  "the meeting of May the 10th, 2026",
  "One of the seven members may speak at this point.",
  "There is only one in the morning.",
  "Item 630 is on page 12.",
  "Take Route 212 at 35 miles an hour.",
  "It passed at 3.5 and I am fine.",
  "At 6 am I the only one?",
  "The meeting begins on page 1030 of the packet.",
  "The bid opened at six fifty a square foot.",
  "We start at six hundred thirty people.",
  "the hearing on 1045 Main Street was closed at the end",
  "Open the hearing on case 1130 at 1045 Main Street.",
  "We will meet at twenty thirty.",
  "Bill 658 was ordered printed.",
  "That is one thirty second of it.",
];

describe("times of day", () => {
  test.each(written)("%s", (line, expected) => {
    expect(writeInStyle(line)).toBe(expected);
  });

  test.each(kept)("stays: %s", (line) => {
    expect(writeInStyle(line)).toBe(line);
  });

  test.each([
    ["PM", "We met at 6 PM. The clerk was there at 7 PM and at 8 AM, too."],
    ["pm", "We met at 6 pm. The clerk was there at 7 pm and at 8 am, too."],
    ["p.m.", "We met at 6 p.m. The clerk was there at 7 p.m. and at 8 a.m., too."],
    ["as-heard", "We met at six p.m. The clerk was there at 7 PM and at 8am, too."],
  ])("with the half of the day as %s", (times, expected) => {
    const line = "We met at six p.m. The clerk was there at 7 PM and at 8am, too.";
    expect(writeInStyle(line, `us, times=${times}`)).toBe(expected);
    expect(writeInStyle(expected, `us, times=${times}`)).toBe(expected);
  });
});
