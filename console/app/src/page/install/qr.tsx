import { Button, Stack } from "@mantine/core";
import { encode } from "uqr";
import { useText } from "../../i18n/language";
import { download } from "../../part/download";
import css from "./install.module.css";

/** The quiet zone that readers need around the code, in modules. */
const border = 4;

/** QR draws a text as a QR code, dark on white in either scheme, and gives it away as a drawing to print. */
export default function QR({ text, name }: { text: string; name: string }) {
  const t = useText();
  const { data, size } = encode(text, { border, ecc: "M" });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  const save = () =>
    download(
      `${name}-qr.svg`,
      "image/svg+xml",
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`,
    );
  return (
    <Stack gap="xs" align="flex-start">
      <svg
        className={css.qr}
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t.widget.qr(text)}
        shapeRendering="crispEdges"
      >
        <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
        <path fill="#000" d={path} />
      </svg>
      <Button size="compact-sm" variant="subtle" onClick={save}>
        {t.widget.qrDownload}
      </Button>
    </Stack>
  );
}
