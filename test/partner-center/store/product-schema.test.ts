import { inspect } from 'node:util';
import { writable } from '../../../src/partner-center/store';
import { AddOn, AddOnSubmission } from '../../../src/partner-center/store/add-on-schema';
import { Flight, FlightSubmission } from '../../../src/partner-center/store/flight-schema';
import { CreatedSubmission } from '../../../src/partner-center/store/submission-schema';
import * as wire from './wire-samples';

describe('a flight', () => {
  it('keeps all of the wire, its addresses without the app in front too', () => {
    expect(Flight.parse({ ...wire.flight, newMember: { a: 1 } })).toEqual({ ...wire.flight, newMember: { a: 1 } });
  });

  it('has groups whose ids are texts, also where they come as numbers', () => {
    expect(Flight.parse({ flightId: 'f', groupIds: [0, '1152921504606962205'] }).groupIds).toEqual([
      '0',
      '1152921504606962205',
    ]);
  });

  it('is read without what is not there or null', () => {
    const bare = { flightId: 'f', pendingFlightSubmission: null, groupIds: null, rankHigherThan: null };

    expect(Flight.parse(bare)).toEqual({ flightId: 'f' });
  });

  it.each([
    ['no id', { friendlyName: 'x' }],
    ['a number as submission', { flightId: 'f', pendingFlightSubmission: { id: 1152921504621215786 } }],
    ['a group whose number lost digits', { flightId: 'f', groupIds: [1152921504606962205] }],
  ])('is refused with %s', (_, raw) => {
    expect(Flight.safeParse(raw).success).toBe(false);
  });
});

describe('an add-on', () => {
  it('keeps all of the wire', () => {
    expect(AddOn.parse({ ...wire.addOn, newMember: 1 })).toEqual({ ...wire.addOn, newMember: 1 });
  });

  it('knows its app from the object that is sent, and from the array that is documented', () => {
    const asArray = AddOn.parse({ ...wire.addOn, applications: wire.addOn.applications.value });

    expect(asArray.applications).toEqual({ value: wire.addOn.applications.value });
    expect(AddOn.parse(wire.addOn).applications?.value[0]?.id).toBe(wire.ids.app);
  });

  it.each(['Subscription', 'UnmanagedConsumable', 'NotSet', 'Newest'])('may be a %s', (productType) => {
    expect(AddOn.parse({ id: '9A', productType, applications: null })).toEqual({ id: '9A', productType });
  });
});

describe.each([
  { kind: 'store-flight', schema: FlightSubmission, sample: wire.flightSubmission, content: wire.flightContent },
  { kind: 'store-add-on', schema: AddOnSubmission, sample: wire.addOnSubmission, content: wire.addOnContent },
] as const)('a submission of a $kind', ({ kind, schema, sample, content }) => {
  it('keeps all of the wire but the upload address', () => {
    const { fileUploadUrl, ...rest } = sample;
    const read = schema.parse(sample);

    expect(fileUploadUrl).toContain('sig=');
    expect(read).toEqual({ ...rest, hasUploadUrl: true });
    expect(inspect(read, { depth: 20 })).not.toContain('sig=');
  });

  it('goes back as it came: the writable members, whole, and no others', () => {
    expect(writable(kind, schema.parse({ ...sample, newMember: 1 }))).toEqual(content);
  });

  it.each([[undefined], [null], ['']])('without an upload address (%j) is out of reach', (fileUploadUrl) => {
    expect(schema.parse({ ...sample, fileUploadUrl }).hasUploadUrl).toBe(false);
  });

  it('takes states that are new, and refuses an id that lost digits', () => {
    expect(schema.parse({ ...sample, status: 'Hibernating' }).status).toBe('Hibernating');
    expect(schema.safeParse({ ...sample, id: 1152921504621243649 }).success).toBe(false);
  });

  it('is read from a create, sparse or whole', () => {
    const { id, status, fileUploadUrl } = sample;

    expect(CreatedSubmission.parse({ id, status, fileUploadUrl })).toMatchObject({ id, hasUploadUrl: true });
    expect(inspect(CreatedSubmission.parse(sample), { depth: 20 })).not.toContain('sig=');
  });
});

describe('a document that is written by hand', () => {
  it('is sent without the members that it does not name, or names as undefined', () => {
    const document = { notesForCertification: 'x', targetPublishDate: undefined };

    expect(writable('store-flight', document)).toStrictEqual({ notesForCertification: 'x' });
  });
});

describe('a submission of a flight', () => {
  it('keeps what nobody knows yet, inside of what it knows', () => {
    const flightPackages = [{ fileName: 'a.msix', fileStatus: 'Uploaded', id: '2', targetPlatform: 'Windows10', x: 1 }];
    const read = FlightSubmission.parse({ ...wire.flightSubmission, flightPackages });

    expect(writable('store-flight', read).flightPackages).toEqual(flightPackages);
  });

  it('may have nothing to write', () => {
    const read = FlightSubmission.parse({ id: '1', status: 'PendingCommit', packageDeliveryOptions: null });

    expect(read).toMatchObject({ flightPackages: [], statusDetails: { errors: [] } });
    expect(writable('store-flight', read)).toEqual({ flightPackages: [] });
  });
});

describe('a submission of an add-on', () => {
  it('is an empty template at first', () => {
    const template = {
      id: '1',
      status: 'PendingCommit',
      contentType: 'NotSet',
      listings: {},
      pricing: { priceId: 'Base' },
    };

    expect(writable('store-add-on', AddOnSubmission.parse(template))).toEqual({
      contentType: 'NotSet',
      listings: {},
      pricing: { priceId: 'Base' },
    });
  });

  it('may have listings without an icon', () => {
    const listings = { en: { title: 'Pro', icon: null, description: 'x' } };

    expect(AddOnSubmission.parse({ ...wire.addOnSubmission, listings }).listings).toEqual({
      en: { title: 'Pro', description: 'x' },
    });
  });
});
