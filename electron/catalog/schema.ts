/**
 * The tables as Drizzle sees them: types for queries, nothing more. The migrations make the tables; a test holds
 * the two together (test/catalog/open.test.ts).
 */
export * from "./schema/cablecast.ts";
export * from "./schema/editing.ts";
export * from "./schema/people.ts";
export * from "./schema/publishing.ts";
export * from "./schema/queue.ts";
export * from "./schema/work.ts";
