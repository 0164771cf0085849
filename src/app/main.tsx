import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@fontsource-variable/source-serif-4';
import '../components/ui/tokens.css';
import '../components/ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppShell } from './app-shell.tsx';
import { en } from './i18n/en/index.ts';
import type { LoadedLanguage } from './i18n/index.tsx';
import { loadMessages, preferredLanguage } from './i18n/language.ts';
import { Providers } from './providers.tsx';
import { languageParameter } from './state/url.ts';

/** The language of the first paint, so that no page starts in one language and changes to another. */
async function loadFirstLanguage(): Promise<LoadedLanguage> {
  const named = new URLSearchParams(location.search).get('lang');
  const language = (named === null ? null : languageParameter.lang.parse(named)) ?? preferredLanguage();
  try {
    return { language, messages: await loadMessages(language) };
  } catch {
    return { language: 'en', messages: en };
  }
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
// Not awaited here: the messages may be in a file that imports this one's, and both would wait for the other.
void loadFirstLanguage().then((language) =>
  createRoot(root).render(
    <StrictMode>
      <Providers language={language}>
        <AppShell />
      </Providers>
    </StrictMode>,
  ),
);
