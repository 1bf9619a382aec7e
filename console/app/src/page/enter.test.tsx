import { Code } from "@connectrpc/connect";
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../i18n/en";
import { me, openConsole, problem, signedOut } from "../test/console";

describe("signing up and logging in", () => {
  it("leads somebody unknown to the log-in, and back to where they wanted", async () => {
    let known = false;
    const { user, address } = openConsole("/gaps", {
      account: {
        whoAmI: () => (known ? { me } : signedOut()),
        logIn: (request) => {
          expect(request.password).toBe("a long password");
          known = true;
          return { me };
        },
      },
    });
    await user.type(await screen.findByLabelText(en.enter.email), "owner@shop.example");
    await user.type(screen.getByLabelText(en.enter.password), "a long password");
    await user.click(screen.getByRole("button", { name: en.enter.logIn }));
    expect(await screen.findByRole("heading", { name: en.gaps.title })).toBeTruthy();
    expect(address()).toBe("/console/gaps");
  });

  it("names the button that shows the password from the catalogue", async () => {
    openConsole("/signup");
    const toggle = await screen.findByLabelText(en.enter.showPassword);
    expect(toggle.getAttribute("aria-pressed")).toBe("false");
    expect(screen.queryByLabelText("Toggle password visibility")).toBeNull();
  });

  it("shows each violation at its field", async () => {
    const { user } = openConsole("/signup", {
      account: {
        signUp: () => {
          throw problem(Code.InvalidArgument, "invalid_fields", [
            { path: "password", rule: "string.min_len" },
            { path: "email", rule: "string.email" },
          ]);
        },
      },
    });
    await user.click(await screen.findByRole("button", { name: en.enter.signUp }));
    expect(await screen.findByText("At least 10 characters, please.")).toBeTruthy();
    const email = screen.getByLabelText(en.enter.email);
    expect(email.getAttribute("aria-invalid")).toBe("true");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says that an e-mail is taken, and sends language and time zone along", async () => {
    const { user } = openConsole("/signup", {
      account: {
        signUp: (request) => {
          expect(request.language).toBe("en");
          expect(request.timeZone).not.toBe("");
          throw problem(Code.AlreadyExists, "email_taken");
        },
      },
    });
    await user.click(await screen.findByRole("button", { name: en.enter.signUp }));
    await waitFor(() => expect(screen.getByRole("alert").textContent).toBe(en.problem.reason.email_taken));
  });
});
