import type { en } from './en/index.ts';

/**
 * The type of a message catalogue as any language may fill it: literal strings become `string`, functions keep their
 * parameters, and what is fetched later has its own type.
 */
export type Widen<T> = T extends string
  ? string
  : T extends Promise<unknown>
    ? T
    : T extends (...args: infer Arguments) => infer Result
      ? (...args: Arguments) => Widen<Result>
      : { readonly [Key in keyof T]: Widen<T[Key]> };

/** Every visible sentence of the page, in one language; English is the original, so that a translation that lacks one does not compile. */
export type Messages = Widen<typeof en>;

/** Languages the page speaks, as BCP 47 tags. */
export const languages = ['en', 'zh'] as const;

/** A language of the page. */
export type Language = (typeof languages)[number];
