import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../src/architectures/index.ts';
import { isPageAddress, listDeepAddresses } from './deep-pages.ts';

describe('deep pages', () => {
  it('has one address for each network of the catalogue, and one for each page', async () => {
    const addresses = await listDeepAddresses(fileURLToPath(new URL('../..', import.meta.url)));
    const networks = addresses.filter((address) => address.startsWith('explore/'));
    expect(networks).toEqual(Array.from(architectures.keys(), (id) => `explore/${id}`));
    expect(networks).toContain('explore/vgg16-bn');
    expect(addresses).toEqual(expect.arrayContaining(['about', 'compare', 'explore']));
  });

  it.each(['/', '/explore/vgg16', '/explore/squeezenet-1.0', '/explore/vgg16/', '/some/path/explore/nope'])(
    '%s is a page',
    (address) => {
      expect(isPageAddress(address)).toBe(true);
    },
  );

  it.each(['/models/lenet5.json', '/assets/index-abc.js', '/favicon.svg'])('%s is a file', (address) => {
    expect(isPageAddress(address)).toBe(false);
  });
});
