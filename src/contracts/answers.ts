import { z } from 'zod';
import { Timestamp } from './forms';
import { ReleaseSummary } from './release';

/** Bodies of the smaller answers. */

const NextLink = z.string().meta({ description: 'The next page, with all conditions; absent on the last.' });

export const ReleaseList = z
  .strictObject({ value: z.array(ReleaseSummary), nextLink: NextLink.optional() })
  .meta({ id: 'ReleaseList', description: 'Newest first. A page may be short and still have a next one.' });
export type ReleaseList = z.infer<typeof ReleaseList>;

const TimelineEntry = z
  .strictObject({
    run: z.int(),
    seq: z.int(),
    at: Timestamp,
    event: z
      .looseObject({ type: z.string() })
      .meta({ description: 'What happened; types and members grow by addition.' }),
  })
  .meta({ id: 'TimelineEntry' });

export const TimelineList = z
  .strictObject({ value: z.array(TimelineEntry), nextLink: NextLink.optional() })
  .meta({ id: 'TimelineList', description: 'Oldest first.' });

export const Upload = z
  .union([
    z.strictObject({
      id: z.string(),
      state: z.literal('pending'),
      uploadUrl: z.string().meta({ description: 'PUT the bytes here with any Azure Blob client. A secret.' }),
      expiresAt: Timestamp,
    }),
    z.strictObject({ id: z.string(), state: z.literal('ready') }),
  ])
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof Upload>;

export const StoreValue = z
  .looseObject({})
  .meta({ id: 'StoreValue', description: 'As the Store submission API answers it, without secrets.' });

export const StoreList = z
  .strictObject({ value: z.array(StoreValue), nextLink: NextLink.optional() })
  .meta({ id: 'StoreList', description: 'In the order of Partner Center.' });

export const MarketplaceValue = z
  .looseObject({})
  .meta({ id: 'MarketplaceValue', description: 'As the Partner Center submission API answers it, without secrets.' });

export const MarketplaceList = z
  .strictObject({ value: z.array(MarketplaceValue), nextLink: NextLink.optional() })
  .meta({
    id: 'MarketplaceList',
    description: 'In the order of Partner Center. A page may be short, or empty, and still have a next one.',
  });

export const CloudPartnerValue = z.looseObject({}).meta({
  id: 'CloudPartnerValue',
  description: 'As the Cloud Partner Portal API answers it, without secrets; versions and long numbers are texts.',
});

export const CloudPartnerList = z.strictObject({ value: z.array(z.unknown()), nextLink: NextLink.optional() }).meta({
  id: 'CloudPartnerList',
  description: 'In the order of Partner Center; versions and long numbers are texts.',
});

const CredentialKind = z.enum(['client-secret', 'client-certificate', 'managed-identity']);

export const Account = z
  .strictObject({
    account: z.string().meta({ description: 'What release documents call it.' }),
    tenantId: z.string(),
    clientId: z.string(),
    credential: z.strictObject({ kind: CredentialKind, secretName: z.string().optional() }),
  })
  .meta({ id: 'Account', description: 'A configured Partner Center account; nothing of it is secret.' });
export type Account = z.infer<typeof Account>;

export const AccountList = z.strictObject({ value: z.array(Account) }).meta({ id: 'AccountList' });

const VisibleProducts = z.strictObject({
  visible: z.int(),
  more: z.boolean().meta({ description: 'Counting was given up at `visible`.' }),
  sample: z.array(z.strictObject({ id: z.string(), name: z.string().optional() })),
});

const AccountFaults = z.array(z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() }));

const ApiCheck = z
  .strictObject({
    state: z
      .enum(['usable', 'empty', 'refused', 'unreachable'])
      .meta({ description: 'It sees something; is let in and sees nothing; is not let in; could not be asked now.' }),
    products: VisibleProducts.meta({
      description: 'Products; for `cloud-partner` publishers, or the offers of the one that the query names.',
    }),
    faults: AccountFaults.meta({ description: 'What to mend if the account is to use this API.' }),
  })
  .meta({ id: 'ApiCheck' });

export const AccountCheck = z
  .strictObject({
    account: z.string(),
    credential: z.strictObject({
      state: z.enum(['good', 'refused', 'unreachable']),
      kind: CredentialKind,
      expiresOn: Timestamp.meta({ description: 'When the secret or certificate ends.' }).optional(),
      tokenExpiresAt: Timestamp.optional(),
    }),
    products: VisibleProducts.meta({ description: 'What the Store API shows this account.' }),
    faults: AccountFaults.meta({
      description: 'What to mend of the credential and of the Store API; empty when all of that is well.',
    }),
    apis: z.strictObject({ store: ApiCheck, marketplace: ApiCheck, 'cloud-partner': ApiCheck }).meta({
      description: 'Each API for itself: one that the account does not use changes nothing about the others.',
    }),
  })
  .meta({ id: 'AccountCheck' });
export type AccountCheck = z.infer<typeof AccountCheck>;

export const Health = z
  .strictObject({
    status: z.enum(['ok', 'unavailable']),
    checks: z
      .array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() }))
      .meta({ description: 'Only for signed-in callers.' })
      .optional(),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;
