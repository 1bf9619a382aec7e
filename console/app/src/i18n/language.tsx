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
