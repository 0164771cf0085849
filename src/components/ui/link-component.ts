import type { ComponentType, ReactNode } from 'react';

/** What a component gives to the link it is handed: an address within the site, starting with `/`. */
export interface LinkProps {
  readonly href: string;
  readonly className?: string | undefined;
  readonly title?: string | undefined;
  readonly 'aria-current'?: 'page' | 'true' | undefined;
  readonly 'aria-label'?: string | undefined;
  readonly children: ReactNode;
}

/** A link of the application's router; components take it as a property, since they know no addresses. */
export type LinkComponent = ComponentType<LinkProps>;
