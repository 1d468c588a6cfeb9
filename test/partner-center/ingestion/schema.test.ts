import { inspect } from 'node:util';
import { SecretUrl } from '../../../src/partner-center/http';
import {
  FileState,
  Module,
  readTime,
  ResellerState,
  SubmissionState,
  SubmissionSubstate,
  TargetEnvironment,
  testDriveVariantId,
  WorkflowState,
} from '../../../src/partner-center/ingestion';
import { json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import { all } from '../store/rows';
import { ingestionOn } from './setup';
import * as wire from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const { product: productId, row, file } = wire.ids;
const image = { productId, listingId: row, fileId: file };
const sentBody = () => JSON.parse(server.arrived.at(-1)!.body.toString()) as Record<string, unknown>;

describe('what is read', () => {
  it('can be written back whole, with what nobody here knows', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, wire.configuration), json(200, wire.configuration));

    const address = { productId, configurationId: row };
    const { value } = await client.getPackageConfiguration(address, call);
    await client.updatePackageConfiguration(address, { ...value, version: '1.0.1' }, { ...call, ifMatch: wire.etag });

    expect(sentBody()).toEqual({ ...wire.configuration, version: '1.0.1' });
  });

  it('has a secret address, that goes back to the service letter by letter', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, wire.image), json(200, wire.image));

    const { value } = await client.getListingImage(image, call, { withFileSasUri: true });
    await client.updateListingImage(image, { ...value, state: FileState.uploaded }, { ...call, ifMatch: wire.etag });

    expect(value.fileSasUri).toBeInstanceOf(SecretUrl);
    expect(sentBody()).toEqual({ ...wire.image, state: 'Uploaded' });
  });

  it('does not send the words that stand for a secret address', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, wire.video), json(200, wire.video));

    const { value } = await client.getListingVideo(image, call);
    // JSON.parse gives any: what a careless caller would do.
    const stored = JSON.parse(JSON.stringify(value));
    await client.updateListingVideo(image, stored, call);

    expect(sentBody()).toEqual({ ...wire.video, thumbnail: { fileName: 'film.png' } });
  });

  it('may lack an address, or have none', async () => {
    const { client, call } = ingestionOn(server);
    const { fileSasUri: _, ...without } = wire.packageRow;
    server.play(json(200, { value: [without, { ...without, fileSasUri: '' }, { ...without, fileSasUri: null }] }));

    const rows = await all(client.listPackages(productId, call));

    expect(rows.map(({ fileSasUri }) => fileSasUri)).toEqual([undefined, undefined, undefined]);
  });

  it('may have words that nobody here knows', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, { ...wire.submission, state: 'Paused', substate: 'Thinking' }));

    const { value } = await client.getSubmission({ productId, submissionId: wire.ids.submission }, call);

    expect([value.state, value.substate]).toEqual(['Paused', 'Thinking']);
  });

  it('keeps an id of 19 digits digit by digit', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, { value: [wire.submission] }));

    const [submission] = await all(client.listSubmissions(productId, call));

    expect(submission?.id).toBe('1152921505700000881');
  });
});

describe('the words of the service', () => {
  it('are spelled as the specification has them', () => {
    expect(Object.values(Module)).toEqual([
      'Listing',
      'Property',
      'Package',
      'Availability',
      'SupplementalContent',
      'Cosell',
      'ResellerConfiguration',
    ]);
    expect(Object.values(FileState)).toEqual([
      'PendingUpload',
      'Uploaded',
      'InProcessing',
      'Processed',
      'ProcessFailed',
    ]);
    expect(Object.values(SubmissionState)).toEqual(['InProgress', 'Published']);
    expect(Object.values(SubmissionSubstate)).toEqual([
      'InDraft',
      'Submitted',
      'Failed',
      'FailedInCertification',
      'ReadyToPublish',
      'Publishing',
      'Published',
      'InStore',
    ]);
    expect(Object.values(WorkflowState)).toEqual(['NotStarted', 'InProgress', 'Success']);
    expect(Object.values(TargetEnvironment)).toEqual(['Preview', 'Live']);
    expect(Object.values(ResellerState)).toEqual(['Disabled', 'PartialOptIn', 'OptOut', 'Enabled']);
    expect(testDriveVariantId).toBe('testdrive');
  });
});

describe('a time', () => {
  it.each<[string | undefined, string | undefined]>([
    ['2025-02-01T10:37:37.4038218', '2025-02-01T10:37:37.403Z'],
    ['2025-02-01T10:37:37Z', '2025-02-01T10:37:37.000Z'],
    ['2025-02-01T10:37:37.5+02:00', '2025-02-01T08:37:37.500Z'],
    ['2025-02-01', '2025-02-01T00:00:00.000Z'],
    ['1601-01-01T00:00:00Z', undefined],
    ['1601-01-01T00:00:00', undefined],
    ['', undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('is UTC with or without a zone, or none: %s', (value, expected) => {
    expect(readTime(value)?.toISOString()).toBe(expected);
  });
});

describe('a secret address', () => {
  const odd = `https://x.blob.core.windows.net/file/1?2026-11-20T08%3A15%3A00Z%26sv=2018&sig=SECRETsig+x&sp=rl`;

  it.each([
    ['in full', wire.address, '2026-11-20T08:15:00.000Z'],
    ['with a time in front of its query', odd, undefined],
    ['that is none', 'SECRETsig', undefined],
  ])('is given out on opening only: %s', (_, text, end) => {
    const url = new SecretUrl(text);

    const shown = [JSON.stringify({ url }), String(url), inspect(url, { showHidden: true, getters: true })].join();

    expect(shown).not.toMatch(wire.secret);
    expect(url.asSent()).toBe(text);
    expect(url.open()).toBe(text.replace('+', '%2B'));
    expect(url.expiresAt?.toISOString()).toBe(end);
  });
});
