import { Code } from "@connectrpc/connect";
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en";
import { openConsole, problem } from "../../test/console";

const needsReason = (reason: string) => {
  if (reason !== "") return;
  throw problem(Code.InvalidArgument, "invalid_request", [{ path: "reason", rule: "string.min_len" }]);
};

describe("platform", () => {
  it("asks why a job is to be tried again, and sends those words", async () => {
    const sent: unknown[] = [];
    const job = { id: 7n, kind: "import", state: "discarded", error: "no room", attempt: 3, maxAttempts: 3 };
    const { user } = openConsole("/platform/state", {
      platform: {
        getState: () => ({ failedJobs: [job] }),
        retryJob: ({ id, reason }) => {
          needsReason(reason);
          sent.push([id, reason]);
          return {};
        },
      },
    });
    expect(
      await screen.findByText(`${en.platform.jobKinds.import} 7 · ${en.platform.jobStates.discarded}`),
    ).toBeTruthy();
    await user.click(
      screen.getByRole("button", {
        name: en.platform.actOn(en.platform.retry, `${en.platform.jobKinds.import} 7`),
      }),
    );
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: en.platform.retry }));
    expect(await dialog.findByText(en.problem.field["reason:string.min_len"] ?? "")).toBeTruthy();
    await user.type(dialog.getByLabelText(en.platform.reason), "the disk has room again");
    await user.click(dialog.getByRole("button", { name: en.platform.retry }));
    await waitFor(() => expect(sent).toEqual([[7n, "the disk has room again"]]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("shows the receipt of a deleted shop, and nothing that could be done to it", async () => {
    const deletedAt = { seconds: 1_790_000_000n };
    const shop = {
      id: "t1",
      name: "deleted",
      slug: "deleted-t1",
      status: "deleted",
      deletedAt,
      deletedRows: 1204n,
    };
    openConsole("/platform/tenants", { platform: { listTenants: () => ({ tenants: [shop], total: 1n }) } });
    expect(await screen.findByText(/1,204 rows/)).toBeTruthy();
    expect(
      screen.queryByRole("button", { name: en.platform.actOn(en.platform.suspend, shop.name) }),
    ).toBeNull();
  });

  it("lets no quota be typed that the server could not take", async () => {
    let quota: unknown;
    const shop = { id: "t1", name: "Tea House", slug: "tea", status: "active" };
    const { user } = openConsole("/platform/tenants", {
      platform: {
        listTenants: () => ({ tenants: [shop], total: 1n }),
        setQuota: (request) => {
          quota = request.quota;
          return {};
        },
      },
    });
    const name = en.platform.actOn(en.platform.quota, "Tea House");
    await user.click(await screen.findByRole("button", { name }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByLabelText(en.holding.resources.entries), "-1.5");
    await user.type(dialog.getByLabelText(en.platform.modelSeconds), "9".repeat(30));
    await user.type(dialog.getByLabelText(en.platform.reason), "small plan");
    await user.click(dialog.getByRole("button", { name: en.act.save }));
    await waitFor(() => expect(quota).toMatchObject({ entries: 15n, modelSeconds: 999_999_999_999n }));
  });

  it("lets a search be typed on after its first letters were looked for, and each of two at once", async () => {
    const asked: string[] = [];
    const { user, address } = openConsole("/platform/tenants", {
      platform: {
        listTenants: ({ search }) => {
          asked.push(search);
          return { total: 2n };
        },
      },
    });
    await user.type(await screen.findByLabelText(en.platform.search), "te");
    await waitFor(() => expect(asked.at(-1)).toBe("te"));
    await user.keyboard("a");
    await waitFor(() => expect(asked.at(-1)).toBe("tea"));
    await user.click(screen.getByRole("link", { name: en.platform.pages.audit }));
    await user.type(await screen.findByLabelText(en.platform.auditShop), "tea");
    await user.type(screen.getByLabelText(en.platform.auditAdmin), "ann");
    await waitFor(() => expect(address()).toMatch(/shop=tea.*admin=ann|admin=ann.*shop=tea/));
  });
});
