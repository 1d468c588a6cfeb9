/* eslint-disable @typescript-eslint/no-unsafe-call -- documents are loose JSON here */
import { ADD_ONS, APPS, CLIENTS, emulatorForFile } from '../support/emulator';
import { Api } from './api';

const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});
const addOn = (id: string): string => `inappproducts/${id}`;
const wanted = { applicationIds: [APPS.published], productId: 'pro-pack-2', productType: 'Durable' };
const create = (change: object) => api.post('inappproducts', { ...wanted, ...change });

test('R43: an add-on shows its application and its submissions', async () => {
  const { status, body } = await api.get(addOn(ADD_ONS.pendingDraft.toLowerCase()));

  expect([status, body]).toEqual([
    200,
    {
      applications: {
        value: [{ id: APPS.published, resourceLocation: `applications/${APPS.published}` }],
        totalCount: 1,
      },
      id: ADD_ONS.pendingDraft,
      productId: 'themes',
      productType: 'Durable',
      pendingInAppProductSubmission: {
        id: '1152921505700512022',
        resourceLocation: `inappproducts/${ADD_ONS.pendingDraft}/submissions/1152921505700512022`,
      },
      lastPublishedInAppProductSubmission: {
        id: '1152921505700512021',
        resourceLocation: `inappproducts/${ADD_ONS.pendingDraft}/submissions/1152921505700512021`,
      },
    },
  ]);
  expect((await api.get(body.pendingInAppProductSubmission.resourceLocation as string)).status).toBe(200);
});

describe('R11: lists of add-ons', () => {
  test('all of the account come without parameters, pages with the documented link otherwise', async () => {
    for (let made = 0; made < 8; made++) await create({ productId: `pack ${made}` });

    const all = await api.get('inappproducts');
    const page = await api.get('inappproducts?top=5');
    const rest = await api.get(page.body['@nextLink'] as string);
    const skipped = await api.get('inappproducts/?skip=1');

    expect([all.body.value.length, all.body.totalCount, all.body['@nextLink']]).toEqual([12, 12, undefined]);
    expect(page.body['@nextLink']).toBe('inappproducts/?skip=5&top=5');
    expect([...page.body.value, ...rest.body.value]).toEqual(all.body.value.slice(0, 10));
    expect([skipped.body.value.length, skipped.body['@nextLink']]).toEqual([10, 'inappproducts/?skip=11&top=10']);
  });

  test('those of an application are ids', async () => {
    const list = `applications/${APPS.published}/listinappproducts`;

    const page = await api.get(`${list}?top=3`);
    const rest = await api.get(page.body['@nextLink'] as string);

    const ids = [ADD_ONS.published, ADD_ONS.neverPublished, ADD_ONS.pendingDraft];
    expect(page.body).toEqual({
      '@nextLink': `${list}/?skip=3&top=3`,
      value: ids.map((inAppProductId) => ({ inAppProductId })),
      totalCount: 4,
    });
    expect(rest.body).toEqual({ value: [{ inAppProductId: ADD_ONS.unsupported }], totalCount: 4 });
  });

  test.each(['inappproducts?top=0', `applications/${APPS.published}/listinappproducts?skip=x`])(
    '%s is refused',
    async (path) => {
      expect((await api.get(path)).status).toBe(400);
    },
  );

  test('another account has none of them', async () => {
    const other = await Api.signIn(emulator(), { ...emulator().account, ...CLIENTS.empty });

    expect((await other.get('inappproducts')).body).toEqual({ value: [], totalCount: 0 });
  });
});

describe('R40: making an add-on', () => {
  test.each(['Durable', 'Consumable'])('a %s is there, without a submission', async (productType) => {
    const { status, body } = await create({ productType });

    expect([status, body]).toEqual([
      201,
      {
        applications: {
          value: [{ id: APPS.published, resourceLocation: `applications/${APPS.published}` }],
          totalCount: 1,
        },
        id: expect.stringMatching(/^[A-Z0-9]{12}$/),
        productId: 'pro-pack-2',
        productType,
      },
    ]);
    expect((await api.get(addOn(body.id as string))).body).toEqual(body);
  });

  const list = (rows: number) => Array<string>(rows).fill(APPS.published);
  test.each([
    [{ applicationIds: list(0) }, 'The size of ApplicationIds must be 1 or more', 'applicationIds'],
    [{ applicationIds: list(2) }, 'The size of ApplicationIds must be 1 or less', 'applicationIds'],
    [{ applicationIds: undefined }, 'The value of ApplicationIds is not valid', 'applicationIds'],
    [{ applicationIds: ['9NNOWHERE001'] }, 'The application 9NNOWHERE001 does not exist', 'applicationIds'],
    [{ productId: undefined }, 'The value of ProductId is not valid', 'productId'],
    [{ productId: '' }, 'The length of ProductId must be 1 or more', 'productId'],
    [{ productId: 'x'.repeat(101) }, 'The length of ProductId must be 100 or less', 'productId'],
    ...[...'<>*%&:\\?+,'].map(
      (character) =>
        [{ productId: `pro${character}pack` }, 'The value of ProductId is not valid', 'productId'] as const,
    ),
    [{ productType: 'Subscription' }, 'The value of ProductType is not one of Durable, Consumable', 'productType'],
    [{ productType: undefined }, 'The value of ProductType is not one of Durable, Consumable', 'productType'],
  ] as const)('%j is refused and makes nothing', async (change, message, target) => {
    const { status, body } = await create(change);

    expect([status, body.code, body.message, body.target]).toEqual([400, 'InvalidParameterValue', message, target]);
    expect((await api.get('inappproducts')).body.totalCount).toBe(4);
  });

  test('100 characters are fine', async () => {
    expect((await create({ productId: 'x'.repeat(100) })).status).toBe(201);
  });

  test('a product id is taken once in an application', async () => {
    const again = await create({ productId: 'pro-pack' });
    const elsewhere = await create({ productId: 'pro-pack', applicationIds: [APPS.simple] });

    expect([again.status, again.body.code, again.body.target]).toEqual([409, 'InvalidState', 'productId']);
    expect(elsewhere.status).toBe(201);
  });

  test.each([
    [APPS.foreign, 403],
    [APPS.unsupported, 409],
  ])('for %s it is answered with %i', async (app, status) => {
    expect((await create({ applicationIds: [app] })).status).toBe(status);
  });
});

describe('R41: deleting an add-on', () => {
  const removed = async (id: string) => {
    const { status } = await api.delete(addOn(id));
    return [status, (await api.get(addOn(id))).status];
  };

  test('works while nothing was published, with its draft', async () => {
    const bare = await removed((await create({})).body.id as string);
    const { path } = await api.draftOf(addOn(ADD_ONS.neverPublished));
    const drafted = await removed(ADD_ONS.neverPublished);

    expect([bare, drafted]).toEqual([
      [204, 404],
      [204, 404],
    ]);
    expect((await api.get(path)).status).toBe(404);
  });

  test('is refused once it was published', async () => {
    expect(await removed(ADD_ONS.published)).toEqual([409, 200]);
  });

  test.each(['CommitStarted', 'CommitFailed'] as const)('is refused with a submission in %s', async (status) => {
    const { path } = await api.draftOf(addOn(ADD_ONS.neverPublished));
    await api.post(`${path}/commit`);
    // Nothing was put into the template: it fails.
    if (status === 'CommitFailed') await emulator().actions.advanceClock('60s');

    expect((await api.get(path)).body.status).toBe(status);
    expect(await removed(ADD_ONS.neverPublished)).toEqual([409, 200]);
  });

  test('is refused with a draft of the portal', async () => {
    await emulator().portal.act('draft', ADD_ONS.neverPublished);

    expect(await removed(ADD_ONS.neverPublished)).toEqual([400, 200]);
  });
});

describe('R3: who sees which add-ons', () => {
  test('an unknown one answers 404, one of another account 403 without a body', async () => {
    const other = await Api.signIn(emulator(), { ...emulator().account, ...CLIENTS.empty });

    const unknown = await api.get(addOn('9NNOWHERE001'));
    const foreign = await other.get(addOn(ADD_ONS.published));

    expect([unknown.status, unknown.body.code, unknown.body.target]).toEqual([
      404,
      'ResourceNotFound',
      'inAppProductId',
    ]);
    expect([foreign.status, foreign.body]).toEqual([403, undefined]);
  });

  test('one that the Store manages answers 409 to every call', async () => {
    const path = addOn(ADD_ONS.unsupported);
    const submission = `${path}/submissions/1152921505700512031`;

    const replies = [
      await api.get(path),
      await api.delete(path),
      await api.post(`${path}/submissions`),
      await api.get(submission),
      await api.put(submission, {}),
      await api.post(`${submission}/commit`),
      await api.delete(submission),
      await api.get(`${submission}/status`),
    ];

    for (const { status, body } of replies) {
      expect([status, body.message]).toEqual([
        409,
        'This application uses features that are not supported by the submission API. To perform this operation, use the Dev Center dashboard.',
      ]);
    }
  });

  test('those of an application with unsupported features are not listed for it', async () => {
    expect((await api.get(`applications/${APPS.unsupported}/listinappproducts`)).status).toBe(409);
  });
});
