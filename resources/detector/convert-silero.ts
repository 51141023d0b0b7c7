/**
 * Makes the network that ships, resources/models/ggml-silero-v6.2.0.bin, from its makers' file (README.md beside this one):
 *
 *   npm pack @livekit/agents-plugin-silero@1.9.0 && tar xzf livekit-agents-plugin-silero-1.9.0.tgz
 *   node build/run.mjs resources/detector/convert-silero.ts package/dist/silero_vad.onnx
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toGgml } from "./ggml-silero.ts";
import { readOnnxTensors } from "./onnx.ts";

const version = [6, 2, 0] as const;
/** SHA-256 of the makers' silero_vad.onnx of versions 6.2.0 to 6.2.3, and of the file that whisper.cpp's project publishes. */
const source = "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3";
const published = "2aa269b785eeb53a82983a20501ddf7c1d9c48e33ab63a41391ac6c9f7fb6987";

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

const path = process.argv[2] ?? refuse("Name the makers' silero_vad.onnx.");
const onnx = readFileSync(path);
if (sha256(onnx) !== source)
  refuse(`${path} is another network than the one that ships: its SHA-256 is ${sha256(onnx)}.`);
const network = toGgml(readOnnxTensors(onnx), version);
if (sha256(network) !== published) refuse("The result is not the file that whisper.cpp's project publishes.");
const target = join(import.meta.dirname, `../models/ggml-silero-v${version.join(".")}.bin`);
writeFileSync(target, network);
process.stdout.write(`${target}: ${network.length} bytes\n`);
