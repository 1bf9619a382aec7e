import {
  ActionIcon,
  Alert,
  Autocomplete,
  Button,
  Fieldset,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useMemo, useRef, useState } from "react";
import { usePreview } from "../../api/learning";
import { problemText } from "../../api/problem";
import { useProductRevisions, useSaveProduct } from "../../api/product";
import type { PreviewChangeResponse } from "../../gen/storebot/v1/learning_pb";
import type { Product } from "../../gen/storebot/v1/product_pb";
import { useText } from "../../i18n/language";
import { Broken } from "../../part/broken";
import { Icon } from "../../part/icon";
import { May } from "../../part/may";
import { Gone, Meanwhile } from "../../part/meanwhile";
import { useMerging } from "../../part/merging";
import { useNotice } from "../../part/notice";
import { Phrasings } from "../../part/phrasings";
import { Deleting } from "./deleting";
import { stockText } from "./price";
import css from "./products.module.css";
import { refused } from "./refused";
import { type ProductValues, valuesOf } from "./values";

/** ProductForm holds a product until it is saved; onDirty says that there is something to lose. */
export function ProductForm(props: {
  product?: Product;
  /** The product was deleted while it was open here: what is written becomes a new one. */
  gone?: boolean;
  attributeNames: string[];
  onDirty: (dirty: boolean) => void;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useText();
  const words = t.products.form;
  const notice = useNotice();
  const { product, gone, onDirty } = props;
  const save = useSaveProduct();
  const preview = usePreview();
  const [deleting, setDeleting] = useState(false);
  const [saving, setSaving] = useState(false);
  // What the product as it stands here would break; saved again it is stored all the same.
  const [broken, setBroken] = useState<PreviewChangeResponse>();
  const [error, setError] = useState<unknown>();
  const stored = useMemo(() => product && { etag: product.etag, values: valuesOf(product) }, [product]);
  const form = useForm<ProductValues>({
    initialValues: stored?.values ?? valuesOf(undefined),
    onValuesChange: () => {
      setBroken(undefined);
      setError(undefined);
    },
  });
  const merging = useMerging(form, stored, saving);
  const { news, theirs } = merging;
  const [pending, setPending] = useState(false);
  const dirty = merging.dirty || pending;
  useEffect(() => onDirty(dirty), [onDirty, dirty]);
  const choice = useRef<HTMLDivElement>(null);
  const past = useProductRevisions(product?.id ?? "", news !== undefined);

  const submit = form.onSubmit(async ({ stock, otherNames, ...values }) => {
    const next = {
      ...values,
      id: gone ? "" : (product?.id ?? ""),
      stock: stock === "" ? undefined : Number(stock),
      otherNames: otherNames.split("\n").filter((line) => line.trim() !== ""),
    };
    // It stays so once it is stored: the drawer closes then.
    setSaving(true);
    let unasked = false;
    if (!broken) {
      // What is refused is refused again below, where it is told.
      const report = await preview({ product: next }).catch(() => undefined);
      if (report && report.broken.length > 0) {
        setSaving(false);
        return setBroken(report);
      }
      unasked = report === undefined;
    }
    try {
      await save.mutateAsync({ product: next, etag: gone ? "" : merging.etag });
      notice.done(unasked ? t.checks.preview.unknown : next.id ? words.saved : words.created);
      props.onDone();
    } catch (problem) {
      setSaving(false);
      setError(problem);
      form.setErrors(refused(problem, t));
    }
  });
  const told = (field: string): [string, string] => {
    const { phrasings, attributes, stock, ...texts } = theirs;
    switch (field) {
      case "phrasings":
        return [t.entry.phrasings, phrasings.join("\n")];
      case "attributes":
        return [words.attributes, attributes.map(({ name, value }) => `${name}: ${value}`).join("\n")];
      case "stock":
        return [words.stock, stockText(stock === "" ? undefined : Number(stock), t)];
      default: {
        const name = field as keyof typeof texts;
        return [words[name], texts[name]];
      }
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (news?.clash.length && !gone) choice.current?.focus();
        else submit(event);
      }}
      noValidate
    >
      <Stack>
        {gone ? (
          <Gone of="product" />
        ) : (
          news && (
            <Meanwhile
              of="product"
              news={news}
              past={past}
              told={told}
              place={choice}
              busy={saving}
              onOver={() => {
                merging.settle();
                submit();
              }}
              onTake={merging.take}
              onDone={merging.settle}
            />
          )
        )}
        {error !== undefined && !gone && Object.keys(refused(error, t)).length === 0 && (
          <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
            {problemText(error, t)}
          </Alert>
        )}
        <TextInput
          label={words.sku}
          description={words.skuHint}
          data-autofocus
          {...form.getInputProps("sku")}
        />
        <TextInput label={words.name} {...form.getInputProps("name")} />
        <Group grow align="flex-start">
          <TextInput
            label={words.price}
            description={words.priceHint}
            inputMode="decimal"
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...form.getInputProps("price")}
          />
          <Select
            label={words.currency}
            data={Intl.supportedValuesOf("currency")}
            searchable
            clearable
            {...form.getInputProps("currency")}
            value={form.values.currency || null}
            onChange={(value) => form.setFieldValue("currency", value ?? "")}
          />
        </Group>
        <NumberInput
          label={words.stock}
          description={words.stockHint}
          allowDecimal={false}
          {...form.getInputProps("stock")}
        />
        <TextInput
          type="url"
          label={words.link}
          description={words.linkHint}
          {...form.getInputProps("link")}
        />
        <TextInput type="url" label={words.image} {...form.getInputProps("image")} />
        <Textarea
          label={words.otherNames}
          description={words.otherNamesHint}
          autosize
          minRows={2}
          {...form.getInputProps("otherNames")}
        />
        <Phrasings
          value={form.values.phrasings}
          hint={words.phrasingsHint}
          error={form.errors.phrasings?.toString()}
          onChange={(phrasings) => form.setFieldValue("phrasings", phrasings)}
          onPending={setPending}
        />
        <Fieldset
          variant="unstyled"
          className={css.properties}
          legend={
            <Text span size="sm" fw={600}>
              {words.attributes}
            </Text>
          }
        >
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {words.attributesHint}
            </Text>
            {form.errors.attributes && (
              <Text size="sm" c="var(--mantine-color-error)">
                {form.errors.attributes}
              </Text>
            )}
            {form.values.attributes.map((_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a property has nothing else to tell it apart
              <Group key={i} wrap="nowrap" align="flex-start" gap="xs">
                <Autocomplete
                  flex="1 1 40%"
                  aria-label={words.attributeName(i + 1)}
                  placeholder={words.nameExample}
                  data={props.attributeNames}
                  {...form.getInputProps(`attributes.${i}.name`)}
                />
                <TextInput
                  flex="1 1 60%"
                  aria-label={words.attributeValue(i + 1)}
                  placeholder={words.valueExample}
                  {...form.getInputProps(`attributes.${i}.value`)}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={words.removeAttribute(i + 1)}
                  onClick={() => form.removeListItem("attributes", i)}
                >
                  <Icon name="close" size={18} />
                </ActionIcon>
              </Group>
            ))}
            <Button
              w="fit-content"
              size="compact-sm"
              variant="light"
              leftSection={<Icon name="plus" size={16} />}
              onClick={() => form.insertListItem("attributes", { name: "", value: "" })}
            >
              {words.addAttribute}
            </Button>
          </Stack>
        </Fieldset>
        {broken && (
          <div ref={intoSight}>
            <Broken report={broken} />
          </div>
        )}
        <Group justify="space-between" mt="sm">
          {product && !gone ? (
            <May>
              <Button variant="subtle" color="red" onClick={() => setDeleting(true)}>
                {t.act.delete}
              </Button>
            </May>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t.act.cancel}
            </Button>
            <May>
              <Button type="submit" loading={saving} color={broken && "red"}>
                {broken ? t.checks.preview.anyway : gone ? t.meanwhile.product.asNew : t.act.save}
              </Button>
            </May>
          </Group>
        </Group>
      </Stack>
      {product && (
        <Deleting
          ids={[product.id]}
          opened={deleting}
          onClose={() => setDeleting(false)}
          onDone={props.onDone}
        />
      )}
    </form>
  );
}

/** intoSight scrolls to what has just come and lies beyond the drawer's edge. */
function intoSight(one: HTMLElement | null) {
  one?.scrollIntoView?.({ block: "nearest" });
}
