import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type Catalogue, isLanguage, type Language, loadCatalogue, nearestLanguage } from "./catalogue";
import { type Format, newFormat } from "./format";

const storageKey = "storebot-language";

type Spoken = { language: Language; t: Catalogue; format: Format; choose: (language: Language) => void };

const SpokenContext = createContext<Spoken | null>(null);

/** chosenLanguage is what this browser's reader chose, or null. */
export function chosenLanguage(): Language | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return isLanguage(stored) ? stored : null;
  } catch {
    return null; // storage is switched off: nothing is remembered
  }
}

export function firstLanguage(): Language {
  return chosenLanguage() ?? nearestLanguage(navigator.languages);
}

/** Speak gives everything below it the texts of a language; start's texts are there at once. */
export function Speak({
  start,
  texts,
  children,
}: {
  start: Language;
  texts: Catalogue;
  children: ReactNode;
}) {
  const [spoken, setSpoken] = useState({ language: start, t: texts });

  const wanted = useRef(start);
  const choose = useCallback(async (language: Language) => {
    wanted.current = language;
    try {
      localStorage.setItem(storageKey, language);
    } catch {
      // Not remembered, but it still changes now.
    }
    const t = await loadCatalogue(language);
    // Whoever chose again while the texts came wants the later one.
    if (wanted.current === language) setSpoken({ language, t });
  }, []);

  useEffect(() => {
    document.documentElement.lang = spoken.language;
  }, [spoken.language]);

  const value = useMemo(
    () => ({ ...spoken, format: newFormat(spoken.language, spoken.t.figure), choose }),
    [spoken, choose],
  );
  return <SpokenContext value={value}>{children}</SpokenContext>;
}

/** InZone writes the times below it by the clock of a time zone, wherever the reader's own is; without one by the reader's. */
export function InZone({ timeZone, children }: { timeZone?: string; children: ReactNode }) {
  const spoken = useSpoken();
  const value = useMemo(() => {
    const { language, t } = spoken;
    return { ...spoken, format: newFormat(language, t.figure, knownZone(timeZone)) };
  }, [spoken, timeZone]);
  return <SpokenContext value={value}>{children}</SpokenContext>;
}

/** knownZone is a time zone if this browser has it: a newer one of the server's is no reason to show nothing. */
function knownZone(timeZone: string | undefined): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

export function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error("useSpoken outside of Speak");
  return spoken;
}

export function useText(): Catalogue {
  return useSpoken().t;
}

export function useFormat(): Format {
  return useSpoken().format;
}
