import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppShell } from './app-shell.tsx';
import { about } from './i18n/en/about.ts';
import { home } from './i18n/en/home.ts';
import { en } from './i18n/en/index.ts';
import { matchLanguage, preferredLanguage } from './i18n/language.ts';
import { withLanguage } from './link.tsx';
import { Providers } from './providers.tsx';
import { networkOfPath } from './router.tsx';

const open = (address: string) => {
  history.replaceState(null, '', address);
  return render(
    <Providers language={{ language: 'en', messages: en }}>
      <AppShell />
    </Providers>,
  );
};

/** The page's heading; its code is still fetched, which takes a busy machine longer than a second. */
const heading = (name: string) => screen.findByRole('heading', { level: 1, name }, { timeout: 10_000 });

vi.setConfig({ testTimeout: 40_000 });

describe('the shell', () => {
  beforeEach(() => {
    vi.stubGlobal('scrollTo', () => undefined);
  });
  afterEach(() => {
    cleanup();
    localStorage.clear();
    delete document.documentElement.dataset.theme;
    vi.unstubAllGlobals();
  });

  it('leads from the atlas to another page and says where it is', async () => {
    open('/');
    await heading(home.title);
    expect(document.title).toBe(en.shell.titles.home);
    const navigation = within(screen.getByRole('navigation', { name: 'Main' }));
    expect(navigation.getByRole('link', { current: 'page' }).textContent).toBe('Atlas');

    await userEvent.click(navigation.getByRole('link', { name: 'About' }));
    await heading(about.title);
    expect(location.pathname).toBe('/about');
    expect(document.title).toBe('About · ConvAtlas');
    expect(navigation.getByRole('link', { current: 'page' }).textContent).toBe('About');
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('shows every family of the catalogue with its totals, and the network that does not fit as a lesson', async () => {
    open('/');
    await heading(home.title);
    for (const family of ['LeNet-5', 'AlexNet', 'ZFNet', 'VGG']) {
      expect(
        await screen.findByRole('heading', { level: 3, name: family }, { timeout: 10_000 }),
      ).toBeDefined();
    }
    const vgg = screen.getByRole('heading', { level: 3, name: 'VGG' }).closest('article');
    expect(vgg?.textContent).toContain('138 M');
    expect(vgg?.textContent).toContain('15.5 G');
    expect(screen.getByRole('link', { name: /ZFNet \(lecture\).*does not fit/ }).getAttribute('href')).toBe(
      '/explore/zfnet-lecture',
    );
  });

  it('changes the language of page, document and address, and takes it along', async () => {
    open('/about');
    await heading(about.title);
    await userEvent.click(screen.getByRole('button', { name: '中文' }));
    await heading('关于 ConvAtlas');
    await waitFor(() => expect(location.search).toBe('?lang=zh'));
    expect(document.documentElement.lang).toBe('zh-Hans');
    expect(document.title).toBe('关于 · ConvAtlas');

    await userEvent.click(
      within(screen.getByRole('navigation', { name: '主导航' })).getByRole('link', { name: '图谱' }),
    );
    await heading('看见每一层所看见的。');
    expect(location.pathname + location.search).toBe('/?lang=zh');

    await userEvent.click(screen.getByRole('button', { name: 'EN' }));
    await heading(home.title);
    expect(document.documentElement.lang).toBe('en');
  });

  it('takes its language from the address before anything else', async () => {
    localStorage.setItem('language', 'en');
    open('/about?lang=zh');
    await heading('关于 ConvAtlas');
    expect(localStorage.getItem('language')).toBe('en');
  });

  it('keeps the chosen theme for the next visit', async () => {
    open('/about');
    await heading(about.title);
    const theme = within(screen.getByRole('group', { name: 'Theme' }));
    expect(theme.getByRole('button', { name: 'As the system' }).getAttribute('aria-pressed')).toBe('true');
    await userEvent.click(theme.getByRole('button', { name: 'Dark' }));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(localStorage.getItem('theme')).toBe('dark');
    expect(theme.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('says so where an address leads nowhere', async () => {
    open('/nowhere');
    await heading('There is no such page');
    expect(screen.getByText('Nothing stands at /nowhere.')).toBeDefined();
    expect(document.title).toBe('Not found · ConvAtlas');
  });
});

describe('the language', () => {
  it('is the first of the browser’s that the page speaks, else English', () => {
    expect(matchLanguage(['fr-FR', 'zh-TW', 'en'])).toBe('zh');
    expect(matchLanguage(['de', 'en-GB'])).toBe('en');
    expect(matchLanguage([])).toBe('en');
  });

  it('is the one chosen before, if any', () => {
    localStorage.setItem('language', 'zh');
    expect(preferredLanguage()).toBe('zh');
    localStorage.setItem('language', 'xx');
    expect(preferredLanguage()).toBe('en');
    localStorage.clear();
  });

  it('joins the address of a link without disturbing the rest of it', () => {
    expect(withLanguage('/', 'zh')).toBe('/?lang=zh');
    expect(withLanguage('/explore/vgg16?batch=8#table', 'en')).toBe('/explore/vgg16?batch=8&lang=en#table');
  });
});

describe('the network of an address', () => {
  it('is what follows /explore/, known or not', () => {
    expect(networkOfPath('/explore/vgg16')).toBe('vgg16');
    expect(networkOfPath('/explore/vgg16/')).toBe('vgg16');
    expect(networkOfPath('/explore/%E7%BD%91')).toBe('网');
    expect(networkOfPath('/explore/%')).toBe('%');
    expect(networkOfPath('/explore')).toBeNull();
    expect(networkOfPath('/')).toBeNull();
  });
});
