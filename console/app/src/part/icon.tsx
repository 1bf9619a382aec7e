import type { SVGProps } from "react";

// Our own drawings on a 24 × 24 grid, one stroke width.
const paths = {
  home: "M4 11.5 12 5l8 6.5M6 10v9h12v-9M10 19v-5h4v5",
  knowledge:
    "M5 5.5A1.5 1.5 0 0 1 6.5 4H19v13H6.500A1.5 1.5 0 0 0 5 18.500zM5 18.500A1.5 1.5 0 0 0 6.5 20H19v-3M9 8h6M9 11.500h4",
  product: "M4.500 4.500h7L20 13l-7 7-8.500-8.500zM8.500 8.500v.1",
  chat: "M4 6.500A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.500v7a2.5 2.5 0 0 1-2.5 2.500H12l-5 4v-4h-.5A2.5 2.5 0 0 1 4 13.500z",
  gap: "M9.2 9.200a2.9 2.9 0 1 1 4 2.700c-.8.4-1.2 1-1.2 1.900v.4M12 17.200v.1M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  install: "M8.5 8 4.5 12l4 4M15.5 8l4 4-4 4M13.5 5.500l-3 13",
  settings: "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h7M15 17h5M15 5v4M9 10v4M13 15v4",
  inbox:
    "M4 13.500 6.500 5.500A1.5 1.5 0 0 1 8 4.500h8a1.5 1.5 0 0 1 1.500 1L20 13.500V18A1.5 1.5 0 0 1 18.500 19.500h-13A1.5 1.5 0 0 1 4 18zM4 13.500h4.500l1.500 2.500h4l1.500-2.500H20",
  lock: "M7.500 11V8a4.500 4.500 0 0 1 9 0v3M6.500 11h11A1.5 1.5 0 0 1 19 12.500V18a1.5 1.5 0 0 1-1.500 1.500h-11A1.5 1.5 0 0 1 5 18v-5.500A1.5 1.5 0 0 1 6.500 11z",
  back: "M14.500 6 8.500 12l6 6",
  plus: "M12 5v14M5 12h14",
  search: "M11 4.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4 4",
  upload: "M12 15V4.500M7.5 9 12 4.5 16.5 9M4.5 15v3A1.5 1.5 0 0 0 6 19.500h12a1.5 1.5 0 0 0 1.5-1.500v-3",
  download:
    "M12 4.500V15M7.5 10.5 12 15l4.5-4.500M4.5 16v2A1.5 1.5 0 0 0 6 19.500h12a1.5 1.5 0 0 0 1.5-1.500v-2",
  trash:
    "M5 7h14M10 4h4M7 7l.8 11.600A1.5 1.5 0 0 0 9.3 20h5.400a1.5 1.5 0 0 0 1.5-1.400L17 7M10.5 11v5M13.5 11v5",
  check: "M5 12.5 10 17.5 19 7",
  circle: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  close: "M6 6l12 12M18 6 6 18",
  alert: "M12 4 2.8 19.500h18.400zM12 10v4.500M12 17v.1",
  info: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.500M12 7.800v.1",
  copy: "M9 9h9.500A1.5 1.5 0 0 1 20 10.500V19a1.5 1.5 0 0 1-1.5 1.500H10A1.5 1.5 0 0 1 8.5 19V9.500M15.5 6V5A1.5 1.5 0 0 0 14 3.500H5.500A1.5 1.5 0 0 0 4 5v8.500A1.5 1.5 0 0 0 5.5 15",
  logOut: "M13.5 5H7a1.5 1.5 0 0 0-1.5 1.500v11A1.5 1.5 0 0 0 7 19h6.500M10.5 12H20M16.5 8.5 20 12l-3.5 3.5",
  next: "M9.5 6l6 6-6 6",
  previous: "M14.5 6l-6 6 6 6",
  send: "M5 12h13M12.5 6l6 6-6 6",
  stop: "M7.5 7.500h9v9h-9z",
  sun: "M12 8.200a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.600zM12 3v2M12 19v2M3 12h2M19 12h2M5.7 5.700l1.4 1.400M16.9 16.900l1.4 1.400M5.7 18.300l1.4-1.400M16.9 7.100l1.4-1.4",
  moon: "M19.5 14A8 8 0 0 1 10 4.5 8 8 0 1 0 19.5 14z",
  screen: "M4 5.500h16v10.500H4zM9 20h6M12 16v4",
  language:
    "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.500c2.6 2.4 3.8 5.2 3.8 8.500s-1.2 6.1-3.8 8.500c-2.6-2.4-3.8-5.2-3.8-8.500S9.4 5.9 12 3.500z",
  chart: "M5 4.500V19.500H20M9 16v-4M13 16V8M17 16v-6",
  clock: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.500V12l3 2",
  people:
    "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3.5 19c0-3 2.4-5 5.5-5s5.5 2 5.5 5M15.5 5.300a3 3 0 0 1 0 5.400M17 14.300c2.2.6 3.5 2.3 3.5 4.7",
  coin: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM14.8 9.200C14.3 8.3 13.3 8 12.1 8 10.5 8 9.4 8.7 9.4 9.900c0 2.8 5.4 1.3 5.4 4.2 0 1.2-1.2 1.9-2.8 1.9-1.3 0-2.4-.5-2.9-1.400M12 6.500V8M12 16v1.5",
  sheet: "M5 4h14v16H5zM5 9h14M5 14.500h14M11 9v11",
  key: "M8.5 10.500a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11.5 11.7 19 4.200M16 7.200l2.5 2.5",
} as const;

export type IconName = keyof typeof paths;

/** Icon is decoration beside words, hidden from screen readers; a button with an icon alone needs its own label. */
export function Icon({
  name,
  size = 20,
  ...rest
}: { name: IconName; size?: number } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...rest}
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** Mark is the product's sign. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-pine-7)" />
      <path
        d="M8 10.5A2.5 2.5 0 0 1 10.5 8h11a2.5 2.5 0 0 1 2.5 2.500v7a2.5 2.5 0 0 1-2.5 2.500H16l-5 4v-4h-.5A2.5 2.5 0 0 1 8 17.500z"
        fill="#fff"
      />
      <path
        d="M12 12.500h8M12 16h5"
        stroke="var(--mantine-color-pine-7)"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  );
}
