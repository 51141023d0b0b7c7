/** The records of the emulated server, in memory and optionally in a file. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { writeFileAtomic } from "../../platform/atomic-write.ts";

export type Row = Record<string, unknown> & { readonly id: number };

export const tableNames = [
  "shows",
  "media",
  "reels",
  "formats",
  "vods",
  "chapters",
  "vodConfigurations",
  "fileStores",
  "fileUploads",
  "assets",
  "assetInfos",
  "locations",
  "channels",
  "categories",
  "producers",
  "projects",
  "showFields",
  "fieldDefinitions",
] as const;
export type TableName = (typeof tableNames)[number];

const fileSchema = z.object({
  nextId: z.number(),
  tables: z.record(z.string(), z.array(z.looseObject({ id: z.number() }))),
});

export class Tables {
  readonly #rows: Record<TableName, Map<number, Row>>;
  readonly #file: string | undefined;
  #nextId = 100;

  /** @param file where records are stored; undefined: in memory only */
  constructor(file?: string) {
    this.#file = file;
    const empty = tableNames.map((name) => [name, new Map<number, Row>()]);
    this.#rows = Object.fromEntries(empty) as Record<TableName, Map<number, Row>>;
    if (file === undefined || !existsSync(file)) return;
    const saved = fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    this.#nextId = saved.nextId;
    for (const name of tableNames) for (const row of saved.tables[name] ?? []) this.#rows[name].set(row.id, row);
  }

  get isEmpty(): boolean {
    return this.#rows.locations.size === 0;
  }

  all(name: TableName): readonly Row[] {
    return [...this.#rows[name].values()];
  }

  get(name: TableName, id: number): Row | undefined {
    return this.#rows[name].get(id);
  }

  add(name: TableName, fields: Readonly<Record<string, unknown>>, id: number = this.#nextId): Row {
    this.#nextId = Math.max(this.#nextId, id) + 1;
    const row = { ...fields, id };
    this.#rows[name].set(id, row);
    return row;
  }

  /** Changes the given fields of a record; the others stay as they are. */
  change(name: TableName, id: number, fields: Readonly<Record<string, unknown>>): Row {
    const row = { ...this.#rows[name].get(id), ...fields, id };
    this.#rows[name].set(id, row);
    return row;
  }

  remove(name: TableName, id: number): void {
    this.#rows[name].delete(id);
  }

  async save(): Promise<void> {
    if (this.#file === undefined) return;
    const tables = Object.fromEntries(tableNames.map((name) => [name, this.all(name)]));
    await writeFileAtomic(this.#file, JSON.stringify({ nextId: this.#nextId, tables }));
  }
}

/** Parses a whole number from a number or a text; undefined for anything else. */
export function parseId(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
}
