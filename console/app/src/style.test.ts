import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const sheets = join(dirname(createRequire(import.meta.url).resolve("@mantine/core/styles.css")), "styles");

// What the parts of Mantine we use build on.
const beneath: Record<string, string[]> = {
  Select: ["Combobox", "Input", "ScrollArea", "Popover"],
  MultiSelect: ["Combobox", "Input", "PillsInput", "Pill", "ScrollArea", "Popover"],
  Autocomplete: ["Combobox", "Input", "ScrollArea", "Popover"],
  Modal: ["ModalBase", "Overlay", "CloseButton", "Paper", "ScrollArea"],
  Drawer: ["ModalBase", "Overlay", "CloseButton", "Paper", "ScrollArea"],
  ColorInput: ["ColorPicker", "ColorSwatch", "Input", "Popover", "ActionIcon"],
  Menu: ["Popover", "UnstyledButton"],
  Textarea: ["Input"],
  TextInput: ["Input"],
  NativeSelect: ["Input"],
  NumberInput: ["Input", "UnstyledButton"],
  PasswordInput: ["Input", "ActionIcon"],
  SegmentedControl: ["FloatingIndicator"],
  Radio: ["InlineInput"],
  Checkbox: ["InlineInput"],
  Skeleton: [],
};

/** compound names the parts that are written as <Radio.Card>, whose sheet is RadioCard. */
const compound = (part: string, code: string) =>
  [...code.matchAll(new RegExp(`<${part}\\.(\\w+)`, "g"))].map(([, name]) => part + name);

it("the styles of all Mantine parts that are used are loaded", () => {
  const loaded = new Set(
    [...readFileSync(join(import.meta.dirname, "style.ts"), "utf8").matchAll(/styles\/(\w+)\.css/g)].map(
      (match) => match[1],
    ),
  );
  const used = new Set<string>();
  for (const name of readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".tsx") || name.endsWith(".test.tsx")) continue;
    const code = readFileSync(join(import.meta.dirname, name), "utf8");
    for (const [, names] of code.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g))
      for (const part of (names ?? "").split(",").map((word) => word.trim()))
        for (const one of [part, ...compound(part, code), ...(beneath[part] ?? [])])
          if (existsSync(join(sheets, `${one}.css`))) used.add(one);
  }
  expect(used.size).toBeGreaterThan(30);
  expect([...used].filter((name) => !loaded.has(name))).toEqual([]);
});
