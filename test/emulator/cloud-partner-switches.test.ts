/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { emulatorForFile } from '../support/emulator';
import { CloudPartner, machine, machineOffer, marketplace, OFFERS, TELL } from './cloud-partner-api';
import type { Json } from './api';

/** What the values of each switch of the Cloud Partner Portal do to one answer, as `docs/emulator-rules.md` says. */
const NEW = 'contoso/offers/contoso-next';
const OLD = 'W/"datetime\'2020-01-01T00%3A00%3A00.0000000Z\'"';
const EXCEPTION = 'Microsoft.Ingestion.Api.Common.Exceptions.';
const emulator = emulatorForFile();
let api: CloudPartner;

/** The same question under each value, from the same state. */
async function under<T>(name: string, values: readonly unknown[], ask: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const value of values) {
    await emulator().reset();
    await emulator().actions.freezeClock();
    api = await CloudPartner.signIn(emulator());
    await emulator().actions.setSwitches({ [name]: value });
    answers.push(await ask());
  }
  return answers;
}

const codeOf = (body: Json): unknown => (typeof body === 'string' ? body.split(':')[0] : body?.error.code);
const echo = async (offer: string) => (await api.put(offer, (await api.offer(offer)).body)).status;

test('cloudPartner.updateWithoutIfMatch: a PUT of an offer that is there', async () => {
  const answers = await under('cloudPartner.updateWithoutIfMatch', ['409', '400', '200'], () => echo(OFFERS.live));

  expect(answers).toEqual([409, 400, 200]);
});

test('cloudPartner.updateMigratedWithoutIfMatch: a PUT of a migrated one', async () => {
  const name = 'cloudPartner.updateMigratedWithoutIfMatch';

  expect(await under(name, ['200', '409', '400'], () => echo(OFFERS.migrated))).toEqual([200, 409, 400]);
});

test('cloudPartner.createStatus: a PUT of a new offer', async () => {
  const answers = await under('cloudPartner.createStatus', ['201', '200'], async () => {
    const made = await api.put(NEW, machineOffer('contoso-next'));
    return [made.status, (await api.put(NEW, machineOffer('contoso-next'), '*')).status];
  });

  expect(answers).toEqual([
    [201, 200],
    [200, 200],
  ]);
});

test('cloudPartner.migrated: what a new offer is', async () => {
  const answers = await under('cloudPartner.migrated', [false, true], async () => {
    const { body } = await api.put(NEW, machineOffer('contoso-next'));
    return [body.pcMigrationStatus, body.version];
  });

  expect(answers).toEqual([
    ['none', 0],
    ['migrated', 0],
  ]);
});

test('cloudPartner.locationHeader: where a 202 names the operation', async () => {
  const values = ['both', 'Location', 'Operation-Location'];

  const answers = await under('cloudPartner.locationHeader', values, async () => {
    const { headers } = await api.publish(OFFERS.live);
    return [headers.has('location'), headers.has('operation-location')];
  });

  expect(answers).toEqual([
    [true, true],
    [true, false],
    [false, true],
  ]);
});

test('cloudPartner.cancelStatus: at once, or by an operation of its own', async () => {
  const answers = await under('cloudPartner.cancelStatus', ['200', '202'], async () => {
    const { headers: published } = await api.publish(OFFERS.live);
    const { status, headers } = await api.cancel(OFFERS.live);
    const before = await api.follow(published.get('location'));
    const twice = await api.cancel(OFFERS.live);
    await emulator().actions.advanceClock('3s');
    const after = await api.follow(published.get('location'));
    const own = headers.has('location') ? (await api.follow(headers.get('location'))).body.status : undefined;
    const states = [before, after].map(({ body }): unknown => [body.status, body.cancellationRequestState]);
    return [status, ...states, twice.status, own];
  });

  expect(answers).toEqual([
    [200, ['canceled', 'canceled'], ['canceled', 'canceled'], 400, undefined],
    [202, ['running', 'cancelRequested'], ['canceled', 'canceled'], 400, 'succeeded'],
  ]);
});

test('cloudPartner.cancelGoLive: a go-live that is cancelled', async () => {
  const answers = await under('cloudPartner.cancelGoLive', ['allow', 'refuse'], async () => {
    await api.preview(OFFERS.live);
    const { headers } = await api.goLive(OFFERS.live);
    const { body } = await api.follow(headers.get('location'));
    return [body.cancellationRequestState, (await api.cancel(OFFERS.live)).status];
  });

  expect(answers).toEqual([
    ['canCancel', 200],
    ['cannotCancel', 400],
  ]);
});

test('cloudPartner.notFoundBody: a version that is not there, of either kind of offer', async () => {
  const answers = await under('cloudPartner.notFoundBody', ['byOffer', 'object', 'exception'], async () => {
    const replies = [await api.offer(OFFERS.live, '/versions/9'), await api.offer(OFFERS.migrated, '/versions/9')];
    return replies.map(({ body }) => codeOf(body));
  });

  expect(answers).toEqual([
    ['NotFound', `${EXCEPTION}Http404Exception`],
    ['NotFound', 'NotFound'],
    [`${EXCEPTION}Http404Exception`, `${EXCEPTION}Http404Exception`],
  ]);
});

test('cloudPartner.preconditionBody: a stale ETag', async () => {
  const answers = await under('cloudPartner.preconditionBody', ['object', 'exception', 'absent'], async () => {
    const { status, body } = await api.put(OFFERS.live, machineOffer('contoso-linux'), OLD);
    return [status, codeOf(body)];
  });

  expect(answers).toEqual([
    [412, 'PreconditionFailed'],
    [412, `${EXCEPTION}Http412Exception`],
    [412, undefined],
  ]);
});

test('cloudPartner.validationBody: publishing without a plan, either kind of offer', async () => {
  const answers = await under('cloudPartner.validationBody', ['byOffer', 'object', 'exception'], async () => {
    const codes = [];
    for (const offer of [OFFERS.live, OFFERS.migrated]) {
      await api.change(offer, ({ definition }) => void (definition.plans = []));
      codes.push(codeOf((await api.publish(offer)).body));
    }
    return codes;
  });

  expect(answers).toEqual([
    ['UnprocessableEntity', `${EXCEPTION}Http422Exception`],
    ['UnprocessableEntity', 'UnprocessableEntity'],
    [`${EXCEPTION}Http422Exception`, `${EXCEPTION}Http422Exception`],
  ]);
});

test('cloudPartner.invalidOffer: refused at once, or blocked in its first step', async () => {
  const answers = await under('cloudPartner.invalidOffer', ['422', 'blocked'], async () => {
    await api.change(OFFERS.live, ({ definition }) => void (definition.plans = []));
    const { status } = await api.publish(OFFERS.live);
    await emulator().actions.advanceClock('60s');
    const { body } = await api.offer(OFFERS.live, '/status');
    return [status, body.status, body.steps[0].status, body.steps[0].messages.at(-1)?.messageHtml];
  });

  expect(answers).toEqual([
    [422, 'succeeded', 'complete', undefined],
    [202, 'failed', 'blocked', 'The offer has no plan.'],
  ]);
});

test('cloudPartner.pricingCheck: where two methods at once are refused', async () => {
  const answers = await under('cloudPartner.pricingCheck', ['put', 'publish'], async () => {
    const { status } = await api.change(OFFERS.live, ({ definition }) => {
      definition.plans[0].virtualMachinePricing = { coreMultiplier: { currency: 'USD', single: 1, individually: {} } };
    });
    return [status, (await api.publish(OFFERS.live)).status];
  });

  expect(answers).toEqual([
    [400, 202],
    [200, 422],
  ]);
});

test('cloudPartner.idMismatch: a body that names another offer', async () => {
  const answers = await under('cloudPartner.idMismatch', ['400', 'ignore'], async () => {
    const { status, body } = await api.put(NEW, machineOffer('contoso-other'));
    return [status, body.id];
  });

  expect(answers).toEqual([
    [400, undefined],
    [201, 'contoso-next'],
  ]);
});

test('cloudPartner.publishEmails: publishing without anybody to notify', async () => {
  const answers = await under('cloudPartner.publishEmails', ['required', 'optional'], async () => {
    const { status } = await api.publish(OFFERS.live, '');
    return status;
  });

  expect(answers).toEqual([400, 202]);
});

test('cloudPartner.goLiveBody: going live without a body, and with one', async () => {
  const answers = await under('cloudPartner.goLiveBody', ['optional', 'required'], async () => {
    await api.preview(OFFERS.live);
    const { status } = await api.goLive(OFFERS.live);
    await api.cancel(OFFERS.live);
    await api.preview(OFFERS.live);
    return [status, (await api.goLive(OFFERS.live, TELL)).status];
  });

  expect(answers).toEqual([
    [202, 202],
    [400, 202],
  ]);
});

test('cloudPartner.signoffStatus: an offer that waits for its publisher', async () => {
  const values = ['byOffer', 'running', 'waitingForPublisherReview'];

  const answers = await under('cloudPartner.signoffStatus', values, async () => {
    const seen = [];
    for (const offer of [OFFERS.live, OFFERS.migrated]) {
      await api.preview(offer);
      seen.push((await api.offer(offer)).body.status, (await api.offer(offer, '/status')).body.status);
    }
    return seen;
  });

  expect(answers).toEqual([
    ['running', 'running', 'waitingForPublisherReview', 'running'],
    ['running', 'running', 'running', 'running'],
    ['waitingForPublisherReview', 'running', 'waitingForPublisherReview', 'running'],
  ]);
});

test('cloudPartner.liveStatus: an offer that is live', async () => {
  const answers = await under('cloudPartner.liveStatus', ['succeeded', 'published'], async () => [
    (await api.offer(OFFERS.live)).body.status as unknown,
    (await api.offer(OFFERS.live, '/status')).body.status as unknown,
  ]);

  expect(answers).toEqual([
    ['succeeded', 'succeeded'],
    ['published', 'published'],
  ]);
});

test('cloudPartner.operationStatus and its form: an operation that is done', async () => {
  const ask = async () => (await api.get('operations/contoso$contoso-linux$1$production')).body as unknown;

  const statuses = await under('cloudPartner.operationStatus', ['succeeded', 'completed'], ask);
  const forms = await under('cloudPartner.operationForm', ['object', 'array'], ask);

  expect(statuses.map(({ status }: Json): unknown => status)).toEqual(['succeeded', 'completed']);
  expect(forms).toEqual([expect.objectContaining({ publishingVersion: 1 }), [forms[0]]]);
});

test('cloudPartner.operationForm: one operation, or a list of one', async () => {
  const answers = await under('cloudPartner.operationForm', ['object', 'array'], async () => {
    const { headers } = await api.publish(OFFERS.live);
    return Array.isArray((await api.follow(headers.get('location'))).body);
  });

  expect(answers).toEqual([false, true]);
});

test('cloudPartner.publishETag: an ETag from before the publication', async () => {
  const answers = await under('cloudPartner.publishETag', ['keep', 'change'], async () => {
    const { body, headers } = await api.offer(OFFERS.live);
    await api.publish(OFFERS.live);
    return (await api.put(OFFERS.live, body, headers.get('etag') ?? '')).status;
  });

  expect(answers).toEqual([200, 412]);
});

const LEAD = marketplace('marketoLeadConfiguration');

test('cloudPartner.secrets: empty, or left out', async () => {
  const answers = await under('cloudPartner.secrets', ['blank', 'omit'], async () => {
    const { body } = await api.offer(OFFERS.migrated);
    return body.definition.offer[LEAD] as unknown;
  });

  expect(answers).toEqual([{ clientId: 'contoso-leads', clientSecret: '' }, { clientId: 'contoso-leads' }]);
});

test('cloudPartner.blankSecret: a PUT that echoes what was read', async () => {
  const answers = await under('cloudPartner.blankSecret', ['keep', 'clear'], async () => {
    await echo(OFFERS.migrated);
    const { slots } = await emulator().offers.offer('contoso', 'contoso-linux-pro');
    return slots.draft?.offer[LEAD];
  });

  expect(answers).toEqual([
    { clientId: 'contoso-leads', clientSecret: 'Contoso~Leads~Secret' },
    { clientId: 'contoso-leads', clientSecret: '' },
  ]);
});

test('cloudPartner.ownCopies: which artifacts are shown as the copy of the service', async () => {
  const answers = await under('cloudPartner.ownCopies', ['all', 'logos'], async () => {
    const { body } = await api.put(NEW, machineOffer('contoso-next'));
    const [plan] = body.definition.plans;
    const shown = [body.definition.offer[marketplace('smallLogo')], plan[machine('vmImages')]['9.4.1'].osVhdUrl];
    return shown.map((url: string) => new URL(url).hostname.split('.')[0]);
  });

  expect(answers).toEqual([
    ['emulatedcatalog', 'emulatedcatalog'],
    ['emulatedcatalog', 'contososa'],
  ]);
});

test('cloudPartner.apiVersionMessage: the versions that a refusal names', async () => {
  const answers = await under('cloudPartner.apiVersionMessage', ['accepted', 'documented'], async () => {
    const { body } = await api.get('offerTypes?api-version=');
    return body.error.message as unknown;
  });

  expect(answers).toEqual([
    'Invalid api version. Allowed values are [2017-10-31, 2016-08-01-preview]',
    'Invalid api version. Allowed values are [2016-08-01-preview]',
  ]);
});

test('cloudPartner.unknownSlot: a slot that does not exist', async () => {
  const answers = await under('cloudPartner.unknownSlot', ['400', '404'], async () => {
    return (await api.offer(OFFERS.live, '/slot/Staging')).status;
  });

  expect(answers).toEqual([400, 404]);
});

test('progress: each reading of a publication moves it by one step', async () => {
  const answers = await under('progress', ['clock', 'poll'], async () => {
    const { headers } = await api.publish(OFFERS.live);
    const reached = [];
    for (let reading = 0; reading < 5; reading++) {
      const { body } =
        reading % 2 ? await api.offer(OFFERS.live, '/status') : await api.follow(headers.get('location'));
      reached.push(body.steps.filter((step: Json) => step.status === 'complete').length);
    }
    return reached;
  });

  expect(answers).toEqual([
    [0, 0, 0, 0, 0],
    [0, 1, 2, 3, 4],
  ]);
});
