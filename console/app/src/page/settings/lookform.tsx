import {
  Card,
  ColorInput,
  Input,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { fieldErrors } from "../../api/problem";
import { useSetLook } from "../../api/widget";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import type { GetLookResponse } from "../../gen/storebot/v1/widget_pb";
import { useText } from "../../i18n/language";
import { useNotice } from "../../part/notice";
import { Save } from "../../part/save";
import { settle } from "../../part/settle";
import { Preview } from "./preview";

const fields = { "look.color": "color", "look.side": "side", "look.label": "label" };
const swatches = ["#1f4d44", "#1d4ed8", "#7c3aed", "#b91c1c", "#c2410c", "#facc15", "#111827", "#f5f5f4"];

function valuesOf({ look, hosted }: Pick<GetLookResponse, "look" | "hosted">) {
  return { color: look?.color ?? "", side: look?.side || "right", label: look?.label ?? "", hosted };
}

/** LookForm changes the widget's look, and shows it on the widget itself while it is being chosen. */
export function LookForm({ look, shop }: { look: GetLookResponse; shop: Tenant }) {
  const t = useText();
  const notice = useNotice();
  const setLook = useSetLook();
  const form = useForm({ initialValues: valuesOf(look) });
  const { color, side, label } = form.values;

  const submit = form.onSubmit(({ hosted, ...chosen }) =>
    setLook.mutate(
      { look: chosen, hosted },
      {
        onSuccess: (kept) => {
          settle(form, { ...chosen, hosted }, valuesOf(kept));
          notice.done(t.widget.saved);
        },
        onError: (error) => {
          const errors = fieldErrors(error, fields, t);
          form.setErrors(errors);
          if (Object.keys(errors).length === 0) notice.failed(error);
        },
      },
    ),
  );

  return (
    <>
      <Card>
        <form onSubmit={submit} noValidate>
          <Title order={2} mb="md">
            {t.widget.look}
          </Title>
          <Stack>
            <ColorInput
              label={t.widget.color}
              description={t.widget.colorHint}
              placeholder="#1f4d44"
              format="hex"
              fixOnBlur={false} // the server says what is no colour
              swatches={swatches}
              eyeDropperButtonProps={{ "aria-label": t.widget.pick }}
              {...form.getInputProps("color")}
            />
            <TextInput
              label={t.widget.label}
              description={t.widget.labelHint}
              {...form.getInputProps("label")}
            />
            <Input.Wrapper label={t.widget.side} labelElement="div">
              <div>
                <SegmentedControl
                  mt={4}
                  aria-label={t.widget.side}
                  data={[
                    { value: "left", label: t.widget.left },
                    { value: "right", label: t.widget.right },
                  ]}
                  {...form.getInputProps("side")}
                />
              </div>
            </Input.Wrapper>
            <Switch
              label={t.widget.hosted}
              description={t.widget.hostedHint}
              {...form.getInputProps("hosted", { type: "checkbox" })}
            />
            <Save least="owner" dirty={form.isDirty()} pending={setLook.isPending} />
          </Stack>
        </form>
      </Card>
      <Card>
        <Title order={2}>{t.widget.preview}</Title>
        <Text size="sm" c="dimmed" mt={4}>
          {t.widget.previewHint}
        </Text>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          {t.widget.suggested}
        </Text>
        <Stack>
          <Preview shopKey={shop.publishableKey} color={color} side={side} label={label} />
          <Preview shopKey={shop.publishableKey} color={color} side={side} label={label} open />
        </Stack>
      </Card>
    </>
  );
}
