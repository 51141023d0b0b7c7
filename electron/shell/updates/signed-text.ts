/**
 * Ed25519 signatures of texts such as update manifests: an attacker who can write to the update server cannot forge one
 * (../README.md, "Updates"). Signatures are stored beside the text, one base64 line each, so that a text can be signed
 * with an old and a new key during a change of keys.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** A public key in one line: base64 of its SPKI. @throws Error if it is not an Ed25519 key */
export function publicKeyLine(pem: string): string {
  const key = createPublicKey(pem);
  requireEd25519(key);
  return key.export({ type: "spki", format: "der" }).toString("base64");
}

/** @param privateKeyPem PKCS #8. @throws Error if it is not an Ed25519 key */
export function signText(text: string, privateKeyPem: string): string {
  const key = createPrivateKey(privateKeyPem);
  requireEd25519(key);
  return sign(null, Buffer.from(text), key).toString("base64");
}

/**
 * @param signatures one per line
 * @param keys in the form of `publicKeyLine`
 * @returns whether one of the keys has signed exactly this text
 */
export function isSigned(text: string, signatures: string, keys: readonly string[]): boolean {
  const given = signatures
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, maxSignatures);
  const bytes = Buffer.from(text);
  return keys.some((line) => {
    const key = createPublicKey({ key: Buffer.from(line, "base64"), type: "spki", format: "der" });
    return given.some((signature) => verify(null, bytes, key, Buffer.from(signature, "base64")));
  });
}

/** Our files never hold more. */
const maxSignatures = 8;

function requireEd25519(key: KeyObject): void {
  if (key.asymmetricKeyType !== "ed25519") throw new Error("this is no Ed25519 key");
}
