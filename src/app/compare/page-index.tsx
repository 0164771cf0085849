import { type MouseEvent, useEffect, useRef, useState } from 'react';
import styles from './compare.module.css';

/** A part of the page: the id of its element, and what it is called. */
export type PagePart = readonly [id: string, title: string];

/** Pixels below the index within which a part's head counts as read. */
const READ = 32;

/** The last part that has begun above a line. */
function partAbove(ids: readonly string[], line: number): string | null {
  const begun = ids.filter((id) => {
    const top = document.getElementById(id)?.getBoundingClientRect().top;
    return top !== undefined && top <= line;
  });
  return begun.at(-1) ?? null;
}

/** The parts of a long page, always at hand, the one in view marked. */
export function PageIndex({ parts, label }: { readonly parts: readonly PagePart[]; readonly label: string }) {
  const nav = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const key = parts.map(([id]) => id).join(' ');
  useEffect(() => {
    const ids = key.split(' ');
    let frame = 0;
    const look = () => {
      frame = 0;
      setCurrent(partAbove(ids, READ + (nav.current?.getBoundingClientRect().bottom ?? 0)));
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
  // Where there is no room for all names, that of the part in view is among those shown.
  useEffect(() => {
    const list = nav.current?.firstElementChild;
    const link = list?.querySelector('[aria-current]');
    if (!list || !link || current === null) return;
    const [room, place] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
    if (place.left < room.left || place.right > room.right) {
      list.scrollBy({ left: (place.left + place.right - room.left - room.right) / 2 });
    }
  }, [current]);
  // The address is of what is compared, not of where one reads.
  const go = (event: MouseEvent, id: string) => {
    event.preventDefault();
    document.getElementById(id)?.scrollIntoView();
  };
  return (
    <nav ref={nav} className={styles.index} aria-label={label}>
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
