import { useLocation } from 'wouter';
import { LineageRail } from '../components/lineage/lineage-rail.tsx';
import { Segmented } from '../components/ui/segmented.tsx';
import styles from './app-shell.module.css';
import { FindAnything } from './commands/find-anything.tsx';
import { useLanguage } from './i18n/index.tsx';
import type { Language } from './i18n/types.ts';
import { railFamilies } from './lineage.ts';
import { Link } from './link.tsx';
import { networkOfPath, Pages } from './router.tsx';
import { type Theme, useTheme } from './state/theme.ts';

// Each language is named in itself, so that whoever reads it finds it.
const languageNames: readonly { readonly value: Language; readonly label: string }[] = [
  { value: 'en', label: 'EN' },
  { value: 'zh', label: '中文' },
];

const SystemSymbol = () => (
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
    <path d="M8 2 a6 6 0 0 1 0 12 z" fill="currentColor" />
  </svg>
);

const LightSymbol = () => (
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <circle cx="8" cy="8" r="3" fill="currentColor" />
    <path
      d="M8 0.8v2.4M8 12.8v2.4M0.8 8h2.4M12.8 8h2.4M2.9 2.9l1.7 1.7M11.4 11.4l1.7 1.7M13.1 2.9l-1.7 1.7M4.6 11.4l-1.7 1.7"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
    />
  </svg>
);

const DarkSymbol = () => (
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d="M13.6 10.2 A6.2 6.2 0 0 1 5.8 2.4 A6.2 6.2 0 1 0 13.6 10.2 z" fill="currentColor" />
  </svg>
);

/** Header, lineage, page and footer: what every address has in common. */
export function AppShell() {
  const { language, messages, failed, setLanguage } = useLanguage();
  const [theme, setTheme] = useTheme();
  const [path] = useLocation();
  const { shell } = messages;
  const network = networkOfPath(path);
  const current = (page: boolean): 'page' | undefined => (page ? 'page' : undefined);

  return (
    <div className={styles.page}>
      <a className={styles.skip} href="#content">
        {shell.skipToContent}
      </a>
      <header className={styles.header}>
        <Link href="/" className={styles.wordmark} aria-label={shell.homeLabel}>
          Conv<span>Atlas</span>
        </Link>
        <nav className={styles.navigation} aria-label={shell.navigation}>
          <Link href="/" aria-current={current(path === '/')}>
            {shell.atlas}
          </Link>
          <Link href="/explore/lenet5" aria-current={current(network !== null)}>
            {shell.explore}
          </Link>
          <Link href="/compare" aria-current={current(/^\/compare\/?$/.test(path))}>
            {shell.compare}
          </Link>
          <Link href="/build" aria-current={current(/^\/build\/?$/.test(path))}>
            {shell.build}
          </Link>
          <Link href="/device" aria-current={current(/^\/device\/?$/.test(path))}>
            {shell.device}
          </Link>
          <Link href="/about" aria-current={current(/^\/about\/?$/.test(path))}>
            {shell.about}
          </Link>
        </nav>
        <div className={styles.controls}>
          <FindAnything />
          <Segmented
            label={shell.language}
            value={language}
            options={languageNames}
            onChange={setLanguage}
            className={styles.control ?? ''}
          />
          <Segmented<Theme>
            label={shell.theme}
            value={theme}
            options={[
              { value: 'system', label: shell.themeSystem, symbol: <SystemSymbol /> },
              { value: 'light', label: shell.themeLight, symbol: <LightSymbol /> },
              { value: 'dark', label: shell.themeDark, symbol: <DarkSymbol /> },
            ]}
            onChange={setTheme}
            className={styles.control ?? ''}
          />
        </div>
      </header>
      {failed ? (
        <p role="alert" className={styles.notice}>
          {shell.languageFailed}
        </p>
      ) : null}
      <div className={network === null ? styles.body : styles.bodyWithRail}>
        {network === null ? null : (
          <div className={styles.rail}>
            <LineageRail families={railFamilies} current={network} link={Link} messages={shell} />
          </div>
        )}
        <main id="content" className={styles.content} tabIndex={-1}>
          <Pages />
        </main>
      </div>
      <footer className={styles.footer}>
        <p>{shell.footerPrivacy}</p>
        <Link href="/about">{shell.footerSources}</Link>
      </footer>
    </div>
  );
}
