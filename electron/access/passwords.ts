/** Hashes and checks passwords: scrypt digests, each with its own salt (RFC 7914; costs as OWASP recommends them). */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { Worker } from "node:worker_threads";
import PQueue from "p-queue";
import { ArchivistError } from "../contract/errors.ts";

const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 128 * 1024 * 1024 };
const keyBytes = 32;

/** At once for the whole station: each takes a core for a fifth of a second, and 32 MiB. */
const hashing = new PQueue({ concurrency: 2 });
/** More that wait are guesses: nobody would still be there when it is their turn. */
const maxWaiting = 20;

export interface HashRequest {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly keyBytes: number;
  readonly cost: typeof cost;
}

/** In a thread of its own: Node's pool also reads files, and guesses must not hold that up. */
function deriveInThread(workerData: HashRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./password-worker.ts", import.meta.url), { workerData });
    worker.once("message", (key: Uint8Array) => resolve(Buffer.from(key)));
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the thread that hashes passwords has ended")));
  });
}

/** @throws ArchivistError `session.too-many` */
async function derive(password: string, salt: Buffer): Promise<Buffer> {
  if (hashing.size >= maxWaiting) throw new ArchivistError("session.too-many");
  // The same characters give the same digest, however they were typed.
  return hashing.add(() => deriveInThread({ password: password.normalize("NFKC"), salt, keyBytes, cost }));
}

/** @throws ArchivistError `session.too-many` when more passwords are being checked than people could sign in with */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString("base64")}$${(await derive(password, salt)).toString("base64")}`;
}

/**
 * Takes as long when there is no stored digest, so that the response time does not reveal which names exist.
 * @throws ArchivistError `session.too-many`
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, salt, key] = (stored ?? "").split("$");
  const known = kind === "scrypt" && salt !== undefined && key !== undefined;
  const derived = await derive(password, known ? Buffer.from(salt, "base64") : Buffer.alloc(16));
  const expected = Buffer.from(known ? key : "", "base64");
  return expected.length === derived.length && timingSafeEqual(derived, expected);
}
