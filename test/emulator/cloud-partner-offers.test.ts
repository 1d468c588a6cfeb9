/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { CLIENTS, emulatorForFile } from '../support/emulator';
import { send, token, type Json } from './api';
import { CloudPartner, machine, machineOffer, marketplace, OFFERS } from './cloud-partner-api';

const NEW = 'contoso/offers/contoso-next';
const ETAG = /^W\/"datetime'\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d\.\d{7}Z'"$/;
const COPY =
  /^https:\/\/\w+\.blob\.core\.windows\.net\/prodcontent\/D6191_publishers_contoso\/contoso-next\/[0-9a-f-]{36}\.\w+\?sv=.+&sr=b&sig=.+&se=.+&sp=r$/;
const FORBIDDEN = { error: { code: 'Forbidden', message: 'User does not have the required permissions' } };
const emulator = emulatorForFile();
let api: CloudPartner;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await CloudPartner.signIn(emulator());
});

/** Each of the 14 methods, as a client sends it. */
const METHODS = [
  ['GET', 'publishers'],
  ['GET', 'offerTypes'],
  ['GET', 'publishers/contoso/offers'],
  ['GET', `publishers/${OFFERS.live}`],
  ['GET', `publishers/${OFFERS.live}/versions/1`],
  ['GET', `publishers/${OFFERS.live}/slot/Draft`],
  ['GET', `publishers/${OFFERS.live}/status`],
  ['PUT', `publishers/${OFFERS.live}`],
  ['POST', `publishers/${OFFERS.live}/publish`],
  ['POST', `publishers/${OFFERS.live}/golive`],
  ['POST', `publishers/${OFFERS.live}/cancel`],
  ['GET', `publishers/${OFFERS.live}/submissions/`],
  ['GET', `publishers/${OFFERS.live}/operations/480443bf-cff0-58b4-bbde-bbc9533e7b1a`],
  ['GET', 'operations/contoso$contoso-linux$1$preview'],
  ['GET', 'nothing/of/this/kind'],
] as const;

describe.each(METHODS)('%s %s', (method, path) => {
  test('A-R1: without a token, or with one for something else, answers 401 without a body', async () => {
    const other = await token(emulator(), emulator().account, 'https://graph.microsoft.com/.default');
    const url = `${emulator().https}/api/${path}`;

    const replies = [
      await send(url, { method }),
      await send(url, { method, headers: { authorization: `Bearer ${other}` } }),
    ];

    expect(replies.map(({ status, body, headers }) => [status, body, headers.get('www-authenticate')])).toEqual(
      Array(2).fill([401, undefined, 'Bearer']),
    );
  });

  test('A-R2: an unknown version answers 400 and names those that are accepted', async () => {
    const { status, body } = await api.request(method, `${path}?api-version=2018-01-01`);

    expect([status, body.error]).toEqual([
      400,
      {
        code: 'InvalidAPIVersion',
        message: 'Invalid api version. Allowed values are [2017-10-31, 2016-08-01-preview]',
      },
    ]);
  });
});

test('A-R2: the name of the parameter has any case', async () => {
  expect((await api.get('publishers?API-Version=2017-10-31&api-version')).status).toBe(200);
});

test('A-R2: the older version does as well', async () => {
  const { status } = await api.get('publishers/contoso/offers?api-version=2016-08-01-preview');

  expect(status).toBe(200);
});

test('answers are not to be kept, and are numbered', async () => {
  const { headers } = await api.get('publishers');

  expect([headers.get('cache-control'), headers.get('pragma'), headers.get('expires')]).toEqual([
    'no-cache',
    'no-cache',
    '-1',
  ]);
  expect(headers.get('x-ms-correlation-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

describe('A-R3: who sees which offers', () => {
  test.each(['nobody', 'fabrikam'])('the publisher %s is refused', async (publisher) => {
    const replies = [
      await api.get(`publishers/${publisher}/offers`),
      await api.get(`publishers/${publisher}/offers/fabrikam-router`),
      await api.put(`${publisher}/offers/fabrikam-router`, {}),
      await api.get(`operations/${publisher}$fabrikam-router$1$preview`),
    ];

    expect(replies.map(({ status, body }) => [status, body])).toEqual(Array(4).fill([403, FORBIDDEN]));
  });

  test('an unknown offer, version and operation answer 404', async () => {
    const replies = [
      await api.offer('contoso/offers/none'),
      await api.publish('contoso/offers/none'),
      await api.get('operations/contoso$contoso-linux$7$preview'),
      await api.offer(OFFERS.live, '/operations/480443bf-cff0-58b4-bbde-bbc9533e7b1a'),
    ];

    expect(replies.map(({ status, body }) => [status, body.error.code])).toEqual(Array(4).fill([404, 'NotFound']));
  });

  test.each(['stranger', 'notOnboarded'] as const)('who is a %s is refused', async (who) => {
    const other = await CloudPartner.signIn(emulator(), { ...emulator().account, ...CLIENTS[who] });

    expect(await other.offer(OFFERS.live)).toMatchObject({ status: 403, body: FORBIDDEN });
    expect((await other.get('publishers')).body).toEqual([]);
  });

  test('who may only read can do no more than that', async () => {
    const reader = await CloudPartner.signIn(emulator(), { ...emulator().account, ...CLIENTS.reader });

    const replies = [await reader.offer(OFFERS.live), await reader.publish(OFFERS.live)];

    expect(replies.map(({ status }) => status)).toEqual([200, 403]);
  });
});

describe('lists', () => {
  test('of publishers', async () => {
    const { body } = await api.get('publishers');

    expect(body).toEqual([
      {
        version: 1,
        id: 'contoso',
        definition: { displayText: 'Contoso', offerTypeCategories: ['azure'], sellerId: 10001001 },
      },
    ]);
  });

  test('of types of offers', async () => {
    const { body } = await api.get('offerTypes');

    expect(body.map((row: Json) => row.id)).toContain('microsoft-azure-virtualmachines');
  });

  test('of offers are summaries, narrowed by their type', async () => {
    await api.put(NEW, { ...machineOffer('contoso-next'), offerTypeId: 'microsoft-azure-corevm' });
    const filter = encodeURIComponent("offerTypeId eq 'microsoft-azure-corevm'");

    const all = await api.get('publishers/contoso/offers');
    const some = await api.get(`publishers/contoso/offers?$filter=${filter}`);
    const odd = await api.get('publishers/contoso/offers?$filter=startswith(id)');

    expect(all.body.map((row: Json) => [row.id, row.status, row.pcMigrationStatus])).toEqual([
      ['contoso-linux', 'succeeded', 'none'],
      ['contoso-linux-pro', 'succeeded', 'migrated'],
      ['contoso-gateway', 'neverPublished', 'none'],
      ['contoso-next', 'neverPublished', 'none'],
    ]);
    expect(all.body[0].definition).toEqual({ displayText: 'Contoso Linux' });
    expect(all.body[1].changedTime).toMatch(/\.\d{3}$/);
    expect(some.body.map((row: Json) => row.id)).toEqual(['contoso-next']);
    expect(odd.status).toBe(400);
  });
});

describe('A-R4: an offer that is put', () => {
  test('keeps the digits of every number, also of those that a double cannot hold', async () => {
    const body = machineOffer('contoso-next', ({ definition }) => {
      definition.offer['contoso.numbers'] = 'NUMBERS';
      definition.plans[0].virtualMachinePricing = {
        isByol: false,
        freeTrialDurationInMonths: 0,
        coreMultiplier: { currency: 'USD', single: 'PRICE' },
      };
    });
    const numbers = '[638730001234567890,-9007199254740993,0.12345678901234567890,1.5,7]';
    const price = '0.08000000000000000001';
    const text = JSON.stringify(body).replace('"NUMBERS"', numbers).replace('"PRICE"', price);

    const put = await api.put(NEW, text);

    const stored = await api.text(`publishers/${NEW}`);
    expect(put.status).toBe(201);
    expect(stored).toContain(`"contoso.numbers":${numbers}`);
    expect(stored).toContain(`"single":${price}`);
  });

  test('is answered as it is stored, with what is added to it', async () => {
    const sent = machineOffer('contoso-next');

    const { status, headers, body } = await api.put(NEW, sent);
    const again = await api.offer('contoso/offers/CONTOSO-NEXT');

    const leads = ['table', 'blob', 'salesForce', 'crm', 'httpsEndpoint', 'marketo'];
    const [plan] = sent.definition.plans;
    expect(status).toBe(201);
    expect(headers.get('etag')).toMatch(ETAG);
    expect(body).toEqual({
      offerTypeId: 'microsoft-azure-virtualmachines',
      publisherId: 'contoso',
      status: 'neverPublished',
      id: 'contoso-next',
      version: 0,
      lockStatus: 'none',
      pcMigrationStatus: 'none',
      changedTime: expect.stringMatching(/\.\d{7}Z$/),
      definition: {
        displayText: 'Contoso Linux Next',
        offer: {
          ...sent.definition.offer,
          ...Object.fromEntries(leads.map((lead) => [marketplace(`${lead}LeadConfiguration`), {}])),
          [marketplace('smallLogo')]: expect.stringMatching(COPY),
        },
        plans: [
          {
            ...plan,
            virtualMachinePricingV2: plan.virtualMachinePricing,
            [machine('certificationsFairfax')]: [],
            [machine('vmImages')]: { '9.4.1': { osVhdUrl: expect.stringMatching(COPY) } },
          },
        ],
      },
    });
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([200, body, headers.get('etag')]);
  });

  test('keeps what nobody knows', async () => {
    const odd = { 'x.y': { deep: [1.5, null, { z: 'ä' }] }, 'microsoft-azure-corevm.hardened': true };
    const put = machineOffer('contoso-next', (sent) => {
      sent.definition.more = odd;
      Object.assign(sent.definition.offer, odd);
      Object.assign(sent.definition.plans[0], odd);
    });

    const { body } = await api.put(NEW, put);

    expect([body.definition.more, body.definition.offer, body.definition.plans[0]]).toEqual([
      odd,
      expect.objectContaining(odd),
      expect.objectContaining(odd),
    ]);
  });

  test('can be echoed: copies stay the same ones, a new logo is a new copy', async () => {
    await api.put(NEW, machineOffer('contoso-next'));
    const logos = (body: Json) => body.definition.offer[marketplace('smallLogo')].split('?')[0];
    const before = await api.offer(NEW);
    await emulator().actions.advanceClock('10m');

    const echoed = await api.put(NEW, before.body, '*');
    const replaced = await api.put(NEW, machineOffer('contoso-next'), '*');

    expect(logos(echoed.body)).toBe(logos(before.body));
    expect(logos(replaced.body)).not.toBe(logos(before.body));
    expect((await emulator().offers.offer('contoso', 'contoso-next')).artifacts[logos(replaced.body)]).toBe(
      'https://assets.contoso.example/48.png',
    );
  });

  test('says osType where windowsOSType was sent', async () => {
    const put = machineOffer('contoso-next', ({ definition }) => {
      definition.plans[0][machine('windowsOSType')] = 'WindowsServer2022';
    });

    const { body } = await api.put(NEW, put);

    expect(body.definition.plans[0]).toMatchObject({ [machine('osType')]: 'WindowsServer2022' });
    expect(body.definition.plans[0]).not.toHaveProperty([machine('windowsOSType')]);
  });
});

describe('A-R5: a body that is no offer', () => {
  test.each([{}, { offerTypeId: '' }, { offerTypeId: null }])('%j names its missing type', async (body) => {
    const { status, body: said } = await api.put(NEW, body);

    expect([status, said.error]).toEqual([
      400,
      { code: 'BadRequest', message: "The argument: 'OfferTypeId' cannot be null or empty." },
    ]);
  });

  test.each([
    ['another id', (body: Json) => void (body.id = 'contoso-other')],
    ['another publisher', (body: Json) => void (body.publisherId = 'fabrikam')],
    ['no definition', (body: Json) => void delete body.definition],
    ['plans that are no list', (body: Json) => void (body.definition.plans = {})],
    ['a plan without an id', (body: Json) => void delete body.definition.plans[0].planId],
    ['a plan twice', (body: Json) => void body.definition.plans.push(body.definition.plans[0])],
  ])('%s is refused, and nothing is made', async (_what, change) => {
    const { status, body } = await api.put(NEW, machineOffer('contoso-next', change));

    expect([status, body.error.code, (await api.offer(NEW)).status]).toEqual([400, 'BadRequest', 404]);
  });

  test.each(['{', '[]', '"text"', 'null'])('%s is refused', async (text) => {
    const replies = [await api.put(NEW, text), await api.publish(OFFERS.live, text)];

    expect(replies.map(({ status }) => status)).toEqual([400, 400]);
  });

  test('another type than the offer has is refused', async () => {
    const { status } = await api.put(
      OFFERS.live,
      { ...machineOffer('contoso-linux'), offerTypeId: 'microsoft-azure-corevm' },
      '*',
    );

    expect(status).toBe(400);
  });
});

describe('A-R6: concurrency', () => {
  const OLD = 'W/"datetime\'2020-01-01T00%3A00%3A00.0000000Z\'"';

  test('of two writers the second is refused, unless it does not care', async () => {
    const first = await api.offer(OFFERS.live);
    const second = await api.offer(OFFERS.live);
    const etag = first.headers.get('etag') ?? '';

    const replies = [
      await api.put(OFFERS.live, first.body, etag),
      await api.put(OFFERS.live, second.body, second.headers.get('etag') ?? ''),
      await api.put(OFFERS.live, second.body, '*'),
    ];

    expect(replies.map(({ status, body }) => [status, body.error?.code])).toEqual([
      [200, undefined],
      [412, 'PreconditionFailed'],
      [200, undefined],
    ]);
    const tags = new Set([etag, replies[0]?.headers.get('etag'), replies[2]?.headers.get('etag')]);
    expect(tags.size).toBe(3);
  });

  test('a new offer needs no header, takes *, and has no ETag to match', async () => {
    const put = (id: string, ifMatch?: string) => api.put(`contoso/offers/${id}`, machineOffer(id), ifMatch);

    const replies = [await put('one'), await put('two', '*'), await put('three', OLD)];

    expect(replies.map(({ status }) => status)).toEqual([201, 201, 412]);
  });

  test('without the header an offer that is there answers 409, a migrated one is replaced', async () => {
    const [live, migrated] = [await api.offer(OFFERS.live), await api.offer(OFFERS.migrated)];

    const replies = [await api.put(OFFERS.live, live.body), await api.put(OFFERS.migrated, migrated.body)];

    expect(replies.map(({ status, body }) => [status, body.error])).toEqual([
      [
        409,
        {
          code: 'InvalidResourceId',
          message:
            'Offer ID already exists. If you wanted to update an existing offer, please ensure If-Match header is specified as per documentation.',
        },
      ],
      [200, undefined],
    ]);
  });

  test('what was refused is not stored', async () => {
    const before = await api.offer(OFFERS.live);

    await api.put(OFFERS.live, machineOffer('contoso-linux'), OLD);

    expect((await api.offer(OFFERS.live)).body).toEqual(before.body);
  });
});

describe('A-R15: secrets', () => {
  const lead = marketplace('marketoLeadConfiguration');
  const secretOf = async () => (await emulator().offers.offer('contoso', 'contoso-linux-pro')).slots.draft?.offer[lead];

  test('come back empty, and are kept when they are sent so', async () => {
    const { body } = await api.offer(OFFERS.migrated);
    const text = await api.text(`publishers/${OFFERS.migrated}/slot/Production`);

    await api.put(OFFERS.migrated, body, '*');

    expect(body.definition.offer[lead]).toEqual({ clientId: 'contoso-leads', clientSecret: '' });
    expect(text).not.toContain('Contoso~Leads~Secret');
    expect(await secretOf()).toEqual({ clientId: 'contoso-leads', clientSecret: 'Contoso~Leads~Secret' });
  });

  test('can be replaced, and are nowhere in the journal', async () => {
    const blob = marketplace('blobLeadConfiguration');
    await api.change(OFFERS.migrated, ({ definition }) => {
      definition.offer[lead].clientSecret = 'changed~secret';
      definition.offer[blob] = { containerName: 'leads', connectionString: 'AccountKey=changed~secret' };
    });

    const { body } = await api.offer(OFFERS.migrated);
    expect(await secretOf()).toMatchObject({ clientSecret: 'changed~secret' });
    expect(body.definition.offer[blob]).toEqual({ containerName: 'leads', connectionString: '' });
    await api.put(NEW, machineOffer('contoso-next'));
    const { artifacts } = await emulator().offers.offer('contoso', 'contoso-next');
    const told = JSON.stringify([emulator().actions.journal({ operation: 'putOffer' }), artifacts]);
    expect(told).toContain('sig=REDACTED');
    expect(told).not.toMatch(/changed~secret|sig=secret/);
  });
});
