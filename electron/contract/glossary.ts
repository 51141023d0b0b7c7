/** What a name of a city's glossary can be. */
export const termKinds = ["person", "place", "title", "organisation", "other"] as const;
export type TermKind = (typeof termKinds)[number];
