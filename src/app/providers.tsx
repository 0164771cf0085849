import {
  type unstable_AdapterOptions as AdapterOptions,
  unstable_createAdapterProvider as createAdapterProvider,
  renderQueryString,
} from 'nuqs/adapters/custom';
import { type ReactNode, useCallback, useMemo } from 'react';
import { Router } from 'wouter';
import { navigate, useSearch } from 'wouter/use-browser-location';
import { LanguageProvider, type LoadedLanguage } from './i18n/index.tsx';

/** The site's base path without its trailing slash: `''` at the root of a host. */
const basePath = import.meta.env.BASE_URL.replace(/\/$/, '');

/** The typed parameters of the address go through the router's own history, so that both always agree. */
function useRouterAdapter() {
  const search = useSearch();
  const searchParams = useMemo(() => new URLSearchParams(search), [search]);
  const updateUrl = useCallback((next: URLSearchParams, options: Required<AdapterOptions>) => {
    navigate(`${location.pathname}${renderQueryString(next)}${location.hash}`, {
      replace: options.history === 'replace',
    });
    if (options.scroll) scrollTo({ top: 0 });
  }, []);
  const getSearchParamsSnapshot = useCallback(() => new URLSearchParams(location.search), []);
  return { searchParams, updateUrl, getSearchParamsSnapshot };
}

const AddressProvider = createAdapterProvider(useRouterAdapter);

/** Address and language, for all that stands inside. */
export const Providers = ({
  language,
  children,
}: {
  readonly language: LoadedLanguage;
  readonly children: ReactNode;
}) => (
  <Router base={basePath}>
    <AddressProvider>
      <LanguageProvider initial={language}>{children}</LanguageProvider>
    </AddressProvider>
  </Router>
);
