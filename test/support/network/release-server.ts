/** An update server with releases of the program: manifests, signatures and installers. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { addReleaseFacts, type ReleaseFacts } from "../../../electron/shell/updates/release-facts.ts";
import { publicKeyLine, signText } from "../../../electron/shell/updates/signed-text.ts";

/** A key pair: the private key as PEM, the public key in the format that is built into the program. */
export function signer() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    line: publicKeyLine(publicKey.export({ type: "spki", format: "pem" }) as string),
  };
}

export interface Release {
  readonly version: string;
  readonly installer: string;
  /** The keys that sign its manifest. */
  readonly keys: readonly string[];
}

/** The manifest of a release for Linux. */
export function formatManifest({ version, installer }: Pick<Release, "version" | "installer">, name: string): string {
  const hash = createHash("sha512").update(installer).digest("base64");
  return [
    `version: ${version}`,
    "files:",
    `  - url: ${name}`,
    `    sha512: ${hash}`,
    `    size: ${Buffer.byteLength(installer)}`,
    `path: ${name}`,
    `sha512: ${hash}`,
    "releaseDate: '2026-11-22T00:00:00.000Z'",
    "",
  ].join("\n");
}

export async function releaseServer() {
  const files = new Map<string, string>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    asked.push(pathname);
    const body = files.get(pathname);
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const manifest = process.arch === "arm64" ? "latest-linux-arm64.yml" : "latest-linux.yml";
  let sequence = 0;
  const publish = (
    { keys, ...release }: Release,
    kind: "AppImage" | "deb" = "AppImage",
    facts: Partial<ReleaseFacts> = {},
  ): void => {
    const name = `Archivist-${release.version}.${kind}`;
    const text = addReleaseFacts(formatManifest(release, name), {
      file: manifest.replace(/^.*\//, ""),
      sequence: ++sequence,
      expires: "2999-01-01T00:00:00.000Z",
      ...facts,
    });
    files.set(`/archivist/${name}`, release.installer);
    files.set(`/archivist/${manifest}`, text);
    files.set(`/archivist/${manifest}.sig`, keys.map((key) => `${signText(text, key)}\n`).join(""));
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/archivist`, files, asked, publish, manifest: `/archivist/${manifest}` };
}
