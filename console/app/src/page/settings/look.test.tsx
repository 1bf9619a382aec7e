import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { openConsole } from "../../test/console";

vi.mock("./preview", () => ({ Preview: () => null })); // the widget itself: the browser tests show it

it("saves the look that was chosen", async () => {
  const setLook = vi.fn(({ look, hosted }) => ({ look, hosted }));
  const { user } = openConsole("/settings/widget", {
    tenant: { getTenant: () => ({ tenant: { id: "t1", publishableKey: "pk_1" } }) },
    widget: { getLook: () => ({ look: { color: "#123456" }, hosted: true }), setLook },
  });
  const color = await screen.findByLabelText("Colour");
  await user.clear(color);
  await user.type(color, "#abcdef");
  await user.click(screen.getByRole("radio", { name: "Left" }));
  await user.type(screen.getByLabelText("Words on the launcher"), "Hi");
  await user.click(screen.getByRole("switch", { name: /A chat page of your own/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The look is saved.")).toBeTruthy();
  expect(setLook.mock.calls[0]?.[0]).toMatchObject({
    look: { color: "#abcdef", side: "left", label: "Hi" },
    hosted: false,
  });
});
