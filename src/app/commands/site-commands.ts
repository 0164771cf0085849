import type { PaletteMessages } from '../i18n/palette.ts';
import type { Language } from '../i18n/types.ts';
import { chartHref, exploreHref, representativeOf } from '../lineage.ts';
import { familyEntries, networkEntries } from '../search/catalogue-search.ts';
import { type Theme, themes } from '../state/theme.ts';
import type { Command } from './page-commands.ts';

/** What the commands of every page need of it. */
export interface Site {
  readonly messages: PaletteMessages;
  readonly language: Language;
  readonly theme: Theme;
  navigate(href: string): void;
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  copy(text: string): void;
}

const languageNames: Readonly<Record<Language, string>> = { en: 'English', zh: '中文' };

const action = (
  id: string,
  title: string,
  words: readonly string[],
  run: () => void,
  hint?: string,
): Command => ({
  id,
  group: 'action',
  title,
  names: [title],
  words,
  ideas: [],
  operators: [],
  run,
  ...(hint === undefined ? {} : { hint }),
});

/** Makes an action of a page: something to do, found by its title and by other words for it. */
export const actionCommand = action;

/** Pages, families, networks, and what can be done on every page. */
export function siteCommands(site: Site): readonly Command[] {
  const { messages, navigate } = site;
  const page = (id: string, title: string, href: string): Command => ({
    id: `page ${id}`,
    group: 'page',
    title,
    names: [title],
    words: messages.pageWords,
    ideas: [],
    operators: [],
    run: () => navigate(href),
  });
  const { actions, actionWords, current } = messages;
  return [
    page('draw', messages.pages.draw, exploreHref('lenet5')),
    page('home', messages.pages.home, '/'),
    page('catalogue', messages.pages.catalogue, '/#find'),
    page('compare', messages.pages.compare, '/compare'),
    page('build', messages.pages.build, '/build'),
    page('device', messages.pages.device, '/device'),
    page('chart', messages.pages.chart, chartHref),
    page('about', messages.pages.about, '/about'),
    ...familyEntries().map(
      (entry): Command => ({
        ...entry,
        id: `family ${entry.family.id}`,
        group: 'family',
        title: entry.family.title,
        hint: String(entry.family.year),
        run: () => navigate(exploreHref(representativeOf(entry.family).id)),
      }),
    ),
    ...networkEntries().map(
      (entry): Command => ({
        names: entry.names,
        words: entry.words,
        get ideas() {
          return entry.ideas;
        },
        get operators() {
          return entry.operators;
        },
        id: `network ${entry.architecture.id}`,
        group: 'network',
        title: entry.architecture.title,
        hint: `${entry.family.title} · ${entry.architecture.source.year}`,
        run: () => navigate(exploreHref(entry.architecture.id)),
      }),
    ),
    ...themes.map((theme) =>
      action(
        `theme ${theme}`,
        actions.theme[theme],
        actionWords.theme,
        () => site.setTheme(theme),
        theme === site.theme ? current : undefined,
      ),
    ),
    ...(['en', 'zh'] as const).map((language) =>
      action(
        `language ${language}`,
        actions.language(languageNames[language]),
        actionWords.language,
        () => site.setLanguage(language),
        language === site.language ? current : undefined,
      ),
    ),
    action('copy', actions.copyAddress, actionWords.copy, () => site.copy(location.href)),
  ];
}
