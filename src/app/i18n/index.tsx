import {
  createContext,
  type ReactNode,
  startTransition,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { useLanguageParameter } from '../state/url.ts';
import { loadMessages, preferredLanguage, rememberLanguage } from './language.ts';
import type { Language, Messages } from './types.ts';

/** A language with its messages: what is on screen, never one without the other. */
export interface LoadedLanguage {
  readonly language: Language;
  readonly messages: Messages;
}

interface LanguageValue extends LoadedLanguage {
  /** The language that was asked for but could not be loaded, if any. */
  readonly failed: Language | null;
  setLanguage(language: Language): void;
}

const LanguageContext = createContext<LanguageValue | null>(null);

/** Gives the page its language: the address's, else the one chosen before, else the browser's. */
export function LanguageProvider({
  initial,
  children,
}: {
  readonly initial: LoadedLanguage;
  readonly children: ReactNode;
}) {
  const [parameter, setParameter] = useLanguageParameter();
  const [loaded, setLoaded] = useState(initial);
  const [failed, setFailed] = useState<Language | null>(null);
  const wanted = parameter ?? preferredLanguage();

  useEffect(() => {
    if (wanted === loaded.language) return;
    let current = true;
    loadMessages(wanted).then(
      (messages) => {
        if (!current) return;
        // As a transition the old language stays until the words that the page suspends for have arrived.
        startTransition(() => {
          setLoaded({ language: wanted, messages });
          setFailed(null);
        });
      },
      () => {
        if (current) setFailed(wanted);
      },
    );
    return () => {
      current = false;
    };
  }, [wanted, loaded.language]);

  useEffect(() => {
    document.documentElement.lang = loaded.language === 'zh' ? 'zh-Hans' : loaded.language;
  }, [loaded.language]);

  const setLanguage = useCallback(
    (language: Language) => {
      rememberLanguage(language);
      setParameter(language);
    },
    [setParameter],
  );

  const value = useMemo<LanguageValue>(
    () => ({ ...loaded, failed: failed === wanted ? failed : null, setLanguage }),
    [loaded, failed, wanted, setLanguage],
  );
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

/** The language on screen, and how to change it. @throws Error outside a `LanguageProvider` */
export function useLanguage(): LanguageValue {
  const value = use(LanguageContext);
  if (!value) throw new Error('useLanguage needs a LanguageProvider above it');
  return value;
}

/** Every message in the language on screen. @throws Error outside a `LanguageProvider` */
export const useMessages = (): Messages => useLanguage().messages;
