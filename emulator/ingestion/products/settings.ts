import { json, type Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { memberOf, readBody } from '../body';
import { LEAD_TYPES } from '../document/lead-types';
import { readResource, readType } from '../document/read-resource';
import { invalid, notFound } from '../errors';
import type { Members } from '../model';
import { operation } from '../operation';
import { BELOW_PRODUCT } from '../paths';

const RESELLER = 'ResellerConfiguration';

/**
 * What a product has once: setup, lead and reseller configuration (B5, B6, B40, B49).
 *
 * - *Observed*: POST setup merges and answers 200 (switch `setupStatus`); a virtual machine takes no test drive (B-R14);
 *   `OptIn` silently becomes `Enabled`.
 * - *Assumed*: a lead configuration that was never made is not found; the others POST replace what is there.
 */
export function settingOperations(services: Services): Operation[] {
  const reseller = `${BELOW_PRODUCT}/resellerConfiguration`;
  const lead = `${BELOW_PRODUCT}/leadConfiguration`;
  return [
    operation('getSetup', 'GET', `${BELOW_PRODUCT}/setup`, (call) => showSetup(findProduct(services, call).setup)),
    operation('updateSetup', 'POST', `${BELOW_PRODUCT}/setup`, (call) => updateSetup(services, call)),
    operation('getLeadConfiguration', 'GET', lead, (call) => {
      const found = findProduct(services, call).lead;
      if (!found) throw notFound(call, 'LeadConfiguration');
      return json(200, { resourceType: found.type, ...found.members });
    }),
    operation('updateLeadConfiguration', 'POST', lead, (call) => updateLead(services, call)),
    operation('getResellerConfiguration', 'GET', reseller, (call) =>
      json(200, { resourceType: RESELLER, ...findProduct(services, call).reseller }),
    ),
    operation('updateResellerConfiguration', 'POST', reseller, (call) => updateReseller(services, call)),
  ];
}

function showSetup(setup: Members, status = 200): Answer {
  return json(status, { resourceType: 'AzureProductSetup', ...setup });
}

function updateSetup(services: Services, call: Call): Answer {
  const product = findProduct(services, call);
  const { setupStatus, virtualMachineTestDrive } = services.world.settings.switches;
  const body = readBody(call);
  readType(call, body, ['AzureProductSetup'], 'AzureProductSetup');
  const change = readResource(services, call, 'AzureProductSetup', { body });
  const isMachine = product.type === 'AzureThirdPartyVirtualMachine';
  if (isMachine && change['enableTestDrive'] === true && virtualMachineTestDrive === 'refuse') {
    throw invalid(call, 'FeatureName', 'The field FeatureName is invalid.');
  }
  product.setup = { ...product.setup, ...change };
  return showSetup(product.setup, Number(setupStatus));
}

function updateLead(services: Services, call: Call): Answer {
  const product = findProduct(services, call);
  const body = readBody(call);
  const type = readType(call, body, Object.keys(LEAD_TYPES));
  product.lead = { type, members: readResource(services, call, type, { body }) };
  return json(200, { resourceType: type, ...product.lead.members });
}

function updateReseller(services: Services, call: Call): Answer {
  const product = findProduct(services, call);
  const body = readBody(call);
  readType(call, body, [RESELLER], RESELLER);
  const given = memberOf(body, 'resellerChannelState');
  const isOptIn = typeof given === 'string' && /^optin$/i.test(given);
  const rest = Object.entries(body).filter(([name]) => !isOptIn || name.toLowerCase() !== 'resellerchannelstate');
  const asked = { ...Object.fromEntries(rest), ...(isOptIn && { resellerChannelState: 'Enabled' }) };
  product.reseller = readResource(services, call, RESELLER, { body: asked, stored: product.reseller });
  return json(200, { resourceType: RESELLER, ...product.reseller });
}
