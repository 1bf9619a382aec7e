import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from "@mantine/core";

// From shade 6 on, each colour has 4.5:1 against white, which is what text and
// filled buttons need.
const pine: MantineColorsTuple = [
  "#eff7f4",
  "#dceee8",
  "#b8dccf",
  "#8fcab6",
  "#68b69d",
  "#459f85",
  "#2b7f68",
  "#1f6a57",
  "#185546",
  "#0f3d32",
];
const gray: MantineColorsTuple = [
  "#fafaf8",
  "#f4f4f1",
  "#e9e9e4",
  "#dcdcd5",
  "#c4c4bb",
  "#96968c",
  "#6b6b62",
  "#55554d",
  "#3b3b35",
  "#24241f",
];
const dark: MantineColorsTuple = [
  "#e8e8e3",
  "#cfcfc9",
  "#b0b0a9",
  "#8a8a83",
  "#5a5a54",
  "#44443f",
  "#32322e",
  "#252522",
  "#1b1b19",
  "#131311",
];
const red: MantineColorsTuple = [
  "#fdf1f0",
  "#fadfdd",
  "#f3bbb7",
  "#ec9690",
  "#e2736b",
  "#d6554c",
  "#bf3b32",
  "#a62f27",
  "#87251f",
  "#621813",
];
const amber: MantineColorsTuple = [
  "#fdf6e7",
  "#faebc8",
  "#f3d68f",
  "#ebbf57",
  "#dca52c",
  "#c08a14",
  "#8f640a",
  "#775307",
  "#5f4206",
  "#443003",
];
const blue: MantineColorsTuple = [
  "#eff5fb",
  "#dce9f6",
  "#b6d1ec",
  "#8cb6e0",
  "#649bd3",
  "#4382c3",
  "#2f6bab",
  "#26588e",
  "#1e4671",
  "#143150",
];

export const theme = createTheme({
  colors: { pine, gray, dark, red, amber, blue },
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang TC", "PingFang SC", "Microsoft JhengHei", "Microsoft YaHei", "Noto Sans CJK TC", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", monospace',
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: rem(26), lineHeight: "1.25" },
      h2: { fontSize: rem(18), lineHeight: "1.35" },
      h3: { fontSize: rem(15), lineHeight: "1.4" },
    },
  },
  components: {
    Alert: { defaultProps: { radius: "md" } },
    // Inside a dialog a header is no banner of the page.
    Drawer: {
      defaultProps: { attributes: { header: { role: "presentation" } } },
      styles: { title: { fontSize: rem(18), fontWeight: 620, lineHeight: 1.3 } },
    },
    Modal: {
      defaultProps: { attributes: { header: { role: "presentation" } } },
      styles: { title: { fontSize: rem(18), fontWeight: 620, lineHeight: 1.3 } },
    },
    Card: { defaultProps: { withBorder: true, radius: "lg", padding: "lg" } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } },
    },
    Skeleton: { defaultProps: { radius: "md" } },
  },
});

const named = ["pine", "gray", "red", "amber", "blue"];

// Mantine's light variant is nearly black on a dark ground.
const lightOnDark = Object.fromEntries(
  named.flatMap((name) => [
    [
      `--mantine-color-${name}-light`,
      `color-mix(in srgb, var(--mantine-color-${name}-6) 28%, var(--mantine-color-dark-7))`,
    ],
    [
      `--mantine-color-${name}-light-hover`,
      `color-mix(in srgb, var(--mantine-color-${name}-6) 38%, var(--mantine-color-dark-7))`,
    ],
    [`--mantine-color-${name}-light-color`, `var(--mantine-color-${name}-1)`],
  ]),
);

// Mantine's own dimmed, placeholder and error colours fail 4.5:1.
export const cssVariables: CSSVariablesResolver = (t) => ({
  variables: {},
  light: {
    "--mantine-color-text": t.colors.gray[9],
    "--mantine-color-dimmed": t.colors.gray[6],
    "--mantine-color-placeholder": t.colors.gray[6],
    "--mantine-color-error": t.colors.red[6],
    "--mantine-color-default-border": t.colors.gray[3],
    "--mantine-color-anchor": t.colors.pine?.[7] ?? "",
    "--storebot-ground": t.colors.gray[0],
    "--storebot-line": t.colors.gray[2],
    "--storebot-quiet": t.colors.gray[1],
  },
  dark: {
    ...lightOnDark,
    "--mantine-color-text": t.colors.dark[0],
    "--mantine-color-body": t.colors.dark[7],
    "--mantine-color-dimmed": t.colors.dark[2],
    "--mantine-color-placeholder": t.colors.dark[3],
    // What is disabled is seen as a button still, on a card too.
    "--mantine-color-disabled": "#3b3b37",
    "--mantine-color-error": t.colors.red[3],
    "--mantine-color-anchor": t.colors.pine?.[3] ?? "",
    "--storebot-ground": t.colors.dark[8],
    "--storebot-line": t.colors.dark[5],
    // Cards are of dark 6: what is quiet on one must differ from it, and from its lines.
    "--storebot-quiet": "#3b3b37",
  },
});
