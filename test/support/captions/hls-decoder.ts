/**
 * The CEA-608 decoder of hls.js as an independent implementation, so that our encoder and our decoder cannot share an
 * error unnoticed. Its package does not export it; it is imported as source.
 */
import { join } from "node:path";
import { addParity } from "../../../electron/captions/cea608/parity.ts";
import type { SccFile } from "../../../electron/captions/scc/file.ts";
import { timecodeToFrame } from "../../../electron/captions/time/timecode.ts";
import { projectRoot } from "../paths.ts";

interface HlsRow {
  readonly chars: readonly { readonly uchar: string }[];
  isEmpty(): boolean;
}

interface HlsScreen {
  readonly rows: readonly HlsRow[];
}

interface HlsOutput {
  newCue(start: number, end: number, screen: HlsScreen): void;
}

interface HlsParser {
  addData(time: number, bytes: readonly number[]): void;
  cueSplitAtTime(time: number): void;
}

type HlsParserClass = new (field: number, first: HlsOutput, second: HlsOutput) => HlsParser;

export interface OracleCaption {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly rows: readonly { readonly row: number; readonly column: number; readonly text: string }[];
}

const source = join(projectRoot, "node_modules/hls.js/src/utils/cea-608-parser.ts");

function toRows(screen: HlsScreen): OracleCaption["rows"] {
  return screen.rows.flatMap((row, index) => {
    const text = row.chars.map(({ uchar }) => uchar).join("");
    const column = text.search(/\S/);
    return column < 0 ? [] : [{ row: index + 1, column, text: text.trim() }];
  });
}

/** The captions that hls.js shows for an SCC file; times are frames. */
export async function decodeWithHls(file: SccFile): Promise<readonly OracleCaption[]> {
  const { default: Parser } = (await import(source)) as { default: HlsParserClass };
  const captions: OracleCaption[] = [];
  const output: HlsOutput = {
    newCue: (startFrame, endFrame, screen) => captions.push({ startFrame, endFrame, rows: toRows(screen) }),
  };
  const parser = new Parser(1, output, { newCue: () => undefined });
  let frame = 0;
  for (const line of file.lines) {
    frame = timecodeToFrame(line.timecode);
    for (const word of line.words) {
      const raw = addParity(word);
      parser.addData(frame, [raw >> 8, raw & 0xff]);
      frame++;
    }
  }
  return captions.filter(({ rows }) => rows.length > 0);
}
