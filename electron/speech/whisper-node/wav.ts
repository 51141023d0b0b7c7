/** Writes WAV files for programs that read no raw sound. */
import { open, writeFile } from "node:fs/promises";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../platform/file-errors.ts";
import type { SoundRange } from "../engine.ts";
import type { SampleRange } from "../sample-range.ts";

const sampleRate = 16_000;
const headerBytes = 44;

/** A RIFF header for 16-bit mono sound at 16 kHz. */
function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  // PCM, one channel.
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

async function readSpan(
  handle: Awaited<ReturnType<typeof open>>,
  { startSample, sampleCount }: SampleRange,
): Promise<Buffer> {
  const buffer = Buffer.alloc(sampleCount * 2);
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await handle.read(buffer, done, buffer.length - done, startSample * 2 + done);
    if (bytesRead === 0) {
      throw new ArchivistError("engine.failed", {
        cause: "the decoded sound ends before the stretch that was asked for",
      });
    }
    done += bytesRead;
  }
  return buffer;
}

/** Writes the spans of a sound, one after the other, as a WAV file. @throws ArchivistError `engine.failed` */
export async function writeWav({ pcm, stretches }: SoundRange, target: string): Promise<void> {
  const handle = await open(pcm, "r").catch((thrown: unknown) => {
    throw new ArchivistError("engine.failed", {
      cause: `the decoded sound cannot be opened (${pcm})`,
      underlying: thrown,
    });
  });
  try {
    const parts: Buffer[] = [];
    for (const stretch of stretches) parts.push(await readSpan(handle, stretch));
    const data = Buffer.concat(parts);
    await writeFile(target, Buffer.concat([wavHeader(data.length), data]));
  } catch (thrown) {
    throw fileError(thrown, target, "write");
  } finally {
    await handle.close();
  }
}
