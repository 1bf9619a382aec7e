import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type Plain<P> = P & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P> & { ref?: Ref<HTMLAnchorElement> };

// Mantine's own component={Link} loses the types of the routes.

/** ButtonLink looks like a button and leads to a page. */
export const ButtonLink = createLink((props: Plain<ButtonProps>) => <Button component="a" {...props} />);

/** TextLink is a link in a text. */
export const TextLink = createLink((props: Plain<AnchorProps>) => <Anchor {...props} />);
