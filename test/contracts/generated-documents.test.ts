import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { failuresPage, problemsPage } from '../../commands/docs-pages';
import { sampleSettings, settingsPage } from '../../commands/docs-settings';
import { releaseSchema } from '../../src/contracts/json-schema';
import { openApiDocument } from '../../src/contracts/openapi';
import { operations } from '../../src/contracts/operations';
import { failureCatalogue } from '../../src/domain/failure-catalogue';

const root = join(__dirname, '../..');
const stored = (name: string): string => readFileSync(join(root, name), 'utf8');
/** What prettier changes about a page. */
const words = (text: string): string => text.replaceAll(/[\s-]+/g, ' ');

test.each<[string, () => string]>([
  ['docs/problems.md', problemsPage],
  ['docs/failures.md', failuresPage],
  ['docs/settings.md', settingsPage],
])('%s is as the code says (npm run docs)', (name, make) => {
  expect(words(stored(name)).trim()).toBe(words(make()).trim());
});

test.each<[string, () => object]>([
  ['docs/openapi.json', openApiDocument],
  ['local.settings.sample.json', sampleSettings],
])('%s is as the code says (npm run docs)', (name, make) => {
  expect(JSON.parse(stored(name))).toEqual(JSON.parse(JSON.stringify(make())));
});

test('every failure has an anchor that failure.docs leads to', () => {
  const page = failuresPage();

  for (const code of Object.keys(failureCatalogue)) expect(page).toContain(`\n## ${code}\n`);
});

test('the OpenAPI document refers to nothing that is not there, and describes every operation', () => {
  const document = openApiDocument();
  const text = JSON.stringify(document);

  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(document).toHaveProperty(['components', 'schemas', name]);
  }
  expect(text).not.toContain('#/$defs/');
  expect(text.match(/"operationId":/g)).toHaveLength(Object.keys(operations).length);
});

describe('the JSON Schema for editors', () => {
  const ajv = addFormats(new Ajv2020({ strict: false }));
  const validate = ajv.compile(releaseSchema());
  const document = {
    account: 'contoso',
    target: { kind: 'store-app', applicationId: '9NBLGGH4R315' },
    packages: [{ fileName: 'a.msix', source: { url: 'https://packages.contoso.com/a.msix' } }],
    changes: { listings: { 'en-us': { baseListing: { keywords: null, title: 'x' } } } },
    options: { approvals: ['commit'], approvalTimeout: 'P3D', price: 'keep' },
  };

  test('takes a good document', () => {
    expect(validate(document)).toBe(true);
  });

  test.each([
    { ...document, account: '' },
    { ...document, package: [] },
    { ...document, target: { kind: 'store-app', applicationId: 'short' } },
    { ...document, options: { until: 'draft' } },
    { ...document, packages: [{ fileName: 'a.msix', source: { upload: 'upl_1' } }] },
  ])('refuses %j', (value) => {
    expect(validate(value)).toBe(false);
  });
});
