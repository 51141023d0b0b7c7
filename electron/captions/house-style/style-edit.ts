/** What a house style writes otherwise than it was recognized. The recognized words themselves never change. */
import type { StylePartName } from "./style.ts";

export interface StyleEdit {
  /** Index of the first recognized word. */
  readonly wordIndex: number;
  /** Number of recognized words; at least 1. */
  readonly wordCount: number;
  /** The words as they were recognized, separated by spaces. */
  readonly heard: string;
  /** What is written instead, separated by spaces: at least one word. */
  readonly written: string;
  /** The part of the style that asks for it. */
  readonly rule: StylePartName;
}

/** What a rule proposes: words to write instead of recognized ones. */
export interface Replacement {
  readonly first: number;
  readonly count: number;
  /** With the punctuation around them. */
  readonly texts: readonly string[];
}
