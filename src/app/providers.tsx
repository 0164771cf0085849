import type { ReactNode } from 'react';
import { Router } from 'wouter';
import { LanguageProvider, type LoadedLanguage } from './i18n/index.tsx';

/** The site's base path without its trailing slash: `''` at the root of a host. */
const basePath = import.meta.env.BASE_URL.replace(/\/$/, '');

/** Address and language, for all that stands inside. */
export const Providers = ({
  language,
  children,
}: {
  readonly language: LoadedLanguage;
  readonly children: ReactNode;
}) => (
  <Router base={basePath}>
    <LanguageProvider initial={language}>{children}</LanguageProvider>
  </Router>
);
