/** The example of a proxy that ships, in real nginx: pages, calls, sockets, recordings and limits through it. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import WebSocket from "ws";
import { builtPages, freePort } from "../support/browser/workstation.ts";
import { projectRoot } from "../support/paths.ts";
import { testHost } from "../support/station/host.ts";
import { temporaryFolder } from "../support/temporary.ts";

const name = "captions.example.org";

/** The file as it ships, with this machine's ports and a certificate that it makes itself. */
async function nginxBefore(upstream: string): Promise<number> {
  const folder = temporaryFolder();
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const options = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", `/CN=${name}`];
  execFileSync("openssl", [...options, "-keyout", key, "-out", certificate], { stdio: "pipe" });
  const port = await freePort();
  const shipped = readFileSync(join(projectRoot, "resources/server/nginx.conf"), "utf8")
    .replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replace(`/etc/ssl/certs/${name}.pem`, certificate)
    .replace(`/etc/ssl/private/${name}.key`, key)
    .replace("127.0.0.1:8470", upstream);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder};`);
  const all = `daemon off; pid ${join(folder, "pid")}; error_log stderr;
events {}
http { access_log off; ${places.join(" ")}
${shipped}
}`;
  mkdirSync(join(folder, "conf"));
  writeFileSync(join(folder, "conf/nginx.conf"), all);
  const child = spawn("nginx", ["-p", folder, "-c", join(folder, "conf/nginx.conf")], { stdio: "ignore" });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  });
  return port;
}

test("the station is reached by its name through the proxy, and by no other", async () => {
  const { api, token, address } = await testHost({}, { proxyName: name, pages: builtPages, callsPerMinute: 30 });
  const port = await nginxBefore(address);
  const ask = (path: string, headers: Record<string, string> = {}, body?: object): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const call = request(
        {
          host: "127.0.0.1",
          port,
          path,
          method: body === undefined ? "GET" : "POST",
          servername: name,
          rejectUnauthorized: false,
          headers: { host: name, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        },
        (answer) => {
          answer.resume();
          resolve(answer);
        },
      );
      call.once("error", reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  await expect
    .poll(() =>
      ask("/").then(
        ({ statusCode }) => statusCode,
        () => 0,
      ),
    )
    .toBe(200);

  const ticket = api.sessions.makeTicket();
  const signedIn = await ask("/api/session/redeem", { origin: `https://${name}` }, { ticket, name: "Anna" });
  expect(signedIn.statusCode).toBe(200);
  const [cookie = ""] = signedIn.headers["set-cookie"] ?? [];
  expect(cookie).toMatch(/; Secure/);
  const own = { cookie: cookie.split(";")[0] ?? "", origin: `https://${name}` };
  expect((await ask("/api/session", own)).statusCode).toBe(200);
  expect((await ask("/api/session", { ...own, origin: "https://evil.example" })).statusCode).toBe(403);
  expect((await ask("/", { host: "evil.example" })).statusCode).toBe(421);

  const socket = new WebSocket(`wss://127.0.0.1:${port}/api/ws`, {
    headers: { ...own, host: name },
    rejectUnauthorized: false,
  });
  onTestFinished(() => socket.terminate());
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));

  // Whoever calls too often is told so, whatever address the call says it comes from; others are not.
  const bearer = { authorization: `Bearer ${token}` };
  const statuses: (number | undefined)[] = [];
  for (let round = 0; round < 40; round++) {
    const pretended = { "x-forwarded-for": `192.0.2.${round}` };
    statuses.push((await ask("/api/session", { ...bearer, ...pretended })).statusCode);
  }
  expect(statuses.at(-1)).toBe(429);
  const elsewhere = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { host: name, ...bearer, "x-forwarded-for": "192.0.2.7" };
    plainRequest(`http://${address}/api/session`, { headers }, resolve).once("error", reject).end();
  });
  elsewhere.resume();
  expect(elsewhere.statusCode).toBe(200);
});
