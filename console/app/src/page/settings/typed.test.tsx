import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { en } from "../../i18n/en";
import { me, openConsole } from "../../test/console";

it("keeps what is typed while the server still stores what was sent", async () => {
  const shop = { id: "t1", name: "Tea", language: "en", timeZone: "UTC" };
  let store = () => {};
  const stored = new Promise<void>((done) => {
    store = done;
  });
  const { user } = openConsole("/settings/shop", {
    tenant: {
      getTenant: () => ({ tenant: shop }),
      updateTenant: async ({ name }) => {
        await stored;
        return { tenant: { ...shop, name: `${name} House` } };
      },
    },
  });
  const name = await screen.findByLabelText<HTMLInputElement>(en.settings.name);
  await user.type(name, "s");
  await user.click(screen.getByRole("button", { name: en.act.save }));
  await user.type(name, " and cups");
  store();
  expect(await screen.findByText(en.settings.saved)).toBeTruthy();
  expect(name.value).toBe("Teas and cups");
  expect(screen.getByText(en.settings.unsaved)).toBeTruthy();
});

it("takes in what the server made of a text that nobody typed on", async () => {
  const shop = { id: "t1", name: "Tea", language: "en", timeZone: "UTC" };
  const { user } = openConsole("/settings/shop", {
    tenant: {
      getTenant: () => ({ tenant: shop }),
      updateTenant: ({ name }) => ({ tenant: { ...shop, name: (name ?? "").trim() } }),
    },
  });
  const name = await screen.findByLabelText<HTMLInputElement>(en.settings.name);
  await user.type(name, "s  ");
  await user.click(screen.getByRole("button", { name: en.act.save }));
  await waitFor(() => expect(name.value).toBe("Teas"));
  expect(screen.queryByText(en.settings.unsaved)).toBeNull();
});

it("offers at once no more than a role that one has given oneself may do", async () => {
  let role = "owner";
  const { user } = openConsole("/settings/members", {
    account: { whoAmI: () => ({ me: { ...me, role } }) },
    tenant: {
      listMembers: () => ({ members: [{ id: "m1", email: me.email, role, current: true }] }),
      listInvitations: () => ({}),
      setMemberRole: (request) => {
        role = request.role;
        return {};
      },
    },
  });
  expect(await screen.findByRole("button", { name: en.people.send })).toBeTruthy();
  await user.selectOptions(await screen.findByLabelText(en.people.roleOf(me.email)), "manager");
  await waitFor(() => expect(screen.queryByRole("button", { name: en.people.send })).toBeNull());
});

it("tells times by the shop's clock, wherever the reader is", async () => {
  const at = timestampFromDate(new Date("2026-03-01T20:00:00Z"));
  for (const [timeZone, told] of [
    ["Asia/Taipei", "Mar 2, 2026, 4:00 AM"],
    ["America/New_York", "Mar 1, 2026, 3:00 PM"],
  ] as const) {
    openConsole("/settings/data", {
      account: { whoAmI: () => ({ me: { ...me, timeZone } }) },
      tenant: { listVisits: () => ({ visits: [{ adminEmail: "root@platform.example", createdAt: at }] }) },
    });
    expect(await screen.findByText((text) => text.replaceAll(" ", " ").includes(told))).toBeTruthy();
  }
});
