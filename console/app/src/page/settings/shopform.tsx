import { Card, Select, SimpleGrid, Stack, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMemo } from "react";
import { fieldErrors } from "../../api/problem";
import { useUpdateTenant } from "../../api/tenant";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import { languages } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { useNotice } from "../../part/notice";
import { Save } from "../../part/save";
import { settle } from "../../part/settle";

const fields = { name: "name", language: "language", time_zone: "timeZone" };

function valuesOf(shop: Tenant) {
  return { name: shop.name, language: shop.language, timeZone: shop.timeZone };
}

/** ShopForm changes what the whole shop goes by; onSaved is told when that is done. */
export function ShopForm({ shop, onSaved }: { shop: Tenant; onSaved?: () => void }) {
  const t = useText();
  const notice = useNotice();
  const update = useUpdateTenant();
  const form = useForm({ initialValues: valuesOf(shop) });
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf("timeZone");
    return known.includes(shop.timeZone) ? known : [shop.timeZone, ...known];
  }, [shop.timeZone]);

  const submit = form.onSubmit((values) =>
    update.mutate(values, {
      onSuccess: (response) => {
        if (response.tenant) settle(form, values, valuesOf(response.tenant));
        notice.done(t.settings.saved);
        onSaved?.();
      },
      onError: (error) => {
        const errors = fieldErrors(error, fields, t);
        form.setErrors(errors);
        if (Object.keys(errors).length === 0) notice.failed(error);
      },
    }),
  );

  return (
    <Card>
      <form onSubmit={submit} noValidate>
        <Title order={2} mb="md">
          {t.settings.shop}
        </Title>
        <Stack>
          <TextInput label={t.settings.name} {...form.getInputProps("name")} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t.settings.language}
              description={t.settings.languageHint}
              data={languages.map((value) => ({ value, label: t.languages[value] }))}
              allowDeselect={false}
              {...form.getInputProps("language")}
            />
            <Select
              label={t.settings.timeZone}
              description={t.settings.timeZoneHint}
              data={zones}
              searchable
              limit={60}
              allowDeselect={false}
              {...form.getInputProps("timeZone")}
            />
          </SimpleGrid>
          <Save least="owner" dirty={form.isDirty()} pending={update.isPending} />
        </Stack>
      </form>
    </Card>
  );
}
