/** Secrets of the settings, and what an administrator at another machine may set. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { storedCredentials } from "../../electron/cablecast/connect.ts";
import { declareSettings } from "../../electron/contract/settings.ts";
import { testHost } from "../support/station/host.ts";
import { filesBelow } from "../support/station/outputs.ts";
import { remoteHost } from "../support/station/remote.ts";

const secret = "hunter2-hunter2";
/** Every address that may name who signs in; a setting that is added is tried as well. */
const addresses = declareSettings()
  .filter(({ mayHoldCredentials }) => mayHoldCredentials === true)
  .map(({ key }) => ({ key, scheme: key === "notify.smtp" ? "smtps" : "https" }));

describe("secrets of the settings", () => {
  test("go to the secret store, and are in no answer, file or message", async () => {
    const { connect, call, somebody, folder, services } = await testHost();
    const client = await connect();
    const values = Object.fromEntries(
      addresses.map(({ key, scheme }) => [key, `${scheme}://anna:${secret}@server.example:8443`]),
    );
    expect(Object.keys(values).length).toBeGreaterThan(2);
    await client.station.changeSettings({ values });
    const { settings } = await client.station.settings();
    for (const { key, scheme } of addresses) {
      const shown = settings.find((each) => each.key === key);
      expect(shown).toMatchObject({ value: `${scheme}://server.example:8443`, signInName: "anna" });
      expect(services.credentials.complete(key, String(shown?.value))).toBe(values[key]);
      // Another server is not signed in to.
      const other = `${scheme}://other.example:8443`;
      expect(services.credentials.complete(key, other)).toBe(other);
    }
    const user = await somebody("Ulla", "user");
    for (const token of [undefined, user]) {
      for (const path of ["/api/settings", "/api/shares", "/api/health"]) {
        const answer = await call(path, token === undefined ? {} : { token });
        expect(await answer.text()).not.toContain(secret);
      }
    }
    for (const file of filesBelow(folder.root))
      expect(readFileSync(join(folder.root, file)).includes(secret)).toBe(false);
    // A value that is refused is not repeated with its password.
    const refused = await client.station
      .changeSettings({ values: { "notify.smtp": `imap://anna:${secret}@server.example` } })
      .catch((error: unknown) => JSON.stringify(error));
    expect(refused).toContain("notify.smtp");
    expect(refused).not.toContain(secret);
  });

  test("that cannot be decrypted any more stop nothing, and can be given again", async () => {
    const { connect, services, folder } = await testHost();
    const client = await connect();
    const change = (value: string | null) => client.station.changeSettings({ values: { "network.proxy": value } });
    await change(`http://anna:${secret}@proxy.example:3128`);
    writeFileSync(`${folder.secretsFile}.key`, Buffer.alloc(32, 7));
    const shown = (await client.station.settings()).settings.find(({ key }) => key === "network.proxy");
    expect(shown).toMatchObject({ value: "http://proxy.example:3128", signInName: null });
    expect(services.credentials.complete("network.proxy", "http://proxy.example:3128")).toBe(
      "http://proxy.example:3128",
    );
    await change(`http://olaf:${secret}@proxy.example:3128`);
    expect(services.credentials.findUser("network.proxy", "http://proxy.example:3128")).toBe("olaf");
    await change(null);
  });

  test("stay when the address is saved again, and are forgotten with it", async () => {
    const { connect, services } = await testHost();
    const client = await connect();
    const change = (value: string | null) => client.station.changeSettings({ values: { "network.proxy": value } });
    const find = (address: string) => services.credentials.findUser("network.proxy", address);
    await change(`http://anna:${secret}@proxy.example:3128`);
    await change("http://proxy.example:3128");
    expect(find("http://proxy.example:3128")).toBe("anna");
    await change("http://elsewhere.example:3128");
    await change("http://proxy.example:3128");
    expect(find("http://proxy.example:3128")).toBeUndefined();
  });

  test("that somebody wrote into the file are moved when the station starts", async () => {
    const { folder, services, runtime } = await testHost();
    writeFileSync(folder.settingsFile, JSON.stringify({ notify: { smtp: `smtps://anna:${secret}@mail.example` } }));
    // It holds already before.
    expect(services.credentials.findUser("notify.smtp", "smtps://mail.example")).toBe("anna");
    await runtime.start();
    await runtime.stop();
    expect(JSON.parse(readFileSync(folder.settingsFile, "utf8"))).toEqual({ notify: { smtp: "smtps://mail.example" } });
    expect(services.credentials.complete("notify.smtp", "smtps://mail.example")).toContain(secret);
  });

  test("a mount command with a password is refused, and commands are for those who run the station", async () => {
    const share = (mountCommand: string) => ({
      shares: { servers: [{ path: "/mnt/a", label: "A", mustBeMounted: false, mountCommand }] },
    });
    const plain = "mount -t cifs -o credentials=/root/.smb //nas/a /mnt/a";
    const { connect, somebody, call } = await testHost({ settings: share(plain) });
    const client = await connect();
    for (const command of [
      `mount -t cifs -o username=a,password=${secret} //nas/a /mnt/a`,
      `mount_smbfs //anna:${secret}@nas/a /mnt/a`,
      `net use Z: \\\\nas\\a /user:anna pass=${secret}`,
    ]) {
      const { servers } = share(command).shares;
      const answer = await client.station.changeSettings({ values: { "shares.servers": servers } }).then(
        () => "kept",
        (error: unknown) => JSON.stringify(error),
      );
      expect(answer).toMatch(/settings\.invalid/);
      expect(answer).not.toContain(secret);
    }
    const shares = async (token: string) => JSON.stringify(await (await call("/api/shares", { token })).json());
    expect(await shares(await somebody("Otto", "operator"))).toContain("credentials=");
    const user = await somebody("Ulla", "user");
    expect(await shares(user)).not.toContain("credentials=");
    expect(await (await call("/api/settings", { token: user })).text()).not.toContain("/root/.smb");
  });
});

describe("Cablecast's credentials", () => {
  test("are given to no other server than the one that they were stored for", async () => {
    const { connect, services } = await testHost({ settings: { cablecast: { url: "http://127.0.0.1:9" } } });
    const client = await connect();
    await client.station.changeSettings({ values: { "cablecast.url": "http://127.0.0.1:9" } });
    await client.cablecast.login({ user: "anna", secret });
    expect(storedCredentials(services.secrets)).toMatchObject({ origin: "http://127.0.0.1:9" });
    const { createServer } = await import("node:http");
    let calls = 0;
    const evil = createServer((_, response) => {
      calls++;
      response.end("{}");
    });
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", () => resolve()));
    const { port } = evil.address() as { port: number };
    const findings = await client.station.tryOut({ what: "cablecast", url: `http://127.0.0.1:${port}` });
    expect(JSON.stringify(findings)).toMatch(/given for http:\/\/127\.0\.0\.1:9/);
    expect(calls).toBe(0);
    for (const url of ["file:///etc/passwd", "ftp://127.0.0.1", `http://a:b@127.0.0.1:${port}`]) {
      await expect(client.station.tryOut({ what: "cablecast", url })).rejects.toThrow();
    }
    await new Promise((resolve) => evil.close(resolve));
  });
});

describe("an administrator at another machine", () => {
  const remote = async () => {
    const host = await remoteHost();
    const change = (values: Record<string, unknown>) => host.send("PATCH", "/api/settings", { values });
    return { ...host, change };
  };

  test.each<[string, Record<string, unknown>]>([
    ["a program", { "media.ffmpegPath": "/mnt/flex1/evil.sh" }],
    ["the folder of models", { "speech.modelsFolder": "/mnt/flex1" }],
    ["a model by its path", { "speech.model": "/mnt/flex1/evil.bin" }],
    ["the list of folders", { "network.folders": ["/"] }],
    ["an output folder anywhere", { "output.folder": "/etc" }],
    ["an output folder by dots", { "output.folder": "/mnt/../etc" }],
    ["a root itself", { "output.folder": "/mnt" }],
    ["a share anywhere", { "shares.servers": [{ path: "/etc", label: "A" }] }],
    ["packages anywhere", { "generic.folder": "/root/.ssh" }],
    ["a pattern anywhere", { "output.pattern": "/etc/x/{slug}" }],
    ["a pattern that begins with a backslash", { "output.pattern": "\\etc\\{date}" }],
    ["a city's pattern anywhere", { "cities.members": [{ name: "A", shares: ["A"], output: "/etc/x" }] }],
  ])("may not set %s", async (_, values) => {
    const { change, folder } = await remote();
    const before = readFileSync(folder.settingsFile, "utf8");
    const answer = await change(values);
    expect([403, 422]).toContain(answer.status);
    expect(answer.text).toMatch(/settings\.(here-only|invalid)/);
    expect(readFileSync(folder.settingsFile, "utf8")).toBe(before);
  });

  test("may choose shares and folders where shares are mounted, and everything else", async () => {
    const { change, send } = await remote();
    const values = {
      "shares.servers": [{ path: "/mnt/flex1", label: "A" }],
      "output.folder": "/srv/captions",
      "speech.beamSize": 5,
      "speech.model": "base.en",
    };
    expect(await change(values)).toMatchObject({ status: 200 });
    const settings = JSON.parse((await send("GET", "/api/settings")).text) as {
      settings: { key: string; isHereOnly: boolean }[];
    };
    expect(settings.settings.filter(({ isHereOnly }) => isHereOnly).map(({ key }) => key)).toEqual(
      expect.arrayContaining(["media.ffmpegPath", "network.folders"]),
    );
  });

  test("may not try out what may not be set", async () => {
    const { send } = await remote();
    for (const trial of [
      { what: "ffmpeg", ffmpegPath: "/mnt/flex1/evil.sh" },
      { what: "share", path: "/etc" },
      { what: "model", model: "/etc/shadow" },
    ]) {
      expect(await send("POST", "/api/settings/try", trial)).toMatchObject({ status: 403 });
    }
  });

  test("a pattern that leads out of its folder is refused everywhere", async () => {
    const { connect } = await testHost();
    const client = await connect();
    for (const pattern of ["{share}/../../x", "../x", "{share}/..", "a/./b"]) {
      await expect(client.station.changeSettings({ values: { "output.pattern": pattern } })).rejects.toMatchObject({
        data: { code: "settings.invalid" },
      });
    }
  });
});
