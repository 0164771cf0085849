import { act, cleanup, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { Providers } from '../providers.tsx';
import { en } from './en/index.ts';
import type { LoadedLanguage } from './index.tsx';
import { useNetworkWords } from './network-words.ts';
import type { Messages } from './types.ts';
import { zh } from './zh/index.ts';

afterEach(cleanup);

function Subtitle({ id }: { readonly id: string }) {
  const words = useNetworkWords(id);
  return <p>{words ? words.subtitle : 'no words'}</p>;
}

const show = (id: string, language: LoadedLanguage) =>
  act(async () => {
    render(
      <Providers language={language}>
        <Suspense fallback={<p>authors</p>}>
          <Subtitle id={id} />
        </Suspense>
      </Providers>,
    );
  });

describe('useNetworkWords', () => {
  it('brings the words of the network’s family in the language on screen', async () => {
    await show('vgg16', { language: 'en', messages: en });
    expect(await screen.findByText(/column D: 13 convolutions/)).toBeTruthy();
    cleanup();
    history.replaceState(null, '', '/?lang=zh');
    await show('vgg16', { language: 'zh', messages: zh });
    expect(await screen.findByText(/D 列：13 个卷积/)).toBeTruthy();
    history.replaceState(null, '', '/');
  });

  it('has nothing to say about a network that the catalogue has not', async () => {
    await show('vgg1', { language: 'en', messages: en });
    expect(screen.getByText('no words')).toBeTruthy();
  });

  it('does without the words where they cannot be fetched, and asks once', async () => {
    let requests = 0;
    const messages: Messages = {
      ...en,
      networks: {
        load: {
          ...en.networks.load,
          zfnet: () => {
            requests += 1;
            return Promise.reject(new Error('offline'));
          },
        },
      },
    };
    await show('zfnet', { language: 'en', messages });
    expect(await screen.findByText('no words')).toBeTruthy();
    expect(requests).toBe(1);
  });
});
