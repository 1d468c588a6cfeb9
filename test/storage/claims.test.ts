import { claims as openClaims, type Claims } from '../../src/storage/claims';
import { connectStorage } from '../../src/storage/connect';
import { storageAccount } from '../support/storage-account';

const azurite = storageAccount();
let claims: Claims;
let number = 0;

beforeAll(async () => {
  claims = openClaims(connectStorage({ connectionString: azurite.connectionString }));
});

const aProduct = (): string => `tenant/9NBLGGH4R315/${(number += 1)}`;

test('a free product is granted, and others queue in the order of their coming', async () => {
  const product = aProduct();

  const first = await claims.acquire(product, 'rel_a');
  const second = await claims.acquire(product, 'rel_b');
  const third = await claims.acquire(product, 'rel_c');
  const again = await claims.acquire(product, 'rel_b');

  expect(first).toEqual({ granted: true, epoch: 1 });
  expect(second).toEqual({ granted: false, position: 1, holder: 'rel_a', ahead: 'rel_a' });
  expect(third).toEqual({ granted: false, position: 2, holder: 'rel_a', ahead: 'rel_b' });
  expect(again).toEqual(second);
});

test('a release passes to the next, and released twice it answers the same', async () => {
  const product = aProduct();
  for (const id of ['rel_a', 'rel_b', 'rel_c']) await claims.acquire(product, id);

  expect(await claims.release(product, 'rel_a')).toBe('rel_b');
  expect(await claims.release(product, 'rel_a')).toBe('rel_b');
  expect(await claims.acquire(product, 'rel_b')).toMatchObject({ granted: true });
  expect(await claims.acquire(product, 'rel_a')).toMatchObject({ granted: false, position: 2 });
  expect(await claims.isHolder(product, 'rel_a')).toBe(false);
  expect(await claims.isHolder(product, 'rel_b')).toBe(true);
});

test('the last one leaves it free, and its epoch is never used again', async () => {
  const product = aProduct();
  await claims.acquire(product, 'rel_a');

  expect(await claims.release(product, 'rel_a')).toBeUndefined();
  expect(await claims.holder(product)).toBeUndefined();
  expect(await claims.acquire(product, 'rel_b')).toEqual({ granted: true, epoch: 3 });
});

test('of many at once one gets it and the others stand in line once each', async () => {
  const product = aProduct();
  const ids = Array.from({ length: 8 }, (_, index) => `rel_${index}`);

  const results = await Promise.all([...ids, ...ids].map((id) => claims.acquire(product, id)));

  const claim = await claims.read(product);
  expect(new Set(results.flatMap((result) => (result.granted ? [result.granted] : []))).size).toBe(1);
  expect([claim?.holder, ...(claim?.queue ?? [])].sort()).toEqual(ids);
});

test('everyone has it once, one after the other, when all release at once', async () => {
  const product = aProduct();
  const ids = Array.from({ length: 6 }, (_, index) => `rel_${index}`);
  for (const id of ids) await claims.acquire(product, id);
  const order: string[] = [];

  for (let holder = await claims.holder(product); holder !== undefined; holder = await claims.holder(product)) {
    order.push(holder);
    const [one, other] = await Promise.all([claims.release(product, holder), claims.release(product, holder)]);
    expect(one).toBe(other);
  }

  expect(order).toEqual(ids);
});

test('who leaves the queue is skipped; who holds is told to release', async () => {
  const product = aProduct();
  for (const id of ['rel_a', 'rel_b', 'rel_c']) await claims.acquire(product, id);

  const outcomes = [
    await claims.leaveQueue(product, 'rel_b'),
    await claims.leaveQueue(product, 'rel_b'),
    await claims.leaveQueue(product, 'rel_a'),
    await claims.leaveQueue(aProduct(), 'rel_a'),
  ];

  expect(outcomes).toEqual(['left', 'absent', 'holds', 'absent']);
  expect(await claims.release(product, 'rel_a')).toBe('rel_c');
});

test('releasing from the queue leaves it, and names the holder', async () => {
  const product = aProduct();
  for (const id of ['rel_a', 'rel_b', 'rel_c']) await claims.acquire(product, id);

  expect(await claims.release(product, 'rel_b')).toBe('rel_a');
  expect((await claims.read(product))?.queue).toEqual(['rel_c']);
});

test('an orphan is removed only if nothing happened since it was seen', async () => {
  const product = aProduct();
  await claims.acquire(product, 'rel_a');
  await claims.acquire(product, 'rel_b');
  const seen = (await claims.read(product))?.epoch ?? 0;
  await claims.acquire(product, 'rel_a');

  expect(await claims.removeOrphan(product, seen)).toBe('changed');
  expect(await claims.removeOrphan(product, seen + 1)).toEqual({ next: 'rel_b' });
  expect(await claims.removeOrphan(product, seen + 1)).toBe('changed');
  expect(await claims.holder(product)).toBe('rel_b');
});

test('a line of hundreds is kept in order', async () => {
  const product = aProduct();
  const ids = Array.from({ length: 120 }, (_, index) => `rel_${String(index).padStart(26, '0')}`);
  for (const id of ids) await claims.acquire(product, id);

  expect((await claims.read(product))?.queue).toEqual(ids.slice(1));
});

test('the sweep sees what is held', async () => {
  const held = aProduct();
  const free = aProduct();
  await claims.acquire(held, 'rel_a');
  await claims.acquire(free, 'rel_b');
  await claims.release(free, 'rel_b');
  const products: string[] = [];

  for await (const claim of claims.held()) products.push(claim.product);

  expect(products).toContain(held);
  expect(products).not.toContain(free);
});
