/* eslint-disable @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { ADD_ONS, APPS, CLIENTS, emulatorForFile, FLIGHTS } from '../support/emulator';
import { Api, type Json } from './api';

/** What both values of each switch do to one answer; `docs/emulator-rules.md` has the same as a table. */
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await Api.signIn(emulator());
});

/** The same question under each value, from the same state. */
async function under(name: string, values: readonly unknown[], ask: () => Promise<unknown>): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const value of values) {
    await emulator().reset();
    await emulator().actions.freezeClock();
    await emulator().actions.setSwitches({ [name]: value });
    answers.push(await ask());
  }
  return answers;
}

describe('emptyList', () => {
  const answersTo = (who: () => Api, path: string) =>
    under('emptyList', ['200', '404'], async () => {
      const { status, body } = await who().get(path);
      return [status, body.value ?? body.code];
    });

  test.each(['applications', 'inappproducts'])('%s of an account without any', async (path) => {
    const lonely = await Api.signIn(emulator(), { ...emulator().account, ...CLIENTS.empty });

    expect(await answersTo(() => lonely, path)).toEqual([
      [200, []],
      [404, 'ResourceNotFound'],
    ]);
  });

  test.each(['listflights', 'listinappproducts'])('%s of an application without any', async (list) => {
    expect(await answersTo(() => api, `applications/${APPS.simple}/${list}`)).toEqual([
      [200, []],
      [404, 'ResourceNotFound'],
    ]);
  });
});

describe('readOnlyEcho', () => {
  test.each([
    ['applications', `applications/${APPS.published}`],
    ['flights', `applications/${APPS.published}/flights/${FLIGHTS.published}`],
    ['add-ons', `inappproducts/${ADD_ONS.published}`],
  ])('%s: an echo, and the members that may be written', async (_kind, product) => {
    const answers = await under('readOnlyEcho', ['ignore', 'reject'], async () => {
      const { path, document } = await api.draftOf(product);
      const { id: _i, flightId: _f, status: _s, statusDetails: _d, fileUploadUrl: _u, ...rest } = document;
      const { friendlyName: _n, ...writable } = rest;
      return [(await api.put(path, document)).status, (await api.put(path, writable)).status];
    });

    expect(answers).toEqual([
      [200, 200],
      [400, 200],
    ]);
  });
});

test('addOnContentTypes: those that were seen to be accepted, or all that are documented', async () => {
  const types = ['OnlineDataStorage', 'BookDownload', 'MusicDownload', 'MusicStream', 'VideoDownload', 'VideoStream'];
  const others = ['EMagazine', 'ENewspaper', 'Asp', 'OnlineDownload', 'NotSet'];

  const answers = await under('addOnContentTypes', ['observed', 'documented'], async () => {
    const { path, document } = await api.draftOf(`inappproducts/${ADD_ONS.published}`);
    const accepted = [];
    for (const contentType of [...types, ...others]) {
      if ((await api.put(path, { ...document, contentType })).status === 200) accepted.push(contentType);
    }
    return accepted;
  });

  expect(answers).toEqual([types, [...types, ...others.slice(0, -1)]]);
});

describe('omittedFields', () => {
  test('optional members', async () => {
    const answers = await under('omittedFields', ['reset', 'keep'], async () => {
      const { path, document } = await api.draft(APPS.published);
      const { notesForCertification: _notes, ...rest } = document;
      return (await api.put(path, rest)).body.notesForCertification;
    });

    expect(answers).toEqual(['', 'No account needed.']);
  });

  test('notes of a flight, the tag of an add-on', async () => {
    const without = async (product: string, name: string) => {
      const { path, document } = await api.draftOf(product);
      return (await api.put(path, { ...document, [name]: undefined })).body[name];
    };

    const answers = await under('omittedFields', ['reset', 'keep'], async () => [
      await without(`applications/${APPS.published}/flights/${FLIGHTS.published}`, 'notesForCertification'),
      await without(`inappproducts/${ADD_ONS.published}`, 'tag'),
    ]);

    expect(answers).toEqual([
      ['', ''],
      ['For the insiders.', 'pro'],
    ]);
  });

  test.each([
    ['listings', /^The size of AppListings must be 1 or more$/],
    ['applicationPackages', /^Please keep all file entries/],
  ])('%s are never kept', async (name, message) => {
    const answers = await under('omittedFields', ['reset', 'keep'], async () => {
      const { path, document } = await api.draft(APPS.published);
      return (await api.put(path, { ...document, [name]: undefined })).body.message;
    });

    expect(answers).toEqual([expect.stringMatching(message), expect.stringMatching(message)]);
  });
});

describe('prices', () => {
  const priceAfter = async (app: string, change: (document: Json) => Json): Promise<unknown> => {
    const { path, document } = await api.draft(app);
    const { body } = await api.put(path, change(document));
    const { submissions }: Json = await emulator().actions.state();
    return [body.pricing.priceId, submissions[document.id].hiddenPrice];
  };

  test('basePriceEcho: what becomes of a price that the API cannot express', async () => {
    const answers = await under('basePriceEcho', ['keep', 'reset'], () => priceAfter(APPS.paidHidden, (d) => d));

    expect(answers).toEqual([
      ['Base', '9.99 USD'],
      ['Base', undefined],
    ]);
  });

  test('omittedPricing: a PUT without pricing', async () => {
    const without = ({ pricing: _pricing, ...rest }: Json): Json => rest;

    const answers = await under('omittedPricing', ['keep', 'reset'], async () => [
      await priceAfter(APPS.paidHidden, without),
      await priceAfter(APPS.paidTier, without),
    ]);

    expect(answers).toEqual([
      [
        ['Base', '9.99 USD'],
        ['Tier1015', undefined],
      ],
      [
        ['Base', undefined],
        ['Base', undefined],
      ],
    ]);
  });
});

test('sasRenewOnGet', async () => {
  const answers = await under('sasRenewOnGet', [true, false], async () => {
    const { path } = await api.draft(APPS.published);
    await emulator().actions.advanceClock('30h');
    const { body } = await (await Api.signIn(emulator())).get(path);
    const { now } = (await emulator().actions.state())['clock'] as { now: string };
    return new URL(body.fileUploadUrl).searchParams.get('se')! > now ? 'fresh' : 'stale';
  });

  expect(answers).toEqual(['fresh', 'stale']);
});

test('neverPublishedCreate', async () => {
  const answers = await under('neverPublishedCreate', ['template', '409'], async () => {
    const { status, body } = await api.post(`applications/${APPS.neverPublished}/submissions`);
    return [status, body.applicationCategory ?? body.message];
  });

  expect(answers).toEqual([
    [201, 'NotSet'],
    [409, 'Create submission failed, status code Conflict, reason phrase Conflict'],
  ]);
});

test('createBody: a whole document on create', async () => {
  const answers = await under('createBody', ['apply', 'ignore'], async () => {
    const submissions = `applications/${APPS.published}/submissions`;
    const { body: document } = await api.get(`${submissions}/1152921505700510003`);
    const empty = await api.post(submissions, {});
    const whole = await api.post(submissions, { ...document, notesForCertification: 'Changed.' });
    return [empty.status, whole.status, whole.body.notesForCertification];
  });

  expect(answers).toEqual([
    [400, 201, 'Changed.'],
    [400, 201, 'No account needed.'],
  ]);
});

test('keywordsTotalCount: 22 languages with a keyword, 24 words in one language', async () => {
  const answers = await under('keywordsTotalCount', ['locales', 'words'], async () => {
    const { path, document } = await api.draft(APPS.published);
    const listing = { baseListing: { title: 'Notes', keywords: ['notes'] } };
    const codes = Array.from({ length: 22 }, (_, index) => `en-${String.fromCharCode(97 + index)}a`);
    const languages = Object.fromEntries(codes.map((code) => [code, listing]));
    const words = { 'en-us': { baseListing: { keywords: Array(6).fill('one two three four') } } };
    return [
      (await api.put(path, { ...document, listings: languages })).body.message,
      (await api.put(path, { ...document, listings: words })).body.message,
    ];
  });

  const refusal = 'The size of KeywordsTotalCount must be 21 or less';
  expect(answers).toEqual([
    [refusal, undefined],
    [undefined, refusal],
  ]);
});

describe('a submission that a person cancelled', () => {
  const cancelled = async (): Promise<string> => {
    const { path } = await api.draft(APPS.published);
    await api.post(`${path}/commit`);
    await emulator().portal.act('cancel', APPS.published);
    return path;
  };

  test('deleteCanceled', async () => {
    const answers = await under('deleteCanceled', ['refuse', 'allow'], async () => {
      return (await api.delete(await cancelled())).status;
    });

    expect(answers).toEqual([409, 204]);
  });

  test('canceledSlot', async () => {
    const answers = await under('canceledSlot', ['held', 'released'], async () => {
      const path = await cancelled();
      const { body } = await api.application(APPS.published);
      const next = await api.post(`applications/${APPS.published}/submissions`);
      return ['pendingApplicationSubmission' in body, next.status, (await api.get(path)).body.status];
    });

    expect(answers).toEqual([
      [true, 409, 'Canceled'],
      [false, 201, 'Canceled'],
    ]);
  });
});

test('titleChange: of a language that is there, and of a new one', async () => {
  const answers = await under('titleChange', ['store', 'drop'], async () => {
    const { path, document } = await api.draft(APPS.published);
    document.listings['en-us'].baseListing.title = 'Other Name';
    document.listings['fr-fr'] = { baseListing: { title: 'Nouveau' } };
    const { listings } = (await api.put(path, document)).body;
    return ['en-us', 'fr-fr'].map((language) => listings[language].baseListing.title);
  });

  expect(answers).toEqual([
    ['Other Name', 'Nouveau'],
    ['Contoso Notes', 'Nouveau'],
  ]);
});

test('seekEnabledPlace: sent in both places, kept and shown in one', async () => {
  const answers = await under('seekEnabledPlace', ['packageRollout', 'packageDeliveryOptions'], async () => {
    const { path, document } = await api.draft(APPS.published);
    document.packageDeliveryOptions.packageRollout.isSeekEnabled = true;
    document.packageDeliveryOptions.isSeekEnabled = false;
    const { packageDeliveryOptions: options } = (await api.put(path, document)).body;
    const rollout = await api.get(`${path}/packagerollout`);
    return [options.packageRollout.isSeekEnabled, options.isSeekEnabled, rollout.body.isSeekEnabled];
  });

  expect(answers).toEqual([
    [true, undefined, true],
    [undefined, false, undefined],
  ]);
});

test('lowerPercentage', async () => {
  const update = `applications/${APPS.rollout}/submissions/1152921505700510061/updatepackagerolloutpercentage`;

  const answers = await under('lowerPercentage', ['allow', 'refuse'], async () => [
    (await api.post(`${update}?percentage=10`)).status,
    (await api.post(`${update}?percentage=50`)).status,
  ]);

  expect(answers).toEqual([
    [200, 200],
    [400, 200],
  ]);
});

test('absentMembers', async () => {
  const answers = await under('absentMembers', ['omit', 'null'], async () => {
    const { body: application } = await api.application(APPS.published);
    const portal = await api.get(`applications/${APPS.portalDraft}/submissions/1152921505700510051`);
    const template = await api.post(`applications/${APPS.neverPublished}/submissions`);
    return [
      application.pendingApplicationSubmission,
      portal.body.fileUploadUrl,
      template.body.allowTargetFutureDeviceFamilies,
    ];
  });

  expect(answers).toEqual([
    [undefined, undefined, undefined],
    [null, null, null],
  ]);
});

test('validation: a limit, a value, a tier; the shape counts always', async () => {
  const answers = await under('validation', ['strict', 'lenient'], async () => {
    const { path, document } = await api.draft(APPS.published);
    const long = { shortDescription: 'x'.repeat(501), keywords: ['x'.repeat(31)] };
    const listings = { ...document.listings, 'fr-fr': { baseListing: long } };
    const pricing = { ...document.pricing, priceId: '9.99' };
    const replies = [];
    for (const change of [{ listings }, { visibility: 'public' }, { pricing }, { listings: [] }, { trailers: 1 }]) {
      replies.push((await api.put(path, { ...document, ...change })).status);
    }
    return replies;
  });

  expect(answers).toEqual([
    [400, 400, 400, 400, 400],
    [200, 200, 200, 400, 400],
  ]);
});

test('progress: by the clock, or a step with each reading of the status', async () => {
  const answers = await under('progress', ['clock', 'poll'], async () => {
    const { path } = await api.draft(APPS.published);
    await api.post(`${path}/commit`);
    const seen: string[] = [];
    for (let reading = 0; reading < 6; reading++) seen.push((await api.get(`${path}/status`)).body.status);
    await emulator().actions.advanceClock('60s');
    return [seen, (await api.get(path)).body.status];
  });

  expect(answers).toEqual([
    [Array(6).fill('CommitStarted'), 'Published'],
    [['CommitStarted', 'PreProcessing', 'Certification', 'Release', 'Publishing', 'Published'], 'Published'],
  ]);
});

test('progress by readings waits in Release for a person or a date', async () => {
  await emulator().actions.setSwitches({ progress: 'poll' });
  const { path, document } = await api.draft(APPS.published);
  await api.put(path, { ...document, targetPublishMode: 'Manual' });
  await api.post(`${path}/commit`);
  const read = async (times: number): Promise<string> => {
    for (let reading = 1; reading < times; reading++) await api.get(`${path}/status`);
    return (await api.get(`${path}/status`)).body.status;
  };

  const waiting = await read(10);
  await emulator().portal.act('publish', APPS.published);
  const done = await read(4);

  expect([waiting, done]).toEqual(['Release', 'Published']);
});

test('rateLimit and retryAfter', async () => {
  const ask = async (): Promise<unknown> => {
    for (let request = 0; request < 20; request++) await api.get('applications');
    const { status, headers } = await api.get('applications');
    return [status, headers.get('retry-after')];
  };

  const limits = await under('rateLimit', [null, 20], ask);
  const waits = await under('retryAfter', [true, false], async () => {
    await emulator().actions.setSwitches({ rateLimit: 20 });
    return ask();
  });

  expect(limits).toEqual([
    [200, null],
    [429, '60'],
  ]);
  expect(waits).toEqual([
    [429, '60'],
    [429, null],
  ]);
});

test('tokenLifetime', async () => {
  const answers = await under('tokenLifetime', [3599, 60], async () => {
    const other = await Api.signIn(emulator());
    await emulator().actions.advanceClock('61s');
    return (await other.get('applications')).status;
  });

  expect(answers).toEqual([200, 401]);
});
