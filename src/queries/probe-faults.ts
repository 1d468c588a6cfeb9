import { AccountError } from '../accounts';
import type { AccountFault, ProbeFault } from '../accounts';
import { toFailure } from '../activities/to-failure';
import type { RemoteReading } from '../activities/to-failure';
import type { FailureCode } from '../domain/failure-catalogue';
import { failureCatalogue } from '../domain/failure-catalogue';
import { cloudPartnerFailure } from '../partner-center/cloud-partner-portal';
import { redact } from '../partner-center/http';
import { ingestionFailure } from '../partner-center/ingestion';
import { readCloudPartnerError, readMarketplaceError } from './remote-readings';

/** What the check of an account says when an API does not let it in, and what to do. */

const users = 'Partner Center, under Account settings, User management, Microsoft Entra applications,';

const addToPublisher = `${users} add the application to the publisher as Owner or Contributor, by the object id of its enterprise application (its "managed application in local directory"), not by that of the app registration.`;

/** Where nothing is seen. */
export const nothingSeen = {
  store: {
    code: 'no-products',
    message: 'Partner Center shows this account no products',
    remedy:
      'In Partner Center, under Account settings, Users, add the Entra application with the Manager role; it must belong to one Partner Center account only.',
  },
  marketplace: {
    code: 'no-products',
    message: 'The Partner Center submission API shows this account no products of the marketplace',
    remedy: `Nothing, if the account has none. Else in ${users} look whether the application is of the account that owns them.`,
  },
  publishers: {
    code: 'no-publishers',
    message: 'The Cloud Partner Portal API shows this account no publishers',
    remedy: `Nothing, if the account does not use this API. Else in ${addToPublisher}`,
  },
  offers: {
    code: 'no-offers',
    message: 'The publisher has no offers yet',
    remedy: 'Nothing: the account may use it.',
  },
} as const satisfies Record<string, AccountFault>;

export function explainStore(error: unknown): ProbeFault {
  return explained(error, {});
}

export function explainMarketplace(error: unknown, scope: string): ProbeFault {
  if (isUnknownResource(error)) return unknownResource(error, scope, 'PUBLISHER_MARKETPLACE_API_SCOPE');
  switch (ingestionFailure(error)?.meaning) {
    case 'unauthorized':
      return explained(error, {
        reading: readMarketplaceError,
        remedy: `In ${users} add the application with the Manager role: this API answers 401 to one that is not there. Check also that tenantId of the account is the tenant that is associated with Partner Center.`,
      });
    case 'forbidden':
      return explained(error, {
        reading: readMarketplaceError,
        code: 'role-too-weak',
        remedy: `In ${users} give the application the Manager role. Roles of Azure count for nothing here.`,
      });
    default:
      return explained(error, { reading: readMarketplaceError });
  }
}

interface CloudPartnerCircumstances {
  readonly scope: string;
  /** The one that was looked at. */
  readonly publisher: string | undefined;
  /** Those that the account sees; one more request. */
  readonly publishers: () => Promise<readonly string[]>;
}

export async function explainCloudPartner(
  error: unknown,
  { scope, publisher, publishers }: CloudPartnerCircumstances,
): Promise<ProbeFault> {
  if (isUnknownResource(error)) return unknownResource(error, scope, 'PUBLISHER_CLOUD_PARTNER_API_SCOPE');
  const reading = readCloudPartnerError;
  switch (cloudPartnerFailure(error)?.meaning) {
    case 'unauthorized':
      return explained(error, {
        reading,
        remedy:
          'Check that tenantId and clientId of the account name an Entra application with a service principal in the tenant of the publisher: this API answers 401 to any other.',
      });
    case 'forbidden':
    case 'publisher-not-found':
      return publisher === undefined
        ? explained(error, { reading, code: 'role-too-weak', remedy: `In ${addToPublisher}` })
        : ofPublisher(error, publisher, await publishers().catch(() => undefined));
    default:
      return explained(error, { reading });
  }
}

/** The API answers the same to a wrong publisher and to a wrong application: what else the account sees tells. */
function ofPublisher(error: unknown, publisher: string, seen: readonly string[] | undefined): ProbeFault {
  const reading = readCloudPartnerError;
  if (seen?.some((id) => id.toLowerCase() === publisher.toLowerCase()) === true)
    return explained(error, {
      reading,
      code: 'role-too-weak',
      remedy: `The account sees the publisher, and not its offers: in ${users} make the application Owner or Contributor of it.`,
    });
  if (seen !== undefined && seen.length > 0)
    return explained(error, {
      reading,
      code: 'publisher-unknown',
      remedy: `Check the publisher id: the account sees ${seen.slice(0, 10).join(', ')}. If it is right, add the application to this publisher, too.`,
    });
  return explained(error, {
    reading,
    code: seen === undefined ? 'publisher-forbidden' : 'no-publishers',
    remedy: `In ${addToPublisher}`,
  });
}

function isUnknownResource(error: unknown): error is AccountError {
  return error instanceof AccountError && error.code === 'unknown-resource';
}

/** The tenant has no service principal of the API. */
function unknownResource(error: AccountError, scope: string, setting: string): ProbeFault {
  const remedy = `Nothing, if the account does not use this API. Else check ${setting} (${scope}), and that the tenant has a service principal of the service: it comes when the tenant is associated with Partner Center.`;
  return { code: error.code, message: error.message, remedy, passing: false };
}

interface Words {
  readonly reading?: RemoteReading;
  /** Those of the failure unless told otherwise. */
  readonly code?: string;
  readonly remedy?: string;
}

const passingCodes: ReadonlySet<FailureCode> = new Set([
  'rate-limited',
  'partner-center-unavailable',
  'activity-interrupted',
  'storage-unavailable',
]);

function explained(error: unknown, { reading, code, remedy }: Words): ProbeFault {
  if (error instanceof AccountError)
    return {
      code: error.code,
      message: error.message,
      remedy: error.remedy,
      passing: error.retryable || error.code.startsWith('vault-'),
    };
  const failure = toFailure(error, reading);
  // Only those who wait give up.
  const known = failure?.code === 'activity-interrupted' ? 'partner-center-unavailable' : failure?.code;
  const told = known ?? 'partner-center-unavailable';
  const words = error instanceof Error ? redact(error.message) : 'Partner Center could not be asked.';
  return {
    code: code ?? told,
    message: failure?.message ?? words,
    remedy: remedy ?? failureCatalogue[told].remedy,
    passing: passingCodes.has(told),
  };
}
