/** Kinds of names in a city's glossary. */
export const termKinds = ["person", "place", "title", "organisation", "other"] as const;
export type TermKind = (typeof termKinds)[number];
