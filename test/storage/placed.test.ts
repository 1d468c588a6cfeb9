import { placed } from '../../src/storage/placed';
import { published } from '../../src/storage/published';
import { connectStorage } from '../../src/storage/connect';
import { storageAccount } from '../support/storage-account';

const azurite = storageAccount();

const file = (id: string, sha256 = 'a', place = 'en-us/Screenshot') => ({ id, sha256, place });
const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;

test('bytes are known by what was noted last in their place, in whatever order and however often', async () => {
  const storage = connectStorage({ connectionString: azurite.connectionString });
  const files = placed(storage);

  await files.remember('app', { at: at(2), files: [file('2'), file('3', 'a', 'de/Screenshot'), file('4', 'b')] });
  await Promise.all([1, 1, 2].map((second) => files.remember('app', { at: at(second), files: [file('1')] })));

  expect((await files.read('app')).map(({ place, sha256, id }) => `${place} ${sha256} ${id}`).sort()).toEqual([
    'de/Screenshot a 3',
    'en-us/Screenshot a 2',
    'en-us/Screenshot b 4',
  ]);
  expect(await files.read('other')).toEqual([]);
  expect(await published(storage).read('app')).toEqual([]);
});

test('the newest 2,000 are kept, and fit into their row', async () => {
  const files = placed(connectStorage({ connectionString: azurite.connectionString }));
  const many = Array.from({ length: 2001 }, (_, index) =>
    file(
      `11529227000${10_000_000 + index}`,
      index.toString(16).padStart(64, '0'),
      'zh-hans/Windows81/PromotionalArtwork2400X1200',
    ),
  );
  await files.remember('many', { at: at(1), files: [file('old', 'f'.repeat(64))] });

  await files.remember('many', { at: at(2), files: many });

  const kept = await files.read('many');
  expect(kept).toHaveLength(2000);
  expect(kept.map(({ id }) => id)).not.toContain('old');
});
