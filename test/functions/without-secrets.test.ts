/** What the reads of Partner Center leave out, whatever an API answers. */
import { SecretUrl } from '../../src/partner-center/http';
import { withoutSecrets } from '../../src/queries/without-secrets';

const signed = 'https://contosostore.blob.core.windows.net/file/1?sv=2018-03-28&sig=Top%2BSecret&se=2027-01-01&sp=rwl';

test.each([
  ['an upload address', { fileSasUri: new SecretUrl(signed), fileName: 'a.png' }, { fileName: 'a.png' }],
  [
    'one that nobody has read as such',
    { fileSasUri: signed, fileUploadUrl: signed, state: 'Uploaded' },
    { state: 'Uploaded' },
  ],
  ['one of the publisher', { publisherDefinedSasUri: 'https://contoso.example/a.pdf' }, {}],
  [
    'the address of a report',
    { fileUri: 'https://reports.example/1', reportUrl: '/2', status: 'Passed' },
    { status: 'Passed' },
  ],
  [
    'one in a list',
    { links: [new SecretUrl(signed), 'https://contoso.example/'] },
    { links: ['https://contoso.example/'] },
  ],
])('%s is left out', (_what, value, shown) => {
  expect(withoutSecrets({ deep: [value] })).toEqual({ deep: [shown] });
});

test.each([
  'connectionString',
  'storageAccountConnectionString',
  'password',
  'applicationKey',
  'azureActiveDirectoryApplicationKey',
  'clientSecret',
  'accessKey',
])('%s says that there is one, and nothing else', (name) => {
  expect(withoutSecrets({ lead: { [name]: 'Hidden~1', other: 'shown' } })).toEqual({
    lead: { [name]: '[redacted]', other: 'shown' },
  });
  expect(withoutSecrets({ [name]: '' })).toEqual({ [name]: '' });
});

test('a signature in any text is cut with the query that it stands in', () => {
  const value = {
    'microsoft-azure-marketplace.smallLogo': signed,
    messageHtml: `<a href="${signed.replaceAll('&', '&amp;')}">logo</a>`,
    httpsEndpointUri: 'https://leads.example/in?api-version=1&code=Hook~1',
  };

  const shown = JSON.stringify(withoutSecrets(value));

  expect(shown).toContain('https://contosostore.blob.core.windows.net/file/1?[redacted]');
  expect(shown).toContain('https://leads.example/in?[redacted]');
  expect(shown).not.toMatch(/sig=|Top|Hook~1/);
});

test('what is no secret stays as it is', () => {
  const value = {
    '@odata.etag': '"7c01a2d4-0000-0800-0000-680271130000"',
    hideKeys: ['preview'],
    listingUris: [{ type: 'PrivacyUri', uri: 'https://contoso.example/privacy?lang=de' }],
    keywords: ['secret', 'password'],
    version: '638730001234567890',
    isHidden: false,
    nothing: null,
  };

  expect(withoutSecrets(value)).toEqual(value);
});
