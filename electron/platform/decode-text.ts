/** Decodes text files of unknown encoding: UTF-8 or UTF-16 with or without a byte-order mark, else Windows-1252. */

/** How many bytes are examined to detect the encoding. */
const sampleBytes = 4096;

/** Detects UTF-16 without a byte-order mark: mostly ASCII, so nearly every other byte is zero. */
function unmarkedUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const sample = bytes.subarray(0, sampleBytes);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = sample.length / 2;
  if (sample.length < 4) return undefined;
  if (odd > 0.7 * most && even < 0.1 * most) return "utf-16le";
  return even > 0.7 * most && odd < 0.1 * most ? "utf-16be" : undefined;
}

/** True when text is UTF-8 with a few broken bytes: more valid sequences than broken ones. */
function isMostlyUtf8(text: string): boolean {
  let broken = 0;
  let whole = 0;
  for (const character of text) {
    if (character === "\uFFFD") broken++;
    else if (character > "\x7f") whole++;
  }
  return whole > broken;
}

/** Decodes the bytes of a file. Never fails: every byte is a character of Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const wide = unmarkedUtf16(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder("utf-8").decode(bytes);
    return isMostlyUtf8(text) ? text : new TextDecoder("windows-1252").decode(bytes);
  }
}
