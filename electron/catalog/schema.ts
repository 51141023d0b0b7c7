/**
 * The Drizzle definitions of the tables: types for queries only. The migrations create the tables; a test checks that
 * both agree (test/catalog/open.test.ts).
 */
export * from "./schema/cablecast.ts";
export * from "./schema/comments.ts";
export * from "./schema/editing.ts";
export * from "./schema/hearings.ts";
export * from "./schema/meetings.ts";
export * from "./schema/people.ts";
export * from "./schema/publishing.ts";
export * from "./schema/queue.ts";
export * from "./schema/work.ts";
