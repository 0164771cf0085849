import { lazy, Suspense, useEffect, useRef } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { architectures } from '../architectures/index.ts';
import { Button } from '../components/ui/button.tsx';
import { ErrorBoundary } from '../components/ui/panel.tsx';
import { Spinner } from '../components/ui/spinner.tsx';
import { useMessages } from './i18n/index.tsx';
import type { Messages } from './i18n/types.ts';
import { exploreHref } from './lineage.ts';
import { Link } from './link.tsx';
import styles from './router.module.css';
import { NotFound } from './routes/not-found.tsx';

const Home = lazy(() => import('./routes/home.tsx'));
const About = lazy(() => import('./routes/about.tsx'));
const Compare = lazy(() => import('./routes/compare.tsx'));
const Device = lazy(() => import('./routes/device.tsx'));
const Explore = lazy(() => import('./routes/explore.tsx'));
const Build = lazy(() => import('./routes/build.tsx'));

/** The network that `/explore` leads to. */
const FIRST_NETWORK = 'lenet5';

/** Id of the network that a path within the site shows, whether the catalogue has it or not; null on other pages. */
export function networkOfPath(path: string): string | null {
  const id = /^\/explore\/([^/]+)\/?$/.exec(path)?.[1];
  if (id === undefined) return null;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** The document's title at a path within the site. */
export function titleOfPath(path: string, { shell }: Messages): string {
  const network = networkOfPath(path);
  if (network !== null) return shell.titles.explore(architectures.get(network)?.title ?? network);
  const page = path.replace(/\/$/, '');
  if (page === '') return shell.titles.home;
  if (page === '/compare') return shell.titles.compare;
  if (page === '/device') return shell.titles.device;
  if (page === '/build') return shell.titles.build;
  return page === '/about' ? shell.titles.about : shell.titles.notFound;
}

/** The page that the address names. */
export function Pages() {
  const messages = useMessages();
  const [path] = useLocation();
  const { common, shell } = messages;
  const shown = useRef(path);

  useEffect(() => {
    document.title = titleOfPath(path, messages);
  }, [path, messages]);

  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    scrollTo({ top: 0 });
    // A new page has to be announced: the focus would otherwise stay on the link that is gone.
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [path]);

  return (
    <ErrorBoundary
      resetKey={path}
      fallback={(error, retry) => (
        <div role="alert" className={styles.failure}>
          <h1>{common.routeFailed}</h1>
          <p>{isLoadFailure(error) ? common.chunkFailed : common.routeFailedHint}</p>
          <p className={styles.detail}>{error.message}</p>
          <p className={styles.actions}>
            <Button variant="primary" onClick={isLoadFailure(error) ? () => location.reload() : retry}>
              {common.tryAgain}
            </Button>
            <Link href="/">{shell.atlas}</Link>
          </p>
        </div>
      )}
    >
      <Suspense
        fallback={
          <div className={styles.loading}>
            <Spinner label={common.loading} />
          </div>
        }
      >
        <Switch>
          <Route path="/">
            <Home />
          </Route>
          <Route path="/explore">
            <Redirect to={exploreHref(FIRST_NETWORK)} replace />
          </Route>
          <Route path="/explore/:id">{() => <Explore id={networkOfPath(path) ?? ''} />}</Route>
          <Route path="/compare">
            <Compare />
          </Route>
          <Route path="/build">
            <Build />
          </Route>
          <Route path="/device">
            <Device />
          </Route>
          <Route path="/about">
            <About />
          </Route>
          <Route>
            <NotFound path={path} />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

/** A chunk that did not arrive is cached as failed by the module loader: only a reload asks for it again. */
const isLoadFailure = (error: Error): boolean =>
  /dynamically imported module|module script|preload CSS/i.test(error.message);
