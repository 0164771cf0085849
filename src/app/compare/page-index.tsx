import { type MouseEvent, useEffect, useState } from 'react';
import styles from './compare.module.css';

/** A part of the page: the id of its element, and what it is called. */
export type PagePart = readonly [id: string, title: string];

/** Height of what stays on top: a part counts as read from where it comes out below it. */
const ON_TOP = 120;

/** The last part that has begun above the line below which one reads. */
function partInView(ids: readonly string[]): string | null {
  const begun = ids.filter((id) => {
    const top = document.getElementById(id)?.getBoundingClientRect().top;
    return top !== undefined && top <= ON_TOP;
  });
  return begun.at(-1) ?? null;
}

/** The parts of a long page, always at hand, the one in view marked. */
export function PageIndex({ parts, label }: { readonly parts: readonly PagePart[]; readonly label: string }) {
  const [current, setCurrent] = useState<string | null>(null);
  const key = parts.map(([id]) => id).join(' ');
  useEffect(() => {
    const ids = key.split(' ');
    let frame = 0;
    const look = () => {
      frame = 0;
      setCurrent(partInView(ids));
    };
    const handleScroll = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    handleScroll();
    window.addEventListener('scroll', handleScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', handleScroll);
    };
  }, [key]);
  // The address is of what is compared, not of where one reads.
  const go = (event: MouseEvent, id: string) => {
    event.preventDefault();
    document.getElementById(id)?.scrollIntoView();
  };
  return (
    <nav className={styles.index} aria-label={label}>
      <ul>
        {parts.map(([id, title]) => (
          <li key={id}>
            <a
              href={`#${id}`}
              aria-current={id === current ? 'location' : undefined}
              onClick={(event) => go(event, id)}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
