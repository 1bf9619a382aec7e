import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { openConsole } from "../../test/console";
import { snippet } from "./install";

it("puts the look into the line, harmless whatever the words are", () => {
  expect(snippet("https://s", "pk_1")).toBe(
    '<script src="https://s/widget.js" data-key="pk_1" async></script>',
  );
  expect(snippet("https://s", "pk_1", { color: "#123456", side: "left", label: 'Ask "<us>" & co' })).toBe(
    '<script src="https://s/widget.js" data-key="pk_1" data-color="#123456" data-side="left" data-label="Ask &quot;&lt;us&gt;&quot; &amp; co" async></script>',
  );
  expect(snippet("https://s", "pk_1", { side: "right" })).not.toContain("data-side");
});

it("shows the chat page with its code, and a new secret this once", async () => {
  let since = 0n;
  const { user } = openConsole("/install", {
    tenant: { getTenant: () => ({ tenant: { id: "t1", slug: "tea", publishableKey: "pk_1" } }) },
    widget: {
      getLook: () => ({ hosted: true, identitySecretSince: since }),
      rotateIdentitySecret: () => {
        since = 1_700_000_000n;
        return { secret: "is_secret" };
      },
    },
  });
  expect(await screen.findByText(`${window.location.origin}/c/tea`)).toBeTruthy();
  expect(await screen.findByRole("img", { name: /QR code/ })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Make the secret" }));
  expect(await screen.findByText("is_secret")).toBeTruthy();
  expect(await screen.findByText(/"t1", user\.id, expires/)).toBeTruthy();
});
