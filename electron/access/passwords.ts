/** Hashes and checks passwords: scrypt digests, each with its own salt (RFC 7914; costs as OWASP recommends them). */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 128 * 1024 * 1024 };
const keyBytes = 32;

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same characters give the same digest, however they were typed.
    scrypt(password.normalize("NFKC"), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString("base64")}$${(await derive(password, salt)).toString("base64")}`;
}

/** Takes as long when there is no stored digest, so that the response time does not reveal which names exist. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, salt, key] = (stored ?? "").split("$");
  const known = kind === "scrypt" && salt !== undefined && key !== undefined;
  const derived = await derive(password, known ? Buffer.from(salt, "base64") : Buffer.alloc(16));
  const expected = Buffer.from(known ? key : "", "base64");
  return expected.length === derived.length && timingSafeEqual(derived, expected);
}
