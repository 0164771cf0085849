import { QueryClient } from '@tanstack/react-query';

/** A client whose results never go stale and never need a network: all data is computed or ships with the site. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
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
