import { describe, expect, it } from 'vitest';
import { paletteMessages } from '../i18n/palette.ts';
import { createSearch } from '../search/rank.ts';
import { findCommands } from './find-commands.ts';
import { siteCommands } from './site-commands.ts';

const done: string[] = [];
const commands = siteCommands({
  messages: paletteMessages.en,
  language: 'en',
  theme: 'dark',
  navigate: (href) => done.push(href),
  setLanguage: (language) => done.push(language),
  setTheme: (theme) => done.push(theme),
  copy: () => undefined,
});
const search = createSearch(commands);
const find = (query: string) => findCommands(query, commands, search);

describe('the commands of the palette', () => {
  it('begin with pages, actions and families', () => {
    const sections = find('');
    expect(sections.map(({ group }) => group)).toEqual(['page', 'action', 'family']);
    expect(sections[2]?.commands.map(({ title }) => title).slice(0, 2)).toEqual(['LeNet-5', 'AlexNet']);
  });

  it('find a network by however its name is typed, and go there', () => {
    const [first] = find('resnet50');
    expect(first?.group).toBe('network');
    expect(first?.commands[0]?.title).toBe('ResNet-50');
    first?.commands[0]?.run();
    expect(done.pop()).toBe('/explore/resnet50');
  });

  it('find networks by an idea, and actions by other words for them', () => {
    expect(find('bottleneck')[0]?.commands.map(({ title }) => title)).toContain('ResNet-50');
    expect(find('appearance')[0]?.commands.map(({ id }) => id)).toEqual([
      'theme system',
      'theme light',
      'theme dark',
    ]);
    find('dark')[0]?.commands[0]?.run();
    expect(done.pop()).toBe('dark');
  });

  it('say which choice is the present one', () => {
    const themes = commands.filter(({ id }) => id.startsWith('theme'));
    expect(themes.map(({ hint }) => hint)).toEqual([undefined, undefined, 'now']);
  });

  it('are one each', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });
});
