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
import { useState } from "react";
import { usePreview } from "../../api/learning";
import { problemText } from "../../api/problem";
import { useSaveProduct } from "../../api/product";
import type { PreviewChangeResponse } from "../../gen/storebot/v1/learning_pb";
import type { Product } from "../../gen/storebot/v1/product_pb";
import { useText } from "../../i18n/language";
import { Broken } from "../../part/broken";
import { Icon } from "../../part/icon";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";
import { Phrasings } from "../../part/phrasings";
import { Deleting } from "./deleting";
import css from "./products.module.css";
import { refused } from "./refused";

/** ProductForm holds a product until it is saved; onDirty says that there is something to lose. */
export function ProductForm(props: {
  product?: Product;
  attributeNames: string[];
  onDirty: (dirty: boolean) => void;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useText();
  const words = t.products.form;
  const notice = useNotice();
  const { product } = props;
  const save = useSaveProduct();
  const preview = usePreview();
  const [deleting, setDeleting] = useState(false);
  const [asking, setAsking] = useState(false);
  // What the product as it stands here would break; saved again it is stored all the same.
  const [broken, setBroken] = useState<PreviewChangeResponse>();
  const form = useForm({
    initialValues: {
      sku: product?.sku ?? "",
      name: product?.name ?? "",
      price: product?.price ?? "",
      currency: product?.currency ?? "",
      stock: (product?.stock ?? "") as number | string,
      link: product?.link ?? "",
      image: product?.image ?? "",
      otherNames: (product?.otherNames ?? []).join("\n"),
      phrasings: product?.phrasings ?? [],
      attributes: (product?.attributes ?? []).map(({ name, value }) => ({ name, value })),
    },
    onValuesChange: () => {
      props.onDirty(true);
      setBroken(undefined);
    },
  });

  const submit = form.onSubmit(async ({ stock, otherNames, ...values }) => {
    const next = {
      ...values,
      id: product?.id ?? "",
      stock: stock === "" ? undefined : Number(stock),
      otherNames: otherNames.split("\n").filter((line) => line.trim() !== ""),
    };
    let unasked = false;
    if (!broken) {
      setAsking(true);
      // What is refused is refused again below, where it is told.
      const report = await preview({ product: next }).catch(() => undefined);
      setAsking(false);
      if (report && report.broken.length > 0) return setBroken(report);
      unasked = report === undefined;
    }
    try {
      await save.mutateAsync({ product: next });
      notice.done(unasked ? t.checks.preview.unknown : product ? words.saved : words.created);
      props.onDone();
    } catch (error) {
      form.setErrors(refused(error, t));
    }
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {save.error && Object.keys(refused(save.error, t)).length === 0 && (
          <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
            {problemText(save.error, t)}
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
          {product ? (
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
              <Button type="submit" loading={asking || save.isPending} color={broken && "red"}>
                {broken ? t.checks.preview.anyway : t.act.save}
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
