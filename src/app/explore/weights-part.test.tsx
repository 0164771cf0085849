import { readdirSync, readFileSync } from 'node:fs';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { en } from '../i18n/en/index.ts';
import { LanguageProvider } from '../i18n/index.tsx';
import { queryClient } from '../queries/query-client.ts';
import { digitNetworks, trainedNetworks } from './trained-networks.ts';
import { analyse } from './use-analysis.ts';
import WeightsPart from './weights-part.tsx';

/** Files that the site serves, by name; what is not here is a 404. */
let files: Map<string, string>;

const lenetCard = JSON.parse(readFileSync('public/models/lenet5.json', 'utf8')) as Record<string, unknown>;

beforeEach(() => {
  files = new Map([
    ['lenet5.json', JSON.stringify(lenetCard)],
    ['lenet5.curve.csv', readFileSync('public/models/lenet5.curve.csv', 'utf8')],
  ]);
  vi.stubGlobal('fetch', (url: string) => {
    const file = files.get(url.split('/').at(-1) ?? '');
    return Promise.resolve(file === undefined ? new Response('', { status: 404 }) : new Response(file));
  });
});

afterEach(() => {
  cleanup();
  queryClient.clear();
  vi.unstubAllGlobals();
  history.replaceState(null, '', location.pathname);
});

const show = (id: string) => {
  const architecture = architectures.get(id) as Architecture;
  render(
    <LanguageProvider initial={{ language: 'en', messages: en }}>
      <WeightsPart architecture={architecture} analysis={analyse(architecture, null)} />
    </LanguageProvider>,
  );
};

describe('the section on a network’s weights', () => {
  it('shows accuracy, curve, classes and recipe of the card', async () => {
    show('lenet5');
    expect(await screen.findByText('99.53 %')).toBeTruthy();
    expect(await screen.findByRole('img', { name: /over 60 epochs/ })).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Accuracy by class' }).children).toHaveLength(10);
    expect(screen.getByText(/^[0-9a-f]{64}$/)).toBeTruthy();
  });

  it('says which of its aims the accuracy meets', async () => {
    const card = { ...lenetCard, aims: { gpu: 0.999, cpu: 0.9 } };
    files.set('resnet20-cifar10.json', JSON.stringify(card));
    show('resnet20-cifar10');
    expect(await screen.findByText(/reaches the 90 % asked of a run without a graphics card/)).toBeTruthy();
  });

  it('shows what single parts are worth', async () => {
    const parts = {
      kind: 'without',
      command: 'measure',
      whole: 0.9,
      parts: [
        { id: 'conv2_x/block1', accuracy: 0.5 },
        { id: 'conv2_x/block2', accuracy: 0.85 },
      ],
    };
    files.set('resnet20-cifar10.json', JSON.stringify({ ...lenetCard, parts: 'r.parts.json' }));
    files.set('r.parts.json', JSON.stringify(parts));
    show('resnet20-cifar10');
    expect((await screen.findByRole('list', { name: 'Without one block' })).children).toHaveLength(2);
    expect(screen.getByText('85.0 %')).toBeTruthy();
  });

  it('says when the card cannot be read', async () => {
    files.clear();
    show('lenet5');
    expect((await screen.findByRole('alert')).textContent).toContain('could not be read');
  });
});

describe('the list of trained networks', () => {
  it('has those whose card and weights ship, and lets those that read digits be trained ones', () => {
    const shipped = readdirSync('public/models').filter((name) => name.endsWith('.json'));
    expect([...trainedNetworks].map((id) => `${id}.json`).sort()).toEqual(
      shipped.filter((name) => !name.endsWith('.parts.json')).sort(),
    );
    for (const id of digitNetworks) expect(trainedNetworks.has(id)).toBe(true);
  });

  it('has weights of the networks as the catalogue has them: a page would show other layers than those that answer', () => {
    for (const id of trainedNetworks) {
      const card = JSON.parse(readFileSync(`public/models/${id}.json`, 'utf8'));
      expect({ id, values: card.values ?? {} }).toEqual({ id, values: {} });
    }
  });
});
