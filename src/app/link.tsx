import { Link as RouterLink } from 'wouter';
import type { LinkProps } from '../components/ui/link-component.ts';
import { useLanguageParameter } from './state/url.ts';

/** A link within the site, on any base path; it takes the language along where the address names one. */
export function Link({ href, children, ...props }: LinkProps) {
  const [language] = useLanguageParameter();
  return (
    <RouterLink href={language ? withLanguage(href, language) : href} {...props}>
      {children}
    </RouterLink>
  );
}

/** An address with `lang` set, before its fragment. */
export function withLanguage(href: string, language: string): string {
  const [address = '', fragment] = href.split('#');
  const [path = '', query] = address.split('?');
  const search = new URLSearchParams(query);
  search.set('lang', language);
  return `${path}?${search}${fragment === undefined ? '' : `#${fragment}`}`;
}
