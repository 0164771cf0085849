import { Dialog } from '@base-ui/react/dialog';
import {
  Fragment,
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLocation } from 'wouter';
import { Lens } from '../../components/catalogue/search-field.tsx';
import { useLanguage } from '../i18n/index.tsx';
import { usePaletteMessages } from '../i18n/palette.ts';
import { withLanguage } from '../link.tsx';
import { warmSearch } from '../search/catalogue-search.ts';
import { createSearch } from '../search/rank.ts';
import { useTheme } from '../state/theme.ts';
import { useLanguageParameter } from '../state/url.ts';
import { findCommands } from './find-commands.ts';
import { type Command, commandsOf, usePageSources } from './page-commands.ts';
import styles from './palette.module.css';
import { siteCommands } from './site-commands.ts';

/** Properties of the palette. */
export interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Find anything and do anything by typing: a dialog with a combobox over networks, layers, pages and actions. */
const Palette = ({ open, onOpenChange }: PaletteProps) => {
  const messages = usePaletteMessages();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup}>
          <Dialog.Title className={styles.hidden}>{messages.title}</Dialog.Title>
          <Commands onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

export default Palette;

/** The field and what answers it; mounted afresh whenever the palette opens. */
function Commands({ onDone }: { readonly onDone: () => void }) {
  const messages = usePaletteMessages();
  const { language, setLanguage } = useLanguage();
  const [parameter] = useLanguageParameter();
  const [theme, setTheme] = useTheme();
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const page = usePageSources();
  // Enter pressed before the page has said what it adds acts as soon as it has.
  const [isWaiting, setWaiting] = useState(false);

  const commands = useMemo(
    () => [
      ...commandsOf(page),
      ...siteCommands({
        messages,
        language,
        theme,
        navigate: (href) => navigate(parameter ? withLanguage(href, parameter) : href),
        setLanguage,
        setTheme,
        copy: (text) => void navigator.clipboard?.writeText(text),
      }),
    ],
    [page, messages, language, theme, navigate, parameter, setLanguage, setTheme],
  );
  // What was typed is shown at once; the list may follow a moment later.
  const wanted = useDeferredValue(query);
  const search = useMemo(() => {
    let made: ReturnType<typeof createSearch<Command>> | null = null;
    return (text: string) => {
      made ??= createSearch(commands);
      return made(text);
    };
  }, [commands]);
  const sections = useMemo(() => {
    const found = findCommands(wanted, commands, search);
    const everywhere: Command = {
      id: 'everywhere',
      group: 'page',
      title: messages.allNetworks(wanted.trim()),
      names: [],
      words: [],
      ideas: [],
      operators: [],
      run: () => navigate(`/?q=${encodeURIComponent(wanted.trim())}#find`),
    };
    return wanted.trim() === '' ? found : [...found, { group: null, commands: [everywhere] }];
  }, [wanted, commands, search, messages, navigate]);
  const shown = sections.flatMap((section) => section.commands);
  const current = Math.min(active, shown.length - 1);
  const optionId = (index: number): string => `${id}-${index}`;

  const run = (command: Command | undefined): void => {
    if (!command) return;
    onDone();
    command.run();
  };
  // Of what was typed, even where the list has not followed yet.
  const enter = (): void =>
    run(
      wanted === query
        ? shown[current]
        : findCommands(query, commands, search).flatMap((section) => section.commands)[0],
    );
  const move = (to: number): void => {
    const next = (to + shown.length) % Math.max(1, shown.length);
    setActive(next);
    list.current?.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(current + 1),
    ArrowUp: () => move(current - 1),
    PageDown: () => move(Math.min(shown.length - 1, current + 8)),
    PageUp: () => move(Math.max(0, current - 8)),
    Enter: () => {
      if (page.arriving > 0) setWaiting(true);
      else enter();
    },
  };
  const press = (event: KeyboardEvent): void => {
    const act = keys[event.key];
    if (!act || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act();
  };

  useEffect(warmSearch, []);
  const isReady = isWaiting && page.arriving === 0;
  const enterNow = useEffectEvent(enter);
  useEffect(() => {
    if (isReady) enterNow();
  }, [isReady]);

  let index = -1;
  return (
    <>
      <div className={styles.field}>
        <Lens />
        <input
          type="text"
          role="combobox"
          className={styles.input}
          aria-label={messages.title}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={current >= 0 ? optionId(current) : undefined}
          placeholder={messages.placeholder}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
            setWaiting(false);
            list.current?.scrollTo({ top: 0 });
          }}
          onKeyDown={press}
        />
        <Dialog.Close className={styles.close} aria-label={messages.close}>
          <kbd>Esc</kbd>
        </Dialog.Close>
      </div>
      {shown.length === 1 && wanted.trim() !== '' ? (
        <p className={styles.nothing} role="status">
          {messages.nothing(wanted.trim())}
        </p>
      ) : null}
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={messages.results} className={styles.list}>
        {sections.map(({ group, commands: own }) => {
          const options = own.map((command) => {
            index += 1;
            const at = index;
            return (
              <Option
                key={command.id}
                id={optionId(at)}
                index={at}
                command={command}
                selected={at === current}
                onPoint={() => setActive(at)}
                onRun={() => run(command)}
              />
            );
          });
          return group === null ? (
            <Fragment key="everywhere">{options}</Fragment>
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
            <div key={group} role="group" aria-labelledby={`${id}-${group}`} className={styles.group}>
              <p id={`${id}-${group}`} className={styles.heading}>
                {messages.groups[group]}
              </p>
              {options}
            </div>
          );
        })}
      </div>
      <p className={styles.keys} aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {messages.keys.move}
        </span>
        <span>
          <kbd>↵</kbd> {messages.keys.run}
        </span>
        <span>
          <kbd>Esc</kbd> {messages.keys.close}
        </span>
      </p>
    </>
  );
}

/** One line of the list; the focus stays in the field. */
const Option = ({
  id,
  index,
  command,
  selected,
  onPoint,
  onRun,
}: {
  readonly id: string;
  readonly index: number;
  readonly command: Command;
  readonly selected: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
  // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the combobox, which names its active option
  <div
    id={id}
    role="option"
    aria-selected={selected}
    data-index={index}
    className={command.group === 'layer' ? styles.layer : styles.option}
    onPointerMove={selected ? undefined : onPoint}
    onClick={onRun}
  >
    <span className={styles.title}>{command.title}</span>
    {command.hint === undefined ? null : <span className={styles.hint}>{command.hint}</span>}
  </div>
);
