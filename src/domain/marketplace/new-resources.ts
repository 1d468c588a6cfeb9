import { asText } from '../json-value';
import type { Members, OfferContent } from '../offer/offer-content';
import { readKey } from './resource-key';
import { configurationOf, marketCodes } from './words';

/** What the service makes by itself, as far as that is known: what a release begins with before it is there. */

/** A product that was just made. */
export function newProduct(resourceType: string, name: string): OfferContent {
  const reseller = resourceType === 'AzureThirdPartyVirtualMachine' ? 'Disabled' : 'Enabled';
  return {
    setup: {
      sellingOption: 'ListAndSell',
      trialUri: '',
      enableTestDrive: false,
      channelStates: { Reseller: reseller },
    },
    'listings/en-us': newListing(name),
    property: {},
    availability: {},
  };
}

function newListing(title: string): Members {
  return { listingUris: [], listingContacts: {}, gettingStartedInstructions: '', title, keywords: [] };
}

/** A plan that was just made: itself, its listing, and for a managed application where it is sold. */
export function newPlan(plan: string, friendlyName: string, subType: string | undefined): OfferContent {
  const key = `plans/${plan}`;
  const resourceType = configurationOf(subType);
  return {
    [key]: {
      state: 'Active',
      friendlyName,
      conversionPaths: '*',
      certificationsAzureGovernment: [],
      cloudAvailabilities: ['public-azure'],
      ...(subType === undefined ? {} : { subType }),
      extendedProperties: {},
    },
    [`${key}/listings/en-us`]: newListing(friendlyName),
    [`${key}/availability`]: {
      visibility: 'Public',
      ...(subType === 'managed-application' ? { marketStates: noMarket } : {}),
    },
    ...(resourceType === undefined ? {} : { [`${key}/packageConfiguration`]: { resourceType } }),
  };
}

/** What comes into being with a resource that is made, besides it: of a plan, all that is its own. */
export function partsOfNew(key: string, members: Members): OfferContent {
  const { kind, plan = '' } = readKey(key) ?? {};
  if (kind !== 'plan') return {};
  const subType = members['subType'] === undefined ? undefined : asText(members['subType']);
  const { [key]: _itself, ...parts } = newPlan(plan, asText(members['friendlyName']), subType);
  return parts;
}

const noMarket: Members = Object.fromEntries(marketCodes.map((code) => [code, 'Disabled']));
