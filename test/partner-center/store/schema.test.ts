import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { writable } from '../../../src/partner-center/store';
import { Application, AppSubmission } from '../../../src/partner-center/store/app-schema';
import {
  CreatedSubmission,
  PackageRollout,
  readDate,
  SubmissionState,
} from '../../../src/partner-center/store/submission-schema';
import { UploadUrl } from '../../../src/partner-center/store/upload-url';

const sample = JSON.parse(readFileSync(`${__dirname}/app-submission.json`, 'utf8')) as Record<string, unknown>;
const { id, status, statusDetails, fileUploadUrl, friendlyName, ...content } = sample;

describe('a submission', () => {
  it('keeps all of the wire but the upload address', () => {
    const read = AppSubmission.parse(sample);

    expect(read).toEqual({ id, status, statusDetails, friendlyName, ...content, hasUploadUrl: true });
    expect(inspect(read, { depth: 20 })).not.toContain('sig=');
  });

  it('goes back as it came: the writable members, whole, and no others', () => {
    expect(writable('store-app', AppSubmission.parse(sample))).toEqual(content);
  });

  it('keeps what nobody knows yet, inside of what it knows', () => {
    const read = AppSubmission.parse({
      ...sample,
      applicationPackages: [
        { fileName: 'a.msix', fileStatus: 'Uploaded', id: '2', minOSVersion: '10', innerPackages: [{ x: 1 }] },
      ],
      gamingOptions: [{ genres: ['New_Genre'], isNew: true }],
      pricing: { priceId: 'Tier9999', future: { a: 1 } },
    });

    expect(writable('store-app', read)).toMatchObject({
      applicationPackages: [{ minOSVersion: '10', innerPackages: [{ x: 1 }] }],
      gamingOptions: [{ genres: ['New_Genre'], isNew: true }],
      pricing: { priceId: 'Tier9999', future: { a: 1 } },
      allowTargetFutureDeviceFamilies: { '7': true },
    });
  });

  it('leaves out of the document what is not there, and reads null as not there', () => {
    const read = AppSubmission.parse({
      id,
      status,
      listings: {},
      gamingOptions: null,
      trailers: null,
      pricing: null,
      statusDetails: null,
      fileUploadUrl: null,
    });

    expect(read).toEqual({
      id,
      status,
      listings: {},
      applicationPackages: [],
      statusDetails: { errors: [], warnings: [], certificationReports: [] },
      hasUploadUrl: false,
    });
    expect(writable('store-app', read)).toEqual({ listings: {}, applicationPackages: [] });
  });

  it.each([
    ['a number as id', { ...sample, id: 1152921505700520589 }],
    ['no status', { ...sample, status: undefined }],
    ['listings as a list', { ...sample, listings: [] }],
    ['a package without a name', { ...sample, applicationPackages: [{ fileStatus: 'Uploaded' }] }],
  ])('is refused with %s', (_, raw) => {
    expect(AppSubmission.safeParse(raw).success).toBe(false);
  });

  it('takes states that are new', () => {
    expect(AppSubmission.parse({ ...sample, status: 'Hibernating' }).status).toBe('Hibernating');
  });

  it('may be answered sparsely when it is made', () => {
    expect(CreatedSubmission.parse({ id, status, fileUploadUrl })).toMatchObject({ id, status, hasUploadUrl: true });
    expect(CreatedSubmission.parse({ id })).toMatchObject({ id, hasUploadUrl: false });
  });
});

describe('other answers', () => {
  it.each([
    ['as it is sent', { PackageFamilyName: 'Contoso.Notes_1' }],
    ['as it is documented', { packageFamilyName: 'Contoso.Notes_1' }],
  ])('an application has its family name %s', (_, names) => {
    const read = Application.parse({ id: '9N', ...names, pendingApplicationSubmission: null, newMember: 1 });

    expect(read).toEqual({ id: '9N', packageFamilyName: 'Contoso.Notes_1', newMember: 1 });
  });

  it('a state tolerates the junk of the documentation', () => {
    const raw = {
      status: 'CommitFailed',
      statusDetails: { errors: [{ code: 'None', details: 'string' }], warnings: null, certificationReports: [{}] },
    };

    expect(SubmissionState.parse(raw)).toEqual({
      status: 'CommitFailed',
      statusDetails: { errors: [{ code: 'None', details: 'string' }], warnings: [], certificationReports: [{}] },
    });
  });

  it('a rollout that was never enabled', () => {
    expect(
      PackageRollout.parse({ isPackageRollout: false, packageRolloutPercentage: 0.0, fallbackSubmissionId: '0' }),
    ).toMatchObject({
      isPackageRollout: false,
      packageRolloutPercentage: 0,
    });
  });

  it.each([
    ['2025-09-23T17:11:10.0000000Z', new Date('2025-09-23T17:11:10Z')],
    ['1601-01-01T00:00:00.0000000Z', undefined],
    ['1601-01-01T00:00:00Z', undefined],
    ['', undefined],
    [undefined, undefined],
    ['soon', undefined],
  ])('the date %s', (value, expected) => {
    expect(readDate(value)).toEqual(expected);
  });
});

describe('an upload address', () => {
  const address =
    'https://ingestion.blob.core.windows.net/c/56ed?sv=2024&se=2026-02-10T07%3A24%3A27Z&sr=b&sig=AbC+deF/ghI%3D';
  const url = new UploadUrl(address);

  it('is given out on opening only, with a plus that stays a plus', () => {
    expect(url.open()).toBe(address.replace('+', '%2B'));
    expect(new URL(url.open()).searchParams.get('sig')).toBe('AbC+deF/ghI=');
  });

  it.each([
    ['JSON', () => JSON.stringify({ url })],
    ['text', () => `${String(url)} ${url.toString()}`],
    ['inspect', () => inspect({ url }, { depth: 9, showHidden: true, getters: true })],
    ['a copy', () => inspect(structuredClone(url), { showHidden: true })],
    ['its members', () => JSON.stringify([Object.entries(url), Object.getOwnPropertyNames(url)])],
  ])('does not show itself in %s', (_, show) => {
    expect(show()).not.toMatch(/sig|AbC|56ed/);
  });

  it('says when it ends', () => {
    expect(url.expiresAt).toEqual(new Date('2026-02-10T07:24:27Z'));
    expect(new UploadUrl('https://x.example/c').expiresAt).toBeUndefined();
  });
});
