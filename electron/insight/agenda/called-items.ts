/** Finds the agenda items of a meeting where they are called, for the chapters of its VOD. */
import type { Word } from "../../captions/word.ts";
import { language } from "../language.ts";
import { readSentences } from "../sentences.ts";

export interface AgendaItem {
  readonly title: string;
  /** Milliseconds from the start of the recording. */
  readonly startMs: number;
}

/** Items that every council calls; a sentence is matched against them in this order. */
const fixed: readonly (readonly [title: string, words: RegExp])[] = [
  ["Call to order", /\bcall(ed|ing)? (this|the) (\w+ ){0,3}meeting to order\b/i],
  ["Pledge of Allegiance", /\bpledge of allegiance\b/i],
  ["Roll call", /\b(call the roll|roll call)\b/i],
  ["Approval of the minutes", /\b(approv\w+|motion) .{0,30}\bminutes\b/i],
  ["Consent agenda", /\bconsent (agenda|calendar)\b/i],
  ["Public comment", /\b(public comment|open forum|citizen comments?)\b/i],
  ["Public hearing", /\b(open|begin|conduct|hold)\w* (the |this |a )?public hearing\b/i],
  ["Adjournment", /\b(motion to adjourn|meeting is adjourned|we (are|stand) adjourned)\b/i],
];

const number = "(?:[0-9]{1,3}[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
const numbered = new RegExp(`\\b(?:agenda )?item (?:number )?(${number})\\b(.*)`, "i");

/** An item that is called within this time after another one is ignored. */
const apartMs = 20_000;
/** The only known client of chapters cuts titles to this length. */
const maxTitleLength = 50;

function extractTitle(sentence: string): string | undefined {
  const known = fixed.find(([, words]) => words.test(sentence));
  if (known !== undefined) return known[0];
  const item = numbered.exec(sentence);
  if (item === null) return undefined;
  const rest = (item[2] ?? "")
    .replace(/^[\s,:;.-]*(?:(?:is|are|will be|concerns)\s+)?(?:the\s+)?/i, "")
    .replace(/[.?!]+$/, "")
    .trim();
  const title = rest === "" ? `Item ${item[1]}` : `Item ${item[1]}: ${rest}`;
  return title.length <= maxTitleLength ? title : `${title.slice(0, maxTitleLength - 1).replace(/\s+\S*$/, "")}…`;
}

/**
 * Agenda items in the order of the meeting. An item that is called again (a motion to approve the minutes, after they
 * were called) counts once.
 */
export async function findAgendaItems(words: readonly Word[]): Promise<readonly AgendaItem[]> {
  const items: AgendaItem[] = [];
  for (const { text, startMs } of readSentences(words, await language())) {
    const title = extractTitle(text);
    const last = items.at(-1);
    if (title === undefined || items.some((item) => item.title === title)) continue;
    if (last !== undefined && startMs - last.startMs < apartMs) continue;
    items.push({ title, startMs });
  }
  return items;
}
