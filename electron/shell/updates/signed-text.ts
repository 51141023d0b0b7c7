/**
 * Texts that are signed with Ed25519, as manifests of updates are: whoever can write on the server that they come from
 * cannot make one of their own (../README.md, "Updates"). Signatures lie beside the text, a line each in base64, so that
 * a text can be signed by an old and by a new key while keys are changed.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** A public key in one line: base64 of its SPKI. @throws Error for what is no Ed25519 key */
export function publicKeyLine(pem: string): string {
  const key = createPublicKey(pem);
  requireEd25519(key);
  return key.export({ type: "spki", format: "der" }).toString("base64");
}

/** @param privateKeyPem PKCS #8. @throws Error for what is no Ed25519 key */
export function signText(text: string, privateKeyPem: string): string {
  const key = createPrivateKey(privateKeyPem);
  requireEd25519(key);
  return sign(null, Buffer.from(text), key).toString("base64");
}

/**
 * @param signatures a line each; @param keys as `publicKeyLine` gives them
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

/** A file with more is none of ours. */
const maxSignatures = 8;

function requireEd25519(key: KeyObject): void {
  if (key.asymmetricKeyType !== "ed25519") throw new Error("this is no Ed25519 key");
}
