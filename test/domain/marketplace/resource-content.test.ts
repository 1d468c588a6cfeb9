import fc from 'fast-check';
import { contentOf, resourceOf } from '../../../src/domain/marketplace/resource-content';
import { resources } from './arbitraries';

const kinds = Object.entries(resources);

describe('a resource as content', () => {
  it.each(kinds)('%s: back to the very resource that was read', (key, one) => {
    fc.assert(
      fc.property(one, (resource) => {
        const sent = resourceOf(key, contentOf(key, resource), resource);

        expect(sent).toEqual(resource);
      }),
    );
  });

  it.each(kinds)('%s: content, sent over another resource or as a new one, is read as the same content', (key, one) => {
    fc.assert(
      fc.property(one, one, (resource, other) => {
        const content = contentOf(key, resource);

        expect(contentOf(key, resourceOf(key, content, other))).toEqual(content);
        expect(contentOf(key, resourceOf(key, content))).toEqual(content);
      }),
    );
  });

  it('tells things by their key, whatever their order', () => {
    const key = 'plans/basic/availability';
    const a = { marketCode: 'de', state: 'Enabled' };
    const b = { marketCode: 'US', state: 'Disabled' };

    const [first, second] = [
      [a, b],
      [b, a],
    ].map((marketStates) => contentOf(key, { marketStates }));

    expect(first).toEqual({ marketStates: { DE: 'Enabled', US: 'Disabled' } });
    expect(second).toEqual(first);
  });

  it('keeps order and spelling of what was read, and adds what is new', () => {
    const key = 'plans/basic/availability';
    const read = {
      id: '7',
      marketStates: [
        { marketCode: 'us', state: 'Disabled' },
        { marketCode: 'DE', state: 'Disabled' },
      ],
    };

    const sent = resourceOf(key, { marketStates: { DE: 'Enabled', FR: 'Enabled', US: 'Disabled' } }, read);

    expect(sent).toEqual({
      id: '7',
      marketStates: [
        { marketCode: 'us', state: 'Disabled' },
        { marketCode: 'DE', state: 'Enabled' },
        { marketCode: 'FR', state: 'Enabled' },
      ],
    });
  });

  it('keeps a list as it is where two things have the same key', () => {
    const listingContacts = [
      { type: 'Engineering', email: 'a@contoso.com' },
      { type: 'Engineering', email: 'b@contoso.com' },
    ];

    expect(contentOf('listings/en-us', { listingContacts })).toEqual({ listingContacts });
  });

  it('holds no ids, ETags, addresses and states, and keeps them where they were read', () => {
    const read = { id: '1', '@odata.etag': '"2"', fileSasUri: 'https://x', fileName: 'v.mp4', state: 'Processed' };
    const thumbnail = { fileName: 'a.png', state: 'Processed', fileSasUri: 'https://y' };

    const content = contentOf('listings/en-us/videos', { ...read, thumbnail });
    const sent = resourceOf('listings/en-us/videos', content, { ...read, thumbnail });

    expect(content).toEqual({ fileName: 'v.mp4', thumbnail: { fileName: 'a.png' } });
    expect(sent).toEqual({ ...read, thumbnail });
  });

  it('gives a new resource what its key says', () => {
    expect(resourceOf('plans/basic', { friendlyName: 'Basic' })).toEqual({
      resourceType: 'AzureSkuVariant',
      externalID: 'basic',
      friendlyName: 'Basic',
    });
    expect(resourceOf('listings/de-de/images/AzureLogoLarge', { fileName: 'a.png', bytes: 'id:1' })).toEqual({
      resourceType: 'ListingImage',
      type: 'AzureLogoLarge',
      fileName: 'a.png',
    });
  });
});
