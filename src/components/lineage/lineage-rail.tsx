import { useLayoutEffect, useRef } from 'react';
import type { LinkComponent } from '../ui/link-component.ts';
import styles from './lineage-rail.module.css';
import { LineageSpine } from './lineage-spine.tsx';

/** What the rail says. */
export interface LineageRailMessages {
  readonly lineage: string;
  readonly variantsOf: (family: string) => string;
}

/** A family as the rail lists it, with the addresses of its networks. */
export interface RailFamily {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  /** Address of the family's first network. */
  readonly href: string;
  readonly variants: readonly { readonly id: string; readonly title: string; readonly href: string }[];
}

/** Properties of the rail. */
export interface LineageRailProps {
  readonly families: readonly RailFamily[];
  /** Id of the network on the page, if it is one of these. */
  readonly current: string | null;
  readonly link: LinkComponent;
  readonly messages: LineageRailMessages;
}

/** A network's name; what stands in brackets behind it is lighter. */
function VariantTitle({ title }: { readonly title: string }) {
  const at = title.indexOf(' (');
  const name = at < 0 ? title : title.slice(0, at);
  return (
    <>
      {/* A name of one word is not broken at its hyphens. */}
      {name.includes(' ') ? name : <span className={styles.whole}>{name}</span>}
      {at < 0 ? null : (
        <span className={styles.qualifier}>
          {' '}
          <span className={styles.whole}>{title.slice(at + 1)}</span>
        </span>
      )}
    </>
  );
}

/** Every family in the order of its years, the current one opened: a column beside the page, a strip above it on a phone. */
export function LineageRail({ families, current, link: Link, messages }: LineageRailProps) {
  const list = useRef<HTMLOListElement>(null);

  // On a phone the strip may be longer than the screen is wide; in the column this moves nothing.
  useLayoutEffect(() => {
    const strip = list.current;
    const lit =
      current === null ? null : strip?.querySelector('[aria-current="page"], [aria-current="true"]');
    if (!strip || !lit || typeof ResizeObserver === 'undefined') return;
    // Told of the strip's width right after the page's own layout, where asking for places costs nothing.
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      const { left, width } = (strip.querySelector('[aria-current="page"]') ?? lit).getBoundingClientRect();
      strip.scrollLeft += left - strip.getBoundingClientRect().left - (strip.clientWidth - width) / 2;
    });
    observer.observe(strip);
    return () => observer.disconnect();
  }, [current]);

  return (
    <nav className={styles.rail} aria-label={messages.lineage}>
      <p className={styles.caption}>{messages.lineage}</p>
      <ol ref={list} className={styles.families}>
        {families.map((family, index) => {
          const open = family.variants.some(({ id }) => id === current);
          return (
            <li key={family.id} className={open ? styles.open : styles.family}>
              <span className={styles.year}>{family.year}</span>
              <span className={styles.lines}>
                <LineageSpine first={index === 0} last={index === families.length - 1} current={open} />
              </span>
              <div className={styles.names}>
                <Link href={family.href} className={styles.title} aria-current={open ? 'true' : undefined}>
                  {family.title}
                </Link>
                {open && family.variants.length > 1 ? (
                  <ul className={styles.variants} aria-label={messages.variantsOf(family.title)}>
                    {family.variants.map((variant) => (
                      <li key={variant.id}>
                        <Link
                          href={variant.href}
                          className={styles.variant}
                          aria-current={variant.id === current ? 'page' : undefined}
                        >
                          <VariantTitle title={variant.title} />
                        </Link>
                      </li>
                    ))}
                  </ul>
                ) : null}
              </div>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
