/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { APPS, emulatorForFile, FLIGHTS } from '../support/emulator';
import { Api, type Json } from './api';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const APP = `applications/${APPS.published}`;
const OTHER = `applications/${APPS.simple}`;
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});
const flight = (id: string, app = APP): string => `${app}/flights/${id}`;

test('a flight shows its groups, its rank and its submissions', async () => {
  const { status, body } = await api.get(flight(FLIGHTS.pendingDraft.toUpperCase()));

  expect([status, body]).toEqual([
    200,
    {
      flightId: FLIGHTS.pendingDraft,
      friendlyName: 'Beta',
      lastPublishedFlightSubmission: {
        id: '1152921505700511011',
        resourceLocation: `flights/${FLIGHTS.pendingDraft}/submissions/1152921505700511011`,
      },
      pendingFlightSubmission: {
        id: '1152921505700511012',
        resourceLocation: `flights/${FLIGHTS.pendingDraft}/submissions/1152921505700511012`,
      },
      groupIds: ['1152921504606962205', '1152921504606962206'],
      rankHigherThan: 'Portal',
    },
  ]);
});

test('R43: references to submissions of a flight lack the application', async () => {
  const { body } = await api.get(flight(FLIGHTS.published));
  const { id, resourceLocation } = body.lastPublishedFlightSubmission;

  const [asGiven, prefixed] = [await api.get(resourceLocation), await api.get(`${APP}/${resourceLocation}`)];

  expect([asGiven.status, prefixed.status, prefixed.body.id]).toEqual([404, 200, id]);
});

describe('R11: the flights of an application', () => {
  test('are whole resources, in pages with the documented link', async () => {
    const first = await api.get(`${APP}/listflights?top=2`);
    const rest = await api.get(first.body['@nextLink']);

    expect(first.body).toMatchObject({
      '@nextLink': `${APP}/listflights/?skip=2&top=2`,
      value: [{ flightId: FLIGHTS.published }, { flightId: FLIGHTS.pendingDraft }],
      totalCount: 3,
    });
    expect(rest.body).toEqual({ value: [(await api.get(flight(FLIGHTS.portal))).body], totalCount: 3 });
  });

  test('ten come at a time unless asked otherwise', async () => {
    for (let made = 0; made < 11; made++) await api.post(`${OTHER}/flights`, { friendlyName: `Ring ${made}` });

    const { body } = await api.get(`${OTHER}/listflights`);

    expect(body.value).toHaveLength(10);
    expect([body.totalCount, body['@nextLink']]).toEqual([11, `${OTHER}/listflights/?skip=10&top=10`]);
  });

  test.each(['top=0', 'skip=-1', 'top=many'])('%s is refused', async (query) => {
    expect((await api.get(`${APP}/listflights?${query}`)).status).toBe(400);
  });
});

describe('R42: making a flight', () => {
  test('makes its first submission with it: an empty draft', async () => {
    const { status, body } = await api.post(`${OTHER}/flights`, { friendlyName: 'Nightly', groupIds: ['7'] });
    const draft = await api.get(`${OTHER}/${body.pendingFlightSubmission.resourceLocation}`);

    expect([status, body]).toEqual([
      201,
      {
        flightId: expect.stringMatching(GUID),
        friendlyName: 'Nightly',
        pendingFlightSubmission: { id: draft.body.id, resourceLocation: expect.stringMatching(/^flights\//) },
        groupIds: ['7'],
        rankHigherThan: 'Non-flighted submission',
      },
    ]);
    expect(draft.body).toEqual({
      id: expect.stringMatching(/^\d{19}$/),
      flightId: body.flightId,
      status: 'PendingCommit',
      statusDetails: { errors: [], warnings: [], certificationReports: [] },
      flightPackages: [],
      packageDeliveryOptions: {
        packageRollout: {
          isPackageRollout: false,
          packageRolloutPercentage: 0,
          packageRolloutStatus: 'PackageRolloutNotStarted',
          fallbackSubmissionId: '0',
        },
        isMandatoryUpdate: false,
        mandatoryUpdateEffectiveDate: '1601-01-01T00:00:00.0000000Z',
      },
      fileUploadUrl: expect.stringMatching(/^https:/),
      targetPublishMode: 'Immediate',
      targetPublishDate: '1601-01-01T00:00:00.0000000Z',
      notesForCertification: '',
    });
  });

  test('a second submission beside the first is refused', async () => {
    const { body } = await api.post(`${OTHER}/flights`, { friendlyName: 'Nightly' });

    const reply = await api.post(`${flight(body.flightId, OTHER)}/submissions`);

    expect([reply.status, reply.body.target]).toEqual([409, 'submission']);
  });

  test('numbers of groups come back as text, digit by digit', async () => {
    const text = '{"FriendlyName":"Nightly","groupIds":[1152921504606962205,7,"8"]}';

    const { body } = await api.post(`${OTHER}/flights`, text);

    expect(body.groupIds).toEqual(['1152921504606962205', '7', '8']);
  });

  test.each([
    ['nothing', {}, 'Insiders'],
    ['null', { rankHigherThan: null }, 'Insiders'],
    ['a name', { rankHigherThan: 'Beta' }, 'Beta'],
    ['no flight', { rankHigherThan: 'Non-flighted submission' }, 'Non-flighted submission'],
  ])('ranked higher than %s', async (_what, rank, below) => {
    const { body } = await api.post(`${APP}/flights`, { friendlyName: 'Nightly', ...rank });

    const { body: all } = await api.get(`${APP}/listflights`);
    const order = Object.fromEntries(all.value.map((row: Json) => [row.friendlyName, row.rankHigherThan]));
    expect(body.rankHigherThan).toBe(below);
    expect(order).toEqual({
      Insiders: below === 'Beta' ? 'Nightly' : 'Beta',
      Beta: 'Portal',
      Portal: below === 'Non-flighted submission' ? 'Nightly' : 'Non-flighted submission',
      Nightly: below,
    });
  });

  test.each([
    ['an unknown name', { rankHigherThan: 'Gamma' }, 'rankHigherThan'],
    ['an id for a name', { rankHigherThan: FLIGHTS.published }, 'rankHigherThan'],
    ['a group that is no number', { groupIds: ['testers'] }, 'groupId'],
    ['a name that is no text', { friendlyName: 1 }, 'friendlyName'],
  ])('%s is refused and makes nothing', async (_what, change, target) => {
    const reply = await api.post(`${APP}/flights`, { friendlyName: 'Nightly', ...change });

    expect([reply.status, reply.body.code, reply.body.target]).toEqual([400, 'InvalidParameterValue', target]);
    expect((await api.get(`${APP}/listflights`)).body.totalCount).toBe(3);
  });

  test('a name that is taken is refused', async () => {
    const reply = await api.post(`${APP}/flights`, { friendlyName: 'Beta' });

    expect([reply.status, reply.body.code, reply.body.target]).toEqual([409, 'InvalidState', 'friendlyName']);
  });
});

describe('deleting a flight', () => {
  test('takes it and its submissions away; the next one closes up', async () => {
    const reply = await api.delete(flight(FLIGHTS.pendingDraft));

    const gone = await api.get(flight(FLIGHTS.pendingDraft));
    const draft = await api.get(`${flight(FLIGHTS.published)}/submissions/1152921505700511012`);
    const { body } = await api.get(flight(FLIGHTS.published));
    expect([reply.status, reply.body, gone.status, draft.status]).toEqual([204, undefined, 404, 404]);
    expect(body.rankHigherThan).toBe('Portal');
  });

  test('is refused while its submission is on its way', async () => {
    await api.post(`${flight(FLIGHTS.pendingDraft)}/submissions/1152921505700511012/commit`);

    const reply = await api.delete(flight(FLIGHTS.pendingDraft));

    expect([reply.status, reply.body.code]).toEqual([409, 'InvalidState']);
  });

  test('is refused while a draft of the portal is pending', async () => {
    const reply = await api.delete(flight(FLIGHTS.portal));

    expect([reply.status, reply.body.code]).toEqual([400, 'InvalidOperation']);
  });
});

test('R29: a flight dies with its only submission: create answers 404 without a body', async () => {
  const { body } = await api.post(`${OTHER}/flights`, { friendlyName: 'Nightly' });
  const deleted = await api.delete(`${OTHER}/${body.pendingFlightSubmission.resourceLocation}`);

  const again = await api.post(`${flight(body.flightId, OTHER)}/submissions`);

  const left = await api.get(flight(body.flightId, OTHER));
  expect([deleted.status, again.status, again.body]).toEqual([204, 404, undefined]);
  expect([left.status, 'pendingFlightSubmission' in left.body]).toEqual([200, false]);
});

test('R17: a flight of the portal has a draft without an upload URL', async () => {
  const { body } = await api.get(flight(FLIGHTS.portal));
  const draft = `${APP}/${body.pendingFlightSubmission.resourceLocation}`;

  const replies = [
    await api.put(draft, { flightPackages: [] }),
    await api.post(`${draft}/commit`),
    await api.delete(draft),
  ];

  expect((await api.get(draft)).body).not.toHaveProperty('fileUploadUrl');
  expect(replies.map(({ status, body: { code } }) => [status, code])).toEqual(Array(3).fill([400, 'InvalidOperation']));
});

describe('R3: who sees which flights', () => {
  test('an unknown one and one of another application answer 404, what is no GUID 400', async () => {
    const replies = [
      await api.get(flight('0f11e000-0000-4000-8000-0000000000ff')),
      await api.get(flight(FLIGHTS.published, OTHER)),
      await api.get(flight('Insiders')),
    ];

    expect(replies.map(({ status, body }) => [status, body.target])).toEqual([
      [404, 'flightId'],
      [404, 'flightId'],
      [400, 'flightId'],
    ]);
  });

  test.each([
    [APPS.foreign, 403],
    [APPS.unsupported, 409],
  ])('those of %s answer %i to every call', async (app, status) => {
    const replies = [
      await api.get(`applications/${app}/listflights`),
      await api.post(`applications/${app}/flights`, {}),
      await api.get(`applications/${app}/flights/${FLIGHTS.published}`),
      await api.post(`applications/${app}/flights/${FLIGHTS.published}/submissions`),
    ];

    expect(replies.map((reply) => reply.status)).toEqual(Array(4).fill(status));
  });
});
