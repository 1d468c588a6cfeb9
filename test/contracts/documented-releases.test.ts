/** Every release document of the guides is one that the service takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkReleaseDocument } from '../../src/contracts/check-release-document';
import { parseStrictJson } from '../../src/contracts/strict-json';

const guide = ['publishing.md', 'marketplace.md']
  .map((name) => readFileSync(join(__dirname, '../../docs', name), 'utf8'))
  .join('\n');
const examples = [...guide.matchAll(/^## (.+)$|```json\n([\s\S]*?)```/gm)].reduce<{ title: string; found: string[][] }>(
  ({ title, found }, [, heading, example]) =>
    heading === undefined ? { title, found: [...found, [title, example ?? '']] } : { title: heading, found },
  { title: '', found: [] },
).found;

test('the guides have an example of each kind', () => {
  expect(examples.map(([title]) => title)).toEqual(
    expect.arrayContaining([
      'An app',
      'A package flight',
      'An add-on',
      'A staged rollout',
      'A new version of a managed application',
      'A listing of a SaaS offer',
      'The price of a plan',
    ]),
  );
});

test.each(examples)('%s', (_title, example) => {
  const parsed = parseStrictJson(example ?? '');
  const rules = { allowedHosts: ['packages.contoso.com'], allowLoopbackSources: false, secretPrefix: 'release-' };

  const checked = parsed.ok ? checkReleaseDocument(parsed.value, rules) : parsed;

  expect(checked).toMatchObject({ ok: true });
});
