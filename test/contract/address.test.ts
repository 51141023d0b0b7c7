import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getOrigin, joinCredentials, maskSecrets, splitCredentials } from "../../electron/contract/settings/address.ts";

describe("addresses with credentials", () => {
  test.each([
    ["smtps://anna:pw@mail.example:465/x?y", "smtps://mail.example:465/x?y", { user: "anna", secret: "pw" }],
    ["http://a%40b:p%3Aw@host", "http://host", { user: "a@b", secret: "p:w" }],
    ["http://a:b:c@d@host/e@f", "http://host/e@f", { user: "a", secret: "b:c@d" }],
    ["http://100%@host", "http://host", { user: "100%", secret: "" }],
    ["https://host/path@x", "https://host/path@x", undefined],
    ["nothing of the kind", "nothing of the kind", undefined],
  ])("%s", (text, address, credentials) => {
    expect(splitCredentials(text)).toEqual({ address, credentials });
  });

  test("can be taken out and put back, whatever they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (user, secret) => {
        const joined = joinCredentials("https://host.example:8443/a?b", { user, secret });
        expect(splitCredentials(joined)).toEqual({
          address: "https://host.example:8443/a?b",
          credentials: { user, secret },
        });
        if (secret.length > 6 && /^\w+$/.test(secret)) expect(maskSecrets(`at ${joined}`)).not.toContain(secret);
      }),
    );
  });

  test.each([
    ["https://HOST.example:443/a", "https://host.example"],
    ["http://host.example:8080", "http://host.example:8080"],
    ["smtp://u:p@host:25", "smtp://host"],
    ["nothing", undefined],
  ])("%s is for %s", (address, origin) => expect(getOrigin(address)).toBe(origin));
});
