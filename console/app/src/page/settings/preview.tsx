import { useEffect, useRef } from "react";
import type { ChatFile, Verbs } from "../../../../widget/src/launcher/launcher";
import { useSpoken } from "../../i18n/language";
import css from "./preview.module.css";

/**
 * Preview is the widget itself, with what the server says to shoppers, in a
 * frame of its own that takes no clicks: nothing that is shown is asked or counted.
 */
export function Preview(props: {
  shopKey: string;
  color: string;
  side: string;
  label: string;
  open?: boolean;
}) {
  const { shopKey, color, side, label, open } = props;
  const { language } = useSpoken();
  const frame = useRef<HTMLDivElement>(null);
  const verbs = useRef<Verbs>(undefined);
  const look = useRef({});
  // A colour that is being typed is none yet.
  look.current = { color: /^#[0-9a-f]{6}$/i.test(color) ? color : "", side, label };

  useEffect(() => {
    let gone = false;
    void import("../../../../widget/src/launcher/launcher").then(({ launcher }) => {
      if (gone || !frame.current) return;
      verbs.current = launcher({
        origin: window.location.origin,
        key: shopKey,
        language,
        identity: { user: "preview", expires: 0, signature: "" }, // a memory of its own: no talk of this browser is shown
        into: frame.current,
        load: (name): Promise<ChatFile> => import(/* @vite-ignore */ `/widget/${name}.js`),
      });
      verbs.current.look(look.current);
      if (open) verbs.current.open();
    });
    return () => {
      gone = true;
      verbs.current?.destroy();
      verbs.current = undefined;
    };
  }, [shopKey, language, open]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the look is made of these
  useEffect(() => verbs.current?.look(look.current), [color, side, label]);

  return <div ref={frame} className={open ? css.open : css.closed} inert aria-hidden="true" />;
}
