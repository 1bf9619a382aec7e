import { Button, Card, Group, Select, Skeleton } from "@mantine/core";
import { useNavigate, useRouter, useRouterState, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useExportProducts, useProducts } from "../../api/product";
import { Subject } from "../../gen/storebot/v1/knowledge_pb";
import { StockFilter } from "../../gen/storebot/v1/product_pb";
import { useText } from "../../i18n/language";
import { Empty, Failed, FilterEmpty } from "../../part/empty";
import { ExportMenu } from "../../part/exporting";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";
import { May } from "../../part/may";
import { Page } from "../../part/page";
import { Paging } from "../../part/paging";
import { SearchBox } from "../../part/searchbox";
import { RunningImport } from "../import/running";
import list from "../knowledge/knowledge.module.css";
import { ProductDrawer } from "./drawer";
import { ProductList } from "./list";
import { type ProductsSearch, type StockFilterName, stockFilters } from "./search";
import { Selection } from "./selection";

const stockNumbers: Record<StockFilterName, StockFilter> = {
  in: StockFilter.IN_STOCK,
  out: StockFilter.SOLD_OUT,
  uncounted: StockFilter.NOT_COUNTED,
};

/** ProductsPage lists what the shop sells; search, filter, page and the open product stand in the address. */
export function ProductsPage() {
  const t = useText();
  const router = useRouter();
  const navigate = useNavigate({ from: "/products" });
  const search = useSearch({ from: "/inside/products" });
  const trail = useRouterState({ select: (state) => state.location.state.trail ?? [] });
  const products = useProducts({
    search: search.q ?? "",
    stock: search.stock ? stockNumbers[search.stock] : StockFilter.UNSPECIFIED,
    pageToken: search.token ?? "",
  });
  const fetchFile = useExportProducts();
  const [selected, setSelected] = useState<string[]>([]);
  const filtered = Boolean(search.q || search.stock);
  const found = products.data;

  const filter = (change: ProductsSearch) => {
    setSelected([]);
    navigate({
      search: (before) => ({ ...before, page: undefined, token: undefined, ...change }),
      replace: true,
      resetScroll: false,
    });
  };
  const open = (product: string | undefined) =>
    navigate({
      search: (before) => ({ ...before, product, tab: undefined }),
      state: { trail },
      resetScroll: false,
    });

  return (
    <Page
      title={t.products.title}
      lead={t.products.lead}
      actions={
        <May>
          <ExportMenu
            disabled={!found || (found.total === 0 && !filtered)}
            fetchFile={async (kind) => (await fetchFile(kind)).file}
          />
          <ButtonLink to="/products/import" variant="default" leftSection={<Icon name="upload" size={18} />}>
            {t.products.import}
          </ButtonLink>
          <Button leftSection={<Icon name="plus" size={18} />} onClick={() => open("new")}>
            {t.products.add}
          </Button>
        </May>
      }
    >
      <May>
        <RunningImport of={Subject.PRODUCTS} />
      </May>
      {products.isLoadingError ? (
        <Failed error={products.error} onRetry={products.refetch} />
      ) : found && found.total === 0 && !filtered ? (
        <Card>
          <Empty icon="product" title={t.products.emptyTitle} body={t.products.emptyBody}>
            <May>
              <ButtonLink to="/products/import" mt="xs">
                {t.products.emptyAction}
              </ButtonLink>
              <Button variant="subtle" onClick={() => open("new")}>
                {t.products.emptySecond}
              </Button>
            </May>
          </Empty>
        </Card>
      ) : (
        <Card padding={0}>
          <Filters search={search} onChange={filter} />
          <Selection selected={selected} total={found?.total} onDone={() => setSelected([])} />
          {!found ? (
            <div className={list.skeletons}>
              {[1, 2, 3, 4, 5, 6, 7, 8].map((row) => (
                <Skeleton key={row} height={52} />
              ))}
            </div>
          ) : found.products.length === 0 ? (
            <FilterEmpty onClear={() => filter({ q: undefined, stock: undefined })} />
          ) : (
            <ProductList products={found.products} selected={selected} onSelect={setSelected} onOpen={open} />
          )}
          {found && (
            <Paging
              label={t.products.paging}
              className={list.pages}
              page={search.page ?? 1}
              token={search.token}
              next={found.nextPageToken}
              trail={trail}
              waiting={products.isPlaceholderData}
              onTurn={(page, token, state) => {
                setSelected([]);
                navigate({
                  search: (before) => ({ ...before, page: page > 1 ? page : undefined, token }),
                  state: { trail: state },
                });
              }}
            />
          )}
        </Card>
      )}
      <ProductDrawer
        key={search.product ?? ""}
        opened={search.product !== undefined}
        productId={search.product === "new" ? undefined : search.product}
        attributeNames={found?.attributeNames ?? []}
        tab={search.tab}
        onTab={(tab) =>
          navigate({
            search: (before) => ({ ...before, tab }),
            state: { trail },
            replace: true,
            resetScroll: false,
          })
        }
        onClose={() =>
          router.history.canGoBack() ? open(undefined) : filter({ product: undefined, tab: undefined })
        }
        onDone={() => open(undefined)}
      />
    </Page>
  );
}

/** Filters narrows the list down; what it says stands in the address. */
function Filters(props: { search: ProductsSearch; onChange: (change: ProductsSearch) => void }) {
  const t = useText();
  const { q, stock } = props.search;
  return (
    <Group className={list.filters} gap="sm" role="search">
      <SearchBox
        className={list.searchBox}
        q={q}
        label={t.products.search}
        hint={t.products.searchHint}
        onSearch={(text) => props.onChange({ q: text })}
      />
      <Select
        aria-label={t.products.stock}
        placeholder={t.products.anyStock}
        data={stockFilters.map((value) => ({ value, label: t.products.stocks[value] }))}
        value={stock ?? null}
        onChange={(value) => props.onChange({ stock: (value as StockFilterName | null) ?? undefined })}
        clearable
        className={list.choice}
      />
    </Group>
  );
}
