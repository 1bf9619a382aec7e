import { Card, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../i18n/language";
import { Hint } from "../../part/hint";
import type { BehindSearch } from "../../search";
import { BehindLink } from "./behind";
import css from "./figures.module.css";

/** Figure is one number: what it is, how it is made, out of how many, and what it was before. */
export function Figure(props: {
  title: string;
  hint: string;
  /** Undefined: too little data. */
  value?: string;
  /** The same in another unit. */
  also?: string;
  n: string;
  /** The same figure of the period before; undefined while that has too little. */
  previous?: string;
  children?: ReactNode;
  /** The conversations behind it. */
  behind?: { n: number; behind: BehindSearch; name?: string }[];
}) {
  const t = useText();
  return (
    <Card className={css.tile}>
      <div className={css.tileHead}>
        <Title order={2} size="sm" fw={550}>
          {props.title}
        </Title>
        <Hint title={props.title} hint={props.hint} />
      </div>
      <div className={props.value ? css.figure : css.figureNone}>{props.value ?? t.home.tooLittle}</div>
      {props.value && props.also && (
        <Text size="lg" fw={600} mb={4}>
          {props.also}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {props.n}
      </Text>
      {props.previous && (
        <Text size="sm" c="dimmed">
          {t.figures.previous(props.previous)}
        </Text>
      )}
      {props.children}
      {props.behind && (
        <div className={css.behind}>
          {props.behind.map((one) => (
            <BehindLink key={JSON.stringify(one.behind)} n={one.n} behind={one.behind}>
              {one.name}
            </BehindLink>
          ))}
        </div>
      )}
    </Card>
  );
}
