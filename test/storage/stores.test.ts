import { RestError } from '@azure/core-rest-pipeline';
import { audit as openAudit } from '../../src/storage/audit';
import { writeAllPendingAudit } from '../../src/storage/audit-pending';
import { connectStorage, type Storage } from '../../src/storage/connect';
import { documents as openDocuments } from '../../src/storage/documents';
import { idempotency as openIdempotency } from '../../src/storage/idempotency';
import { published as openPublished } from '../../src/storage/published';
import { newReleaseId } from '../../src/storage/release-id';
import { releases as openReleases } from '../../src/storage/releases';
import { toPieces } from '../../src/storage/row';
import { timeline as openTimeline } from '../../src/storage/timeline';
import { work as openWork } from '../../src/storage/work';
import { storageAccount } from '../support/storage-account';
import { anEvent, aRelease, at } from './samples';

const azurite = storageAccount();
let storage: Storage;

beforeAll(async () => {
  storage = connectStorage({ connectionString: azurite.connectionString });
});

describe('the account', () => {
  test('tables and containers are made by whoever comes first, many at once', async () => {
    const many = Array.from({ length: 4 }, () => connectStorage({ connectionString: azurite.connectionString }));

    const tables = await Promise.all(many.map((one) => one.table('published')));
    const containers = await Promise.all(many.map((one) => one.container('uploads')));

    expect(new Set(tables.map((table) => table.tableName))).toEqual(new Set(['published']));
    expect(await containers[0]!.exists()).toBe(true);
  });

  test('makes a table once in the life of a process', async () => {
    let creations = 0;
    const counting = connectStorage({
      connectionString: azurite.connectionString,
      observer: {
        before: ({ method }) => {
          creations += method === 'POST' ? 1 : 0;
        },
      },
    });

    await Promise.all([counting.table('claims'), counting.table('claims')]);
    await counting.table('claims');

    expect(creations).toBe(1);
  });

  test('errors say what failed, and neither address, key nor signature', async () => {
    const key = Buffer.from('not the key').toString('base64');
    const denied = connectStorage({ connectionString: azurite.connectionString.replace(azurite.accountKey, key) });
    const silent = connectStorage({
      connectionString: azurite.connectionString,
      observer: {
        before: () => {
          throw new RestError('request to http://127.0.0.1/x?sig=secret failed', { code: 'ECONNRESET' });
        },
      },
    });

    const outcomes = await Promise.allSettled(
      [denied, silent].flatMap((one) => [one.table('releases'), one.container('documents')]),
    );

    const errors = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as Error) : undefined));
    const refused = { name: 'StorageError', code: 'storage-denied', status: 403, retryable: false };
    const unanswered = { name: 'StorageError', code: 'storage-unavailable', retryable: true };
    expect(errors).toMatchObject([refused, refused, unanswered, unanswered]);
    for (const error of errors) {
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/127\.0\.0\.1|devstore|sig=|SharedKey|http/i);
      expect(error?.cause).toBeUndefined();
    }
  });
});

test('a long text is cut into pieces that fit, never within a character', () => {
  const text = `x${'😀'.repeat(40_000)}`;
  const halfCharacter = /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/;

  const pieces = toPieces(text);

  expect(pieces.join('') === text).toBe(true);
  expect(pieces.every((piece) => piece.length <= 30_000 && !halfCharacter.test(piece))).toBe(true);
  expect(toPieces('')).toEqual([]);
});

describe('the timeline', () => {
  const started = { type: 'run-started' } as const;
  const step = { type: 'step-started', step: 'commit' } as const;

  test('holds the events of a checkpoint once, however often they are written', async () => {
    const timeline = openTimeline(storage);
    const id = newReleaseId();
    const first = { run: 1, seq: 1, at, events: [started, step] };

    const outcomes = await Promise.all([timeline.insert(id, first), timeline.insert(id, first)]);
    await timeline.insert(id, first);
    await timeline.insert(id, { run: 1, seq: 2, at, events: [] });

    expect(outcomes.sort()).toEqual(['present', 'written']);
    expect(await timeline.list(id, 200)).toEqual({
      value: [
        { run: 1, seq: 1, at, event: started },
        { run: 1, seq: 1, at, event: step },
      ],
    });
  });

  test('is read in order and in pages, also within a checkpoint and over many runs', async () => {
    const timeline = openTimeline(storage);
    const id = newReleaseId();
    for (const [run, seq] of [
      [10, 1],
      [2, 2],
      [2, 10],
    ] as const) {
      await timeline.insert(id, { run, seq, at, events: [started, step, started] });
    }
    const places: string[] = [];
    let continuation: string | undefined;
    do {
      const page = await timeline.list(id, 2, continuation);
      places.push(...page.value.map(({ run, seq }) => `${run}.${seq}`));
      continuation = page.continuation;
    } while (continuation !== undefined);

    expect(places).toEqual([...Array(3).fill('2.2'), ...Array(3).fill('2.10'), ...Array(3).fill('10.1')]);
    await expect(timeline.list(id, 2, "' or true")).rejects.toMatchObject({ code: 'continuation-invalid' });
  });

  test('is deleted whole, twice if need be, and no other', async () => {
    const timeline = openTimeline(storage);
    const [id, other] = [newReleaseId(), newReleaseId()];
    for (const release of [id, other]) await timeline.insert(release, { run: 1, seq: 1, at, events: [started] });

    await Promise.all([timeline.deleteAll(id), timeline.deleteAll(id)]);

    expect((await timeline.list(id, 10)).value).toEqual([]);
    expect((await timeline.list(other, 10)).value).toHaveLength(1);
  });
});

describe('documents', () => {
  const document = {
    account: 'contoso',
    packages: [{ fileName: 'ä漢.msix', source: { url: 'https://host/a.msix?sv=1&sig=secret' } }],
  };

  test('are kept as sent, with the queries of URLs apart', async () => {
    const documents = openDocuments(storage);
    const id = newReleaseId();

    await Promise.all([documents.insert(id, document), documents.insert(id, document)]);

    expect(await documents.readWhole(id)).toEqual(document);
    expect(JSON.stringify(await documents.read(id))).not.toContain('secret');
    expect(await documents.read(newReleaseId())).toBeUndefined();
  });

  test('keep the first text, and take fresh queries only when told to', async () => {
    const documents = openDocuments(storage);
    const id = newReleaseId();
    const fresh = JSON.parse(JSON.stringify(document).replace('secret', 'fresh')) as typeof document;
    await documents.insert(id, document);

    await documents.insert(id, fresh);
    const before = await documents.readWhole(id);
    await documents.reseal(id, fresh);

    expect(before).toEqual(document);
    expect(await documents.readWhole(id)).toEqual(fresh);
  });

  test('lose their queries when unsealed, and go whole when deleted', async () => {
    const documents = openDocuments(storage);
    const id = newReleaseId();
    await documents.insert(id, document);

    await documents.deleteSealed(id);
    await documents.deleteSealed(id);
    const after = await documents.readWhole(id);
    await documents.deleteAll(id);
    await documents.deleteAll(id);

    expect(JSON.stringify(after)).not.toContain('?');
    expect(await documents.read(id)).toBeUndefined();
  });
});

test('working files are written, agreed on and deleted', async () => {
  const work = openWork(storage);
  const [id, other] = [newReleaseId(), newReleaseId()];
  await work.put(id, 'packages/0', { read: 1 });
  await work.put(id, 'packages/0', { read: 2 });
  await work.put(other, 'plan', {});

  const agreed = await Promise.all([work.putOnce(id, 'plan', { by: 1 }), work.putOnce(id, 'plan', { by: 2 })]);

  expect(await work.get(id, 'packages/0')).toEqual({ read: 2 });
  expect(agreed[0]).toEqual(agreed[1]);
  expect(await work.get(id, 'plan')).toEqual(agreed[0]);
  await work.deleteAll(id);
  expect([await work.get(id, 'plan'), await work.get(other, 'plan')]).toEqual([undefined, {}]);
});

describe('idempotency', () => {
  const wish = (docHash = 'a'.repeat(64)) => ({ releaseId: newReleaseId(), docHash });

  test('leads the same request to one release, also many times at once', async () => {
    const idempotency = openIdempotency(storage);
    const wishes = Array.from({ length: 6 }, () => wish());
    const key = newReleaseId();

    const results = await Promise.all(wishes.map((one) => idempotency.reserve('ada releases', key, one)));

    expect(results.filter(({ kind }) => kind === 'reserved')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'same')).toHaveLength(5);
    expect(new Set(results.map((result) => 'releaseId' in result && result.releaseId)).size).toBe(1);
  });

  test('finds its own reservation when the answer was lost', async () => {
    const idempotency = openIdempotency(storage);
    const one = wish();
    const key = newReleaseId();

    const byKey = [await idempotency.reserve('ada', key, one), await idempotency.reserve('ada', key, one)];
    const ended = (): Promise<boolean> => Promise.resolve(true);
    const byDocument = [
      await idempotency.reserveDocument(key, one, ended),
      await idempotency.reserveDocument(key, one, ended),
    ];

    expect([...byKey, ...byDocument].map(({ kind }) => kind)).toEqual(Array(4).fill('reserved'));
  });

  test('refuses the key for another document, and keeps callers apart', async () => {
    const idempotency = openIdempotency(storage);
    const key = `/\\#? ${newReleaseId()}`;
    await idempotency.reserve('ada', key, wish());

    expect(await idempotency.reserve('ada', key, wish('b'.repeat(64)))).toEqual({ kind: 'reused' });
    expect(await idempotency.reserve('bob', key, wish())).toMatchObject({ kind: 'reserved' });
  });

  test('lets a document without a key be released again once its release has ended', async () => {
    const idempotency = openIdempotency(storage);
    const [first, second, third] = [wish(), wish(), wish()];
    const running = (): Promise<boolean> => Promise.resolve(false);
    const scope = newReleaseId();
    await idempotency.reserveDocument(scope, first, running);

    const same = await idempotency.reserveDocument(scope, second, running);
    const next = await Promise.all(
      [second, third].map((one) =>
        idempotency.reserveDocument(scope, one, (id) => Promise.resolve(id === first.releaseId)),
      ),
    );

    expect(same).toMatchObject({ kind: 'same', releaseId: first.releaseId });
    expect(next.map(({ kind }) => kind).sort()).toEqual(['reserved', 'same']);
  });

  test('tells that a release was purged, and forgets it after its time', async () => {
    const idempotency = openIdempotency(storage);
    const key = newReleaseId();
    const one = wish();
    const reserved = await idempotency.reserve('ada', key, one);
    if (reserved.kind !== 'reserved') throw new Error('not reserved');

    await idempotency.markPurged(reserved.ref, newReleaseId(), new Date(at));
    const untouched = await idempotency.reserve('ada', key, wish());
    await idempotency.markPurged(reserved.ref, one.releaseId, new Date(at));
    const purged = await idempotency.reserve('ada', key, wish());
    const found = [];
    for await (const ref of idempotency.purgedBefore(new Date(Date.parse(at) + 1))) found.push(ref);
    await idempotency.removePurged(reserved.ref);

    expect([untouched, purged]).toMatchObject([{ kind: 'same' }, { kind: 'purged', releaseId: one.releaseId }]);
    expect(found).toEqual([reserved.ref]);
    expect(await idempotency.reserve('ada', key, wish())).toMatchObject({ kind: 'reserved' });
  });
});

describe('what was published', () => {
  const file = (fileName: string, sha256: string) => ({
    fileName,
    sha256,
    version: '1.0.0.0',
    architecture: 'x64',
    size: 1,
  });

  test('is known by file name, the newest of each, in whatever order the notes come', async () => {
    const published = openPublished(storage);
    const product = newReleaseId();
    const older = {
      submissionId: 's1',
      at: '2026-11-19T00:00:00.000Z',
      packages: [file('A.msix', '1'), file('b.msix', '2')],
    };
    const newer = { submissionId: 's2', at: '2026-11-20T00:00:00.000Z', packages: [file('a.msix', '3')] };

    await published.remember(product, newer);
    await Promise.all([published.remember(product, older), published.remember(product, older)]);
    await published.remember(product, newer);

    expect(await published.read(product)).toEqual([
      { ...file('a.msix', '3'), submissionId: 's2', at: newer.at },
      { ...file('b.msix', '2'), submissionId: 's1', at: older.at },
    ]);
    expect(await published.read(newReleaseId())).toEqual([]);
  });
});

describe('the audit log', () => {
  test('gives each event once, newest first, by time and product, in pages', async () => {
    const audit = openAudit(storage);
    const product = newReleaseId();
    const times = [
      '2025-01-31T23:59:59.999Z',
      '2025-02-01T00:00:00.000Z',
      '2025-02-01T12:00:00.000Z',
      '2025-02-03T00:00:00.000Z',
    ];
    const events = times.map((time) => anEvent({ at: time, product, by: 'Ürsula' }));
    await audit.append([...events, anEvent({ at: times[0]! })]);
    await Promise.all([audit.append([events[1]!]), audit.append([events[2]!])]);

    const pages = [await audit.list({ product, top: 3 })];
    pages.push(await audit.list({ product, top: 3, continuation: pages[0]!.continuation }));
    const between = await audit.list({ product, since: new Date(times[1]!), until: new Date(times[3]!) });

    expect(pages.flatMap((page) => page.value)).toEqual([...events].reverse());
    expect(pages[1]!.continuation).toBeUndefined();
    expect(between.value).toEqual([events[2], events[1]]);
    await expect(audit.list({ continuation: 'x' })).rejects.toMatchObject({ code: 'continuation-invalid' });
  });

  test('reads a hundred days in one request, and goes on from there', async () => {
    const audit = openAudit(storage);
    const product = newReleaseId();
    const day = (index: number): string => new Date(Date.UTC(2020, 0, 1 + index, 23, 59)).toISOString();
    await audit.append(Array.from({ length: 103 }, (_, index) => anEvent({ at: day(index), product: 'other' })));
    const oldest = anEvent({ at: day(0), product });
    await audit.append([oldest]);

    const first = await audit.list({ product, until: new Date('2021-01-01') });
    const second = await audit.list({ product, until: new Date('2021-01-01'), continuation: first.continuation });

    expect(first.value).toEqual([]);
    expect(first.continuation).toBeDefined();
    expect(second).toEqual({ value: [oldest] });
  });

  test('gets from the records what was not written at the time of the decision', async () => {
    const audit = openAudit(storage);
    const releases = openReleases(storage);
    const product = newReleaseId();
    const event = anEvent({ product });
    const release = aRelease({ audit: event });
    await releases.insert(release);

    const swept = await writeAllPendingAudit(releases, audit);
    const again = await writeAllPendingAudit(releases, audit);

    expect([swept, again]).toEqual([1, 0]);
    expect((await audit.list({ product })).value).toEqual([event]);
    expect((await releases.read(release.view.id))?.record.pendingAudit).toEqual([]);
    await releases.auditWritten(newReleaseId(), ['x']);
  });
});
