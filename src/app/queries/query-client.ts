import { QueryClient } from '@tanstack/react-query';

/**
 * The site's client. Results never go stale and never need a network: all data is computed or ships with the site, and
 * weights and sessions outlive a change of page. It comes with the code that needs it, not with the first paint.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
      refetchOnWindowFocus: false,
      retry: false,
    },
  },
});
